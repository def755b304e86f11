import { keepRows, keepSame } from './same-value.ts';

/** Rows of what somebody else keeps under an id: one that is the same object as before is the same row. */
export class ToldRows<Item extends { readonly id: string }, R extends { readonly key: string }> {
  readonly #rowOf: (item: Item) => R;
  #made = new Map<Item, R>();
  #byKey = new Map<string, { readonly id: string; readonly row: R }>();
  #rows: readonly R[] = [];

  constructor(rowOf: (item: Item) => R) {
    this.#rowOf = rowOf;
  }

  build(items: readonly Item[]): readonly R[] {
    const made = this.#made;
    const known = this.#byKey;
    this.#made = new Map();
    this.#byKey = new Map();
    const rows = items.map((item) => {
      const row = made.get(item) ?? this.#make(item, known);
      this.#made.set(item, row);
      this.#byKey.set(row.key, { id: item.id, row });
      return row;
    });
    this.#rows = keepRows(this.#rows, rows);
    return this.#rows;
  }

  /** What has this key on the board that was built last. */
  idOf(key: string): string | undefined {
    return this.#byKey.get(key)?.id;
  }

  #make(item: Item, known: ReadonlyMap<string, { readonly row: R }>): R {
    const row = this.#rowOf(item);
    return keepSame(known.get(row.key)?.row, row);
  }
}
