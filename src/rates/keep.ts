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
  const before = Object.entries(previous);
  const after = new Map(Object.entries(next));
  if (before.length !== after.size) return false;
  return before.every(
    ([key, value]) => ignoring.has(key) || (after.has(key) && Object.is(after.get(key), value)),
  );
}
