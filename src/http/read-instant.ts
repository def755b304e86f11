/** Unix ms, or what is wrong in words: an instant is never guessed. */
export type ReadInstant = { readonly atMs: number } | { readonly mistake: string };

const EXAMPLE = 'such as 2026-10-01T08:00:00Z, 2026-10-01T16:00+08:00 or unix milliseconds';
/** Before it no exchange of this kind ran: what is smaller counts seconds. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);
const ISO = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/** ISO 8601 with a zone, or unix milliseconds. */
export function readInstant(text: string): ReadInstant {
  if (/^\d{1,16}$/.test(text)) return unixMs(Number(text));
  // In an address "+" is written for a blank, and reads as one where it was not escaped.
  const [whole, date = '', time, zone] = ISO.exec(text.replace(/ (?=\d{2}:\d{2}$)/, '+')) ?? [];
  if (whole === undefined) return { mistake: `expected an instant ${EXAMPLE}` };
  if (time === undefined || zone === undefined) {
    return { mistake: `expected an instant with its time and zone, ${EXAMPLE}` };
  }
  const atMs = Date.parse(whole);
  const isDate = new Date(Date.parse(`${date}T00:00:00Z`)).toJSON()?.startsWith(date) === true;
  return Number.isFinite(atMs) && isDate ? { atMs } : { mistake: 'there is no such date or time' };
}

function unixMs(atMs: number): ReadInstant {
  if (atMs >= EARLIEST_MS) return { atMs };
  return { mistake: 'expected unix milliseconds, of 13 digits: this would be before the year 2000' };
}
