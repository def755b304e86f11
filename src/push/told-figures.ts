import type { Figures } from '../rates/report.ts';
import { isSameValue } from './same-value.ts';

/** A share of time moves with every second of it: where nothing else does, it is told again so much later. */
const SHARE_EVERY_MS = 10_000;

interface Told {
  readonly figures: readonly Figures[];
  readonly atMs: number;
}

/** The figures of rows as they are told: occupancy in whole percents, and on its own at most every ten seconds. */
export class ToldFigures {
  readonly #told = new Map<string, Told>();

  /** @param key of the row, beside its kind */
  of(key: string, figures: readonly Figures[], atMs: number): readonly Figures[] {
    const next = figures.map(inWholePercents);
    const told = this.#told.get(key);
    const isRecent = told !== undefined && Math.abs(atMs - told.atMs) < SHARE_EVERY_MS;
    if (isRecent && isSameValue(told.figures.map(withoutShare), next.map(withoutShare))) return told.figures;
    this.#told.set(key, { figures: next, atMs });
    return next;
  }
}

function inWholePercents(figures: Figures): Figures {
  const { occupancy } = figures;
  return occupancy === null ? figures : { ...figures, occupancy: Math.round(occupancy * 100) / 100 };
}

const withoutShare = (figures: Figures): Figures => ({ ...figures, occupancy: null });
