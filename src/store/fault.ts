/** The journal cannot be used as it is, and waiting will not help: said to the operator at start. */
export class JournalRefused extends Error {
  override readonly name = 'JournalRefused';
}

/** A result code of SQLite without its details (sqlite.org/rescode.html). */
const WORDS: Readonly<Record<number, string>> = {
  5: 'locked by another program',
  6: 'locked by another program',
  7: 'out of memory',
  8: 'the file is read-only',
  10: 'the disk reports an I/O error',
  11: 'the file is damaged',
  13: 'the disk is full',
  14: 'the file cannot be opened',
  17: 'another program changed its tables',
  26: 'the file is damaged or no journal',
};
const WORDS_OF_SYSTEM: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file is read-only',
  EACCES: 'it may not be written by this user',
  EPERM: 'it may not be written by this user',
  ENOENT: 'the file or its folder is gone',
  EIO: 'the disk reports an I/O error',
};

/** Why something failed, in words for the operator; holds nothing of what was to be written. */
export function faultWords(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause instanceof JournalRefused) return cause.message;
  const { errcode, code } = cause as { errcode?: unknown; code?: unknown };
  if (typeof errcode === 'number') {
    return WORDS[errcode & 0xff] ?? `SQLite error ${errcode}`;
  }
  return WORDS_OF_SYSTEM[String(code)] ?? cause.message;
}

const CONSTRAINT = 19;
const MISMATCH = 20;

/** Whether it is what was to be written that cannot be, and not the place: trying again will not help. */
export function isOfContent(cause: unknown): boolean {
  if (cause instanceof TypeError || cause instanceof RangeError) return true;
  const errcode = (cause as { errcode?: unknown } | undefined)?.errcode;
  return typeof errcode === 'number' && [CONSTRAINT, MISMATCH].includes(errcode & 0xff);
}
