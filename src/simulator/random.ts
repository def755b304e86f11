/** Draws that are the same for the same seed, on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number, both ends included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** Exponentially distributed with this mean: patience and gaps between arrivals. */
  exponential(mean: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** `length` lower-case hex digits. */
  hex(length: number): string;
  /** A stream of its own, so that more draws here do not shift the draws there. */
  fork(): Random;
}

const UINT32 = 2 ** 32;

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, enough for practice traffic. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32;
  };
  const random: Random = {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    exponential: (mean) => -Math.log(1 - next()) * mean,
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    hex: (length) => {
      let digits = '';
      while (digits.length < length) digits += Math.floor(next() * 16).toString(16);
      return digits;
    },
    fork: () => seededRandom(Math.floor(next() * UINT32)),
  };
  return random;
}
