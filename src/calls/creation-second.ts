/**
 * The second in which a channel was made by the exchange's clock, unix s: its uniqueid begins with it, behind the system's
 * name where there is one (`ast_channel_internal_alloc`). Undefined for an id that somebody else gave it.
 */
export function creationSecondOf(uniqueid: string): number | undefined {
  const [, second] = /(?:^|-)(\d{9,11})\.\d+$/.exec(uniqueid) ?? [];
  return second === undefined ? undefined : Number(second);
}

/** Beyond it the clock of the exchange was set meanwhile, or the id is none of its own. */
const MOST_APART_MS = 10_000;

/**
 * When a channel that a list shows was made, on the exchange's time line: lists tell ages in whole seconds, and are read
 * some time after the instant they are taken for; the id holds the true second.
 */
export function creationOfListed(uniqueid: string, listedPbxMs: number): number {
  const second = creationSecondOf(uniqueid);
  if (second === undefined) return listedPbxMs;
  const fromMs = second * 1000;
  const withinMs = Math.min(Math.max(listedPbxMs, fromMs), fromMs + 999);
  return Math.abs(withinMs - listedPbxMs) > MOST_APART_MS ? listedPbxMs : withinMs;
}
