/** The names of a block's lines, in order: whoever has looked for a header in one block knows its line in all others. */
export class BlockShape {
  readonly #lines = new Map<string, number>();

  /** The line of a header, counted from 0; -1 where there is none, undefined where nobody has looked. */
  lineOf(name: string): number | undefined {
    return this.#lines.get(name);
  }

  note(name: string, line: number): void {
    this.#lines.set(name, line);
  }
}
