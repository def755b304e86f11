/**
 * What one chain or call-back adds to the sums of its hotline: to each period that `atMs` lies in. Whole numbers,
 * columns that are 0 left out; a negative one takes back. Of the shape the store keeps sums in.
 */
export interface AttemptShare {
  readonly pbx: string;
  readonly subject: 'hotline';
  readonly name: string;
  readonly series: 'attempts' | 'call-backs' | 'call-backs-emergency';
  readonly atMs: number;
  readonly add: Readonly<Record<string, number>>;
}

/**
 * What has to be added to sums that hold `before` so that they hold `after`: for one caller whose calls, or whose time,
 * went on. Nothing for what did not change.
 */
export function changedShares(
  before: readonly AttemptShare[],
  after: readonly AttemptShare[],
): readonly AttemptShare[] {
  const changes = new Map<string, { readonly share: AttemptShare; readonly add: Map<string, number> }>();
  const count = (shares: readonly AttemptShare[], sign: 1 | -1): void => {
    for (const share of shares) {
      const key = JSON.stringify([share.pbx, share.name, share.series, share.atMs]);
      const change = changes.get(key) ?? { share, add: new Map<string, number>() };
      changes.set(key, change);
      for (const [column, value] of Object.entries(share.add))
        change.add.set(column, (change.add.get(column) ?? 0) + sign * value);
    }
  };
  count(before, -1);
  count(after, 1);
  return [...changes.values()]
    .map(({ share, add }) => ({
      ...share,
      add: Object.fromEntries([...add].filter(([, value]) => value !== 0)),
    }))
    .filter(({ add }) => Object.keys(add).length > 0);
}
