/** Rows of one kind by exchange and name, found without making a key of the two. */
export class ByPbx<Row> {
  private readonly byPbx = new Map<string, Map<string, Row>>();
  /** Most questions are about the exchange that the one before was about. */
  private lastPbx: string | undefined;
  private lastRows: Map<string, Row> | undefined;

  get(pbx: string, name: string): Row | undefined {
    if (pbx !== this.lastPbx) {
      this.lastRows = this.byPbx.get(pbx);
      this.lastPbx = this.lastRows === undefined ? undefined : pbx;
    }
    return this.lastRows?.get(name);
  }

  set(pbx: string, name: string, row: Row): void {
    const rows = this.byPbx.get(pbx);
    if (rows === undefined) this.byPbx.set(pbx, new Map([[name, row]]));
    else rows.set(name, row);
  }

  delete(pbx: string, name: string): void {
    this.byPbx.get(pbx)?.delete(name);
  }

  namesOf(pbx: string): Iterable<string> {
    return this.byPbx.get(pbx)?.keys() ?? [];
  }

  *values(): Generator<Row> {
    for (const rows of this.byPbx.values()) yield* rows.values();
  }
}
