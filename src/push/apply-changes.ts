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

function rowsAfter<R extends Row<RowKind>>(
  rows: readonly R[],
  changed: ChangedRows<R> | undefined,
): readonly R[] {
  if (changed === undefined) return rows;
  const after = new Map(rows.map((row) => [row.key, row]));
  for (const key of changed.gone ?? []) after.delete(key);
  for (const patch of changed.set ?? []) {
    // A row that was not there is told whole: with nothing to lay it over it is a row.
    after.set(patch.key, { ...after.get(patch.key), ...patch } as R);
  }
  return [...after.values()];
}
