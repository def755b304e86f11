/**
 * What did not change keeps its identity: `previous` if it says the same as `next`, else `next`, frozen. One level
 * deep: what is inside must itself be kept first. Fields named in `ignoring` do not make a difference.
 */
export function keep<Row extends object>(
  previous: Row | undefined,
  next: Row,
  ignoring: ReadonlySet<string> = NOTHING,
): Row {
  if (previous !== undefined && same(previous, next, ignoring)) return previous;
  return Object.freeze(next);
}

const NOTHING: ReadonlySet<string> = new Set();

function same(previous: object, next: object, ignoring: ReadonlySet<string>): boolean {
  if (Array.isArray(previous) && Array.isArray(next)) return areSame(previous, next);
  const before = previous as Readonly<Record<string, unknown>>;
  const after = next as Readonly<Record<string, unknown>>;
  // Rows are plain objects of ours: nothing inherited, and this way no list of names is made of each.
  let fields = 0;
  for (const key in before) {
    fields++;
    if (Object.is(before[key], after[key]) ? !(key in after) : !(ignoring.has(key) && key in after))
      return false;
  }
  for (const _ in after) fields--;
  return fields === 0;
}

/** Lists are long, and what names their places need not be listed. */
function areSame(previous: readonly unknown[], next: readonly unknown[]): boolean {
  return previous.length === next.length && previous.every((row, index) => Object.is(row, next[index]));
}
