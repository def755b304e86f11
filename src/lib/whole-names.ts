/**
 * A pattern of any of the names, each as a word of its own: `gas` is said in `queue gas`, not in `gasoline`. Writing
 * without spaces has no such edges: there a name may stand anywhere, and any name between. Undefined where there are none.
 */
export function wholeNames(names: Iterable<string>): RegExp | undefined {
  // The longest first: of `gas east` nothing is left over.
  const sorted = [...names].filter((name) => name !== '').toSorted((a, b) => b.length - a.length);
  return sorted.length === 0 ? undefined : new RegExp(sorted.map(wholeName).join('|'), 'gv');
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
