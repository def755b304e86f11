import type { CallClosed, Fact } from '../calls/facts.ts';
import type { Evidence } from '../calls/outcome.ts';
import { isKnown } from '../store/merge.ts';
import type { StoredCall } from '../store/ports.ts';
import { bringIn, type BringInRules, isOver, type LeftReason } from './bring-in.ts';
import { type Between, exactly } from './log-time.ts';
import type { LogTerms } from './log-terms.ts';
import { answeredFacts, answeredStay, type EndedCall, hungUpFacts } from './logged-end.ts';
import type { LoggedCall } from './queue-log-calls.ts';
import { stayFacts } from './stay-facts.ts';
import { type Stay, staysOf } from './stay.ts';

/**
 * What the exchange's own log says of one call, against what the journal holds of it (nothing: it may have begun and
 * ended in the dark): the facts that are new, or known instead of unknown, under the ids they would have had. Empty
 * where the log adds nothing. What the log does not decide stays as it is.
 */
export function backfill(
  stored: StoredCall | undefined,
  logged: LoggedCall,
  terms: LogTerms,
  rules: BringInRules,
): readonly Fact[] | LeftReason {
  const closed = stored?.facts.find((fact) => fact.type === 'call-closed');
  const kept = stored?.facts ?? [];
  // Known from the log alone before, perhaps from half of it.
  if (stored === undefined || (closed !== undefined && isOfLog(closed))) {
    const told = bringIn(logged, terms, rules);
    return typeof told === 'string' ? told : withNews(told, kept);
  }
  if (closed === undefined || (!rules.isFinal && !isOver(logged))) return 'in-progress';
  const hotline = terms.hotline(closed.hotline);
  if (hotline === undefined) return 'no-hotline';
  const { record, evidence } = closed;
  const stays = staysOf(logged, kept, terms.aheadMs);
  if (isMisplaced(stays, kept)) return 'clock-set';
  const owner = { ...record, hotline, facts: kept, unseen: rules.unseen };
  const told = stayFacts(owner, stays, terms);
  if (record.outcome === 'unknown' && evidence !== undefined) {
    const call = { ...endedCall(closed, evidence, stays, rules.unseen), hotline };
    told.push(...endOf(call, stays, terms, rules.startsS));
  }
  return withNews(told, kept);
}

/** Once each, and only what changes something: reading the log twice changes nothing. */
function withNews(told: readonly Fact[], kept: readonly Fact[]): readonly Fact[] {
  const known = new Map(kept.map((fact) => [fact.id, fact]));
  return told.filter((fact) => {
    const before = known.get(fact.id);
    // Numbers are in no body: whether one is kept is not seen, and only a call that is new can lack it.
    const isNews = before === undefined ? isNew(fact, kept) : !isKnown(before) && isKnown(fact);
    if (isNews) known.set(fact.id, fact);
    return isNews;
  });
}

const isNew = ({ type }: Fact, kept: readonly Fact[]): boolean =>
  type !== 'caller-heard' || kept.length === 0;

/** What we saw end, known or not, has what decided it. */
const isOfLog = ({ evidence, record }: CallClosed): boolean =>
  evidence === undefined && record.outcome === 'unknown';

/** We saw it enter a queue and the log says so too, but not when: the exchange's clock has been set since. */
function isMisplaced(stays: readonly Stay[], kept: readonly Fact[]): boolean {
  const matched = new Set(stays.map(({ entered }) => entered));
  const unmatched = kept.filter(
    (fact) => fact.type === 'queue-entered' && !fact.refused && !matched.has(fact),
  );
  return stays.some(
    ({ entered, logged }) =>
      entered === undefined && unmatched.some((fact) => 'queue' in fact && fact.queue === logged.queue),
  );
}

function endedCall(
  { record }: CallClosed,
  evidence: Evidence,
  stays: readonly Stay[],
  unseen: Between,
): Omit<EndedCall, 'hotline'> {
  const { takenUp, reachedAtMs, closedAtMs, askedAtMs } = record;
  const goneUnseen = closedAtMs >= unseen.fromMs && closedAtMs <= unseen.untilMs;
  const last = stays.at(-1)?.entered;
  // Nothing but the queue had it since it was seen: no attendant, no announcement of closed hours.
  const isInSight = !goneUnseen || (last !== undefined && last.atMs < unseen.fromMs);
  return {
    record,
    evidence,
    reached: takenUp ? { fromMs: reachedAtMs - 1000, untilMs: reachedAtMs + 1000 } : exactly(reachedAtMs),
    askedAtMs: evidence.askedSeen ? askedAtMs : undefined,
    goneUnseen,
    wasUpSurely: evidence.wasUp ? true : isInSight ? false : undefined,
  };
}

function endOf(call: EndedCall, stays: readonly Stay[], terms: LogTerms, startsS: readonly number[]): Fact[] {
  const answered = answeredStay(stays, terms);
  if (answered?.end) return answeredFacts(call, stays, { ...answered, end: answered.end }, terms);
  const isOpen = stays.some(({ logged }) => logged.end === 'answered');
  return isOpen ? [] : hungUpFacts(call, stays, startsS);
}
