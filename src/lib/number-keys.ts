/** One key callers' numbers are kept under: a line of the key file. */
export interface NumberKey {
  readonly id: string;
  /** 32 bytes. Never shown. */
  readonly base64: string;
}

/** The keys of a key file, newest first, and what is wrong with it, by line; says nothing of what stands in a line. */
export interface NumberKeys {
  readonly keys: readonly NumberKey[];
  readonly faults: readonly { readonly line: number; readonly why: string }[];
}

const KEY_BYTES = 32;
const LINE = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]+=*)$/;

/** Reads a key file: a line each, newest first, an id, `:` and 32 bytes in base64; empty lines and those behind `#` are nobody's. */
export function readNumberKeys(text: string): NumberKeys {
  const keys: NumberKey[] = [];
  const faults: { line: number; why: string }[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, id, base64] = LINE.exec(line.trim()) ?? [];
    const bytes = Buffer.from(base64 ?? '', 'base64');
    let why = '';
    if (id === undefined || base64 === undefined) {
      why = 'is no key: must be an id, ":" and 32 bytes in base64';
    } else if (bytes.length !== KEY_BYTES) {
      why = `has a key of ${bytes.length} bytes: must be ${KEY_BYTES}`;
    } else if (keys.some((key) => key.id === id || bytes.equals(Buffer.from(key.base64, 'base64')))) {
      why = 'has an id or a key a second time: each needs its own';
    } else {
      keys.push({ id, base64 });
    }
    if (why !== '') faults.push({ line: i + 1, why });
  }
  return { keys, faults };
}
