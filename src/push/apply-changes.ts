import type { Board, ChangedRows, Changes, Row, RowKind } from './protocol.ts';

/** The kinds of rows by name alone: who only applies changes needs no schema. */
export const ROW_KINDS = [
  'pbxs',
  'hotlines',
  'queues',
  'seats',
  'breaches',
  'moves',
] as const satisfies readonly RowKind[];

/**
 * The board after a delta. Rows and kinds that are not in it keep their identity; a row keeps its place, new ones come
 * last. The page, the example in README.md and the daemon's own tests all read deltas with this.
 */
export function applyChanges(board: Board, changes: Changes): Board {
  return {
    pbxs: rowsAfter(board.pbxs, changes.pbxs),
    hotlines: rowsAfter(board.hotlines, changes.hotlines),
    queues: rowsAfter(board.queues, changes.queues),
    seats: rowsAfter(board.seats, changes.seats),
    breaches: rowsAfter(board.breaches, changes.breaches),
    moves: rowsAfter(board.moves, changes.moves),
  };
}

/**
 * Lists whose items have a name, and the field that holds it. Where the items of one are still the same, in their order,
 * a change says of it what changed of which item, by name, in place of the list.
 */
export const NAMED_LISTS: ReadonlyMap<string, string> = new Map([
  ['targets', 'target'],
  ['rates', 'window'],
  ['figures', 'window'],
]);

/** Of a row or an item its fields, by name. */
export type Fields = Readonly<Record<string, unknown>>;

function rowsAfter<R extends Row<RowKind>>(
  rows: readonly R[],
  changed: ChangedRows<R> | undefined,
): readonly R[] {
  if (changed === undefined) return rows;
  const after = new Map(rows.map((row) => [row.key, row]));
  for (const key of changed.gone ?? []) after.delete(key);
  for (const patch of changed.set ?? []) {
    // A row that was not there is told whole: with nothing to lay it over it is a row.
    after.set(patch.key, laidOver(after.get(patch.key) ?? {}, patch) as R);
  }
  return [...after.values()];
}

function laidOver(before: object, patch: object): object {
  const known: Fields = { ...before };
  const after: Record<string, unknown> = { ...known, ...patch };
  for (const [field, name] of NAMED_LISTS) {
    const list = known[field];
    const changes = after[field];
    if (!Array.isArray(list) || typeof changes !== 'object' || changes === null || Array.isArray(changes))
      continue;
    const byName: Fields = { ...changes };
    after[field] = list.map((item: Fields) => {
      const change = byName[String(item[name])];
      return typeof change === 'object' && change !== null ? laidOver(item, change) : item;
    });
  }
  return after;
}
