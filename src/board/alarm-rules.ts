import type { BreachRow } from './breach-order.ts';

export interface Alarms {
  /** Not acknowledged, and not there the last time. */
  readonly ring: readonly BreachRow[];
  /** Keys of those that are quiet from now on: acknowledged, or gone. */
  readonly quiet: readonly string[];
  /** Keys that call for somebody now: `before` of the next time. */
  readonly calling: ReadonlySet<string>;
}

/**
 * What is new since the last picture. Of the first picture nothing rings (`before` is undefined): it is what was there
 * when the page was opened. What came while the connection was lost does.
 */
export function alarmsOf(before: ReadonlySet<string> | undefined, breaches: readonly BreachRow[]): Alarms {
  const open = breaches.filter(({ acknowledged }) => acknowledged === null);
  const calling = new Set(open.map(({ key }) => key));
  return {
    ring: before === undefined ? [] : open.filter(({ key }) => !before.has(key)),
    quiet: before === undefined ? [] : [...before].filter((key) => !calling.has(key)),
    calling,
  };
}
