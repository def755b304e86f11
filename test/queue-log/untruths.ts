import type { Fact } from '../../src/calls/facts.ts';

/** A whole second at either end, and what lies between a line and what it tells of. */
const ROUNDING_MS = 1300;
/** Ends of talks are written by a thread of their own, on a busy exchange a second or two later (asterisk-facts 1.17). */
const LATE_MS = 2500;

/** Where facts made of the log say something else than was seen where nothing was missed. */
export function untruths(told: readonly Fact[], truth: readonly Fact[]): string[] {
  const seen = new Map(truth.map((fact) => [fact.id, fact]));
  return told.flatMap((fact) => {
    const name = 'uniqueid' in fact ? fact.uniqueid : fact.id;
    const differs = untruth(fact, seen.get(fact.id), truth);
    return differs === undefined ? [] : [`${name}: ${fact.type} ${differs}`];
  });
}

function untruth(fact: Fact, same: Fact | undefined, truth: readonly Fact[]): string | undefined {
  switch (fact.type) {
    case 'scored': {
      if (fact.result === 'unknown') return undefined;
      if (same?.type !== 'scored' || same.result !== fact.result) return `${fact.target} ${fact.result}`;
      return fact.waitMs === undefined ? undefined : apart(fact.waitMs, same.waitMs, 'wait');
    }
    case 'breach':
    case 'ring-no-answer':
    case 'call-opened':
    case 'call-decided':
      return same === undefined ? 'that never was' : undefined;
    case 'call-closed': {
      const { outcome, short } = fact.record;
      if (same?.type !== 'call-closed') return 'of nobody';
      if (outcome === 'unknown') return undefined;
      return outcome === same.record.outcome && short === same.record.short
        ? (apart(fact.record.reachedAtMs, same.record.reachedAtMs, 'reached') ?? answerDiffers(fact, same))
        : `${outcome}, truly ${same.record.outcome}`;
    }
    case 'queue-ended': {
      if (fact.end === 'unknown') return undefined;
      const stays = truth.filter(
        (one) => one.type === 'queue-ended' && one.uniqueid === fact.uniqueid && one.queue === fact.queue,
      );
      const isTrue = stays.some(
        (one) =>
          one.type === 'queue-ended' &&
          one.end === fact.end &&
          one.short === fact.short &&
          one.seat === fact.seat &&
          one.agent === fact.agent &&
          Math.abs(one.waitMs - fact.waitMs) < ROUNDING_MS,
      );
      return isTrue ? undefined : `${fact.end} of ${fact.agent} after ${fact.waitMs} ms`;
    }
    case 'talk-ended': {
      const isTrue = truth.some(
        (one) =>
          one.type === 'talk-ended' &&
          one.uniqueid === fact.uniqueid &&
          one.seat === fact.seat &&
          (one.endedBy === fact.endedBy || one.endedBy === 'unknown') &&
          Math.abs(one.talkMs - fact.talkMs) < LATE_MS,
      );
      return isTrue ? undefined : `by ${fact.endedBy} after ${fact.talkMs} ms`;
    }
    default:
      return undefined;
  }
}

function answerDiffers(
  { record: { answer: said } }: Fact & { type: 'call-closed' },
  { record: { answer: truly } }: Fact & { type: 'call-closed' },
): string | undefined {
  const same = said?.agent === truly?.agent && said?.seat === truly?.seat && said?.queue === truly?.queue;
  return same ? undefined : `answered by ${said?.agent}, truly ${truly?.agent}`;
}

function apart(told: number, truly: number | undefined, what: string): string | undefined {
  return truly !== undefined && Math.abs(told - truly) < ROUNDING_MS
    ? undefined
    : `${what} ${told}, truly ${truly}`;
}
