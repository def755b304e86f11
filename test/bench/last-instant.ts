const TIMESTAMP = '\nTimestamp: ';

/** The last instant that is told in a part of a stream, unix ms; undefined where none is. */
export function lastInstantMs(chunk: Buffer): number | undefined {
  for (let at = chunk.lastIndexOf(TIMESTAMP); at >= 0; at = chunk.lastIndexOf(TIMESTAMP, at - 1)) {
    const from = at + TIMESTAMP.length;
    const to = chunk.indexOf('\r', from);
    // The part may end in the middle of a number.
    if (to > from) return Number(chunk.toString('latin1', from, to)) * 1_000;
    if (at === 0) break;
  }
  return undefined;
}
