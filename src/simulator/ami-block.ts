/** One header line; a number is written in decimal. */
export type Header = readonly [name: string, value: string | number];

/** A block as Asterisk writes it: `Name: value` lines with CR LF and an empty line at the end. */
export function writeBlock(headers: readonly Header[]): string {
  let text = '';
  for (const [name, value] of headers) text += `${name}: ${value}\r\n`;
  return `${text}\r\n`;
}

/** `seconds.microseconds`, as in `Timestamp`; `us` is unix time in microseconds. */
export function writeTimestamp(us: number): string {
  const seconds = Math.floor(us / 1e6);
  return `${seconds}.${String(us - seconds * 1e6).padStart(6, '0')}`;
}

/** The class of an event as `Privilege` says it (`call,all`), and what `read=` must hold to see it. */
export type EventClass = 'system' | 'call' | 'agent' | 'dialplan' | 'cdr';
