/**
 * Names to be kept out of sentences, each as a word of its own: `gas` is said in `queue gas`, not in `gasoline`. Writing
 * without spaces has no such edges: there a name may stand anywhere, and any name between.
 */
export class WholeNames {
  readonly #hidden: ReadonlySet<string>;
  readonly #pattern: RegExp | undefined;

  /** @param shown names that may be said, also where they hold one of the others */
  constructor(names: Iterable<string>, shown: Iterable<string>) {
    const hidden = [...names].filter((name) => name !== '');
    this.#hidden = new Set(hidden);
    if (hidden.length === 0) return;
    const holding = [...shown].filter((name) => hidden.some((one) => name.includes(one)));
    // The longest first: of `gas east` nothing is left over.
    const longestFirst = [...hidden, ...holding].toSorted((a, b) => b.length - a.length);
    this.#pattern = new RegExp(longestFirst.map(wholeName).join('|'), 'gv');
  }

  /** Whether they find the same everywhere. */
  areThoseOf(other: WholeNames): boolean {
    return (
      this.#pattern?.source === other.#pattern?.source &&
      this.#hidden.symmetricDifference(other.#hidden).size === 0
    );
  }

  areSaidIn(text: string): boolean {
    if (this.#pattern === undefined) return false;
    return text.matchAll(this.#pattern).some(([said]) => this.#hidden.has(said));
  }

  /** The text with a sign in place of each. */
  outOf(text: string, sign: string): string {
    if (this.#pattern === undefined) return text;
    return text.replaceAll(this.#pattern, (said) => (this.#hidden.has(said) ? sign : said));
  }
}

function wholeName(name: string): string {
  const own = name.replaceAll(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`);
  const before = BEGINS_SPACELESS.test(name) ? '' : `(?<!${SPACED})`;
  const behind = ENDS_SPACELESS.test(name) ? '' : `(?!${SPACED})`;
  return `${before}${own}${behind}`;
}

/** Scripts that are written without spaces between words. */
const SPACELESS = `[${[
  'Han',
  'Hiragana',
  'Katakana',
  'Bopomofo',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Tibetan',
]
  .map((script) => String.raw`\p{Script=${script}}`)
  .join('')}]`;
/** What a word of any other script goes on with. */
const SPACED = String.raw`[[\p{L}\p{N}_\-]--${SPACELESS}]`;
const BEGINS_SPACELESS = new RegExp(`^${SPACELESS}`, 'v');
const ENDS_SPACELESS = new RegExp(`${SPACELESS}$`, 'v');
