import type { QueueEnded } from '../calls/facts.ts';
import type { Sign } from './series.ts';

/** Under so many callers who gave up nothing is said (a curve of a few is a guess). */
export const FEWEST_ABANDONS = 50;
/** Points of a curve that is shown. */
const MOST_POINTS = 24;

/** Upper bounds of the grid that waits are counted on, s: by the second to a minute, by five to five, by thirty to an hour. */
const BOUNDS_S: readonly number[] = [
  ...steps(1, 60, 1),
  ...steps(65, 300, 5),
  ...steps(330, 3600, 30),
  Infinity,
];

/** How long callers have been willing to wait. */
export interface PatienceFigures {
  readonly waits: number;
  readonly abandons: number;
  readonly tooFew: boolean;
  /** By then half of all callers, if nobody answered, would have given up; null where it was not reached. */
  readonly medianMs: number | null;
  readonly quarterMs: number | null;
  readonly curve: readonly { readonly waitMs: number; readonly willing: number }[];
}

/** The column of a wait among kept sums: `gave-up-12`, `stayed-30`; undefined for one that says nothing of patience. */
export function patienceColumnOf(fact: QueueEnded): string | undefined {
  const kind = kindOf(fact);
  return kind === undefined ? undefined : `${kind}-${boundOf(fact.waitMs)}`;
}

/**
 * What the waits of one queue say of patience: the product-limit estimate (Kaplan and Meier, J. Am. Stat. Assoc. 53, 1958,
 * p. 457) over all waits. A caller who hung up gave up then; one who was answered, timed out, or left by a key was willing
 * to wait at least so long (censored; of equal waits those who gave up come first). Waits lie on a grid and are told by
 * the upper end of their cell. Not counted: test callers, refused at the door, taken up in mid-life (short stays would be
 * missing among them), and ends that nobody saw.
 */
export class Patience {
  /** By cell of the grid. */
  private readonly gaveUp: number[] = BOUNDS_S.map(() => 0);
  private readonly stayed: number[] = BOUNDS_S.map(() => 0);
  private figures: PatienceFigures | undefined;

  enter(fact: QueueEnded, sign: Sign): void {
    const kind = kindOf(fact);
    if (kind !== undefined) this.add(kind, cellOf(fact.waitMs / 1000), sign);
  }

  /** Puts the sums of the journal in the place of its own. */
  seed(sums: Readonly<Record<string, number>>): void {
    this.gaveUp.fill(0);
    this.stayed.fill(0);
    this.figures = undefined;
    for (const [column, count] of Object.entries(sums)) {
      const [, kind, bound] = /^(gave-up|stayed)-(\w+)$/.exec(column) ?? [];
      if (kind === 'gave-up' || kind === 'stayed') this.add(kind, cellOf(Number(bound)), count);
    }
  }

  /** The same object as long as nothing was counted. */
  build(): PatienceFigures {
    this.figures ??= Object.freeze(this.estimate());
    return this.figures;
  }

  private add(kind: Kind, cell: number, count: number): void {
    const counts = kind === 'gave-up' ? this.gaveUp : this.stayed;
    counts[cell] = (counts[cell] ?? 0) + count;
    this.figures = undefined;
  }

  private estimate(): PatienceFigures {
    const abandons = total(this.gaveUp);
    const waits = abandons + total(this.stayed);
    const tooFew = abandons < FEWEST_ABANDONS;
    if (tooFew) return { waits, abandons, tooFew, medianMs: null, quarterMs: null, curve: [] };
    const steps: { waitMs: number; willing: number }[] = [];
    let atRisk = waits;
    let willing = 1;
    BOUNDS_S.forEach((boundS, cell) => {
      const gone = this.gaveUp[cell] ?? 0;
      // Those beyond the grid gave up at an instant it does not know.
      if (gone > 0 && boundS !== Infinity) {
        willing *= 1 - gone / atRisk;
        steps.push({ waitMs: boundS * 1000, willing });
      }
      atRisk -= gone + (this.stayed[cell] ?? 0);
    });
    const reached = (share: number): number | null =>
      steps.find((step) => step.willing <= share)?.waitMs ?? null;
    return {
      waits,
      abandons,
      tooFew,
      medianMs: reached(0.5),
      quarterMs: reached(0.75),
      curve: Object.freeze(thinned(steps)),
    };
  }
}

type Kind = 'gave-up' | 'stayed';

function kindOf({ end, test, refused, takenUp, blind }: QueueEnded): Kind | undefined {
  if (test === true || refused || takenUp || blind === true || end === 'unknown') return undefined;
  return end === 'hang-up' ? 'gave-up' : 'stayed';
}

/** Name of a cell, in s; `Infinity` for the last. */
function boundOf(waitMs: number): number {
  return BOUNDS_S[cellOf(waitMs / 1000)] ?? Infinity;
}

function cellOf(waitS: number): number {
  return BOUNDS_S.findIndex((boundS) => waitS <= boundS);
}

function steps(fromS: number, untilS: number, byS: number): number[] {
  return Array.from({ length: Math.floor((untilS - fromS) / byS) + 1 }, (_, index) => fromS + index * byS);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** At most so many of them, spread evenly, the first and the last among them. */
function thinned<Point>(points: readonly Point[]): Point[] {
  if (points.length <= MOST_POINTS) return [...points];
  const last = points.length - 1;
  return Array.from(
    { length: MOST_POINTS },
    // Between 0 and the last.
    (_, index) => points[Math.round((index * last) / (MOST_POINTS - 1))] as Point,
  );
}
