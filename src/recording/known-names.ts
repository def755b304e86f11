const LEAD = 2;
/** A short name in plain letters is part of too many words. */
const SHORTEST_PLAIN = 4;
const PLAIN = /^[\u0020-\u007e]*$/;

/** Names that were met, to be found in other text; told apart by their first letters, however many there are. */
export class KnownNames {
  readonly #byLead = new Map<string, [string, string][]>();

  add(name: string, pseudonym: string): void {
    if (name.length < (PLAIN.test(name) ? SHORTEST_PLAIN : LEAD)) return;
    const lead = name.slice(0, LEAD);
    const same = this.#byLead.get(lead) ?? [];
    same.push([name, pseudonym]);
    // Of two names that begin alike, the longer one is meant where it fits.
    same.sort(([a], [b]) => b.length - a.length);
    this.#byLead.set(lead, same);
  }

  /** The text with every known name in it replaced. */
  replaceIn(text: string): string {
    let result = '';
    let from = 0;
    for (let at = 0; at + LEAD <= text.length; at += 1) {
      const found = this.#byLead.get(text.slice(at, at + LEAD))?.find(([name]) => text.startsWith(name, at));
      if (found === undefined) continue;
      const [name, pseudonym] = found;
      result += text.slice(from, at) + pseudonym;
      from = at + name.length;
      at = from - 1;
    }
    return result + text.slice(from);
  }

  clear(): void {
    this.#byLead.clear();
  }
}
