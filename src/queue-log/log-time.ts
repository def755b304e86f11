/** What a length or an instant can have been, ms, both ends included. Instants are on our clock. */
export interface Between {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** `time(2)` reads a clock that is up to one tick behind (CLOCK_REALTIME_COARSE at 100 Hz). */
const TICK_MS = 10;
/** app_queue writes a line after what it tells of; it is awake for it at once, but not instantly. */
const LAG_MS = 250;

export const exactly = (ms: number): Between => ({ fromMs: ms, untilMs: ms });

/** When that truly was which the log says of a whole second. `aheadMs`: the exchange's clock minus ours. */
export function secondOf(atS: number, aheadMs: number): Between {
  const fromMs = atS * 1000 - aheadMs;
  return { fromMs: fromMs - LAG_MS, untilMs: fromMs + 1000 + TICK_MS };
}

/** The middle of a second of the log: what is off the least. */
export const instantOf = (atS: number, aheadMs: number): number => atS * 1000 + 500 - aheadMs;

/** From one to the other, never less than nothing. */
export const lengthOf = (from: Between, until: Between): Between => ({
  fromMs: Math.max(0, until.fromMs - from.untilMs),
  untilMs: Math.max(0, until.untilMs - from.fromMs),
});

/** A length that the log tells as a difference of two whole seconds. */
export const lengthOfWhole = (lengthS: number): Between => ({
  fromMs: Math.max(0, (lengthS - 1) * 1000 - TICK_MS - LAG_MS),
  untilMs: (lengthS + 1) * 1000 + TICK_MS + LAG_MS,
});

/** What both allow; where they contradict (a clock that was set), the second alone. */
export function both(one: Between, other: Between): Between {
  const fromMs = Math.max(one.fromMs, other.fromMs);
  const untilMs = Math.min(one.untilMs, other.untilMs);
  return fromMs <= untilMs ? { fromMs, untilMs } : other;
}

export const middleOf = ({ fromMs, untilMs }: Between): number => (fromMs + untilMs) / 2;

/** Whether it is below a limit; `perhaps` where the whole seconds leave that open. */
export function isBelow({ fromMs, untilMs }: Between, limitMs: number): boolean | 'perhaps' {
  if (untilMs < limitMs) return true;
  return fromMs >= limitMs ? false : 'perhaps';
}

export const overlaps = (one: Between, other: Between): boolean =>
  one.fromMs <= other.untilMs && other.fromMs <= one.untilMs;
