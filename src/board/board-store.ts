import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { applyChanges, ROW_KINDS } from '../push/apply-changes.ts';
import type { Board, Changes, Row, RowKind } from '../push/protocol.ts';

export const NOTHING: Board = { pbxs: [], hotlines: [], queues: [], seats: [], breaches: [], moves: [] };

type Rows = { readonly [Kind in RowKind]: Map<string, Signal<Row<Kind>>> };
type Keys = { readonly [Kind in RowKind]: Signal<readonly string[]> };

/**
 * What is on the page now, one signal a row: where one seat changes, only what shows that seat is drawn again. The order of
 * a kind is a signal of its own, which changes when rows come or go.
 */
export class BoardStore {
  #board: Board = NOTHING;
  readonly #rows: Rows = {
    pbxs: new Map(),
    hotlines: new Map(),
    queues: new Map(),
    seats: new Map(),
    breaches: new Map(),
    moves: new Map(),
  };
  readonly #keys: Keys = {
    pbxs: signal([]),
    hotlines: signal([]),
    queues: signal([]),
    seats: signal([]),
    breaches: signal([]),
    moves: signal([]),
  };

  keys(kind: RowKind): ReadonlySignal<readonly string[]> {
    return this.#keys[kind];
  }

  /** Undefined where no such row is, or is any more; the same signal for as long as the row is there. */
  row<Kind extends RowKind>(kind: Kind, key: string): ReadonlySignal<Row<Kind>> | undefined {
    return this.#rows[kind].get(key);
  }

  /** All rows of a kind: whoever reads them is told of every change of any. */
  all<Kind extends RowKind>(kind: Kind): readonly Row<Kind>[] {
    const rows = this.#rows[kind];
    return this.#keys[kind].value.flatMap((key) => {
      const row = rows.get(key);
      return row === undefined ? [] : [row.value];
    });
  }

  whole(board: Board): void {
    this.#board = board;
    batch(() => {
      for (const kind of ROW_KINDS) this.#show(kind, board);
    });
  }

  changed(changes: Changes): void {
    const board = applyChanges(this.#board, changes);
    const before = this.#board;
    this.#board = board;
    batch(() => {
      for (const kind of ROW_KINDS) if (board[kind] !== before[kind]) this.#show(kind, board);
    });
  }

  #show<Kind extends RowKind>(kind: Kind, board: Board): void {
    const shown: Map<string, Signal<Row<Kind>>> = this.#rows[kind];
    const rows: readonly Row<Kind>[] = board[kind];
    for (const row of rows) {
      const known = shown.get(row.key);
      if (known === undefined) shown.set(row.key, signal(row));
      else known.value = row;
    }
    const keys = rows.map(({ key }) => key);
    if (isSame(keys, this.#keys[kind].peek())) return;
    this.#keys[kind].value = keys;
    const still = new Set(keys);
    for (const key of shown.keys()) if (!still.has(key)) shown.delete(key);
  }
}

export function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, at) => key === b[at]);
}
