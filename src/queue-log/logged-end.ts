import type { Answer, CallRecord, Fact, Result, Stage, Target } from '../calls/facts.ts';
import { type Evidence, isDaytime } from '../calls/outcome.ts';
import type { HotlineDefinition } from '../hotlines/definition.ts';
import { type Between, isBelow, lengthOf, middleOf } from './log-time.ts';
import type { LogTerms } from './log-terms.ts';
import type { LoggedStage } from './queue-log-calls.ts';
import { type Stay, waitMsOf } from './stay.ts';
import { agreed, type World } from './worlds.ts';

/** A call whose end the log is asked for. */
export interface EndedCall {
  readonly hotline: HotlineDefinition;
  /** As it is known without the log: of a call that only the log knows, what a record of it says at least. */
  readonly record: CallRecord;
  /** What decided it as far as we saw. */
  readonly evidence: Evidence;
  readonly reached: Between;
  /** When it first asked for a person; undefined where the first stay is the first that is known of that. */
  readonly askedAtMs: number | undefined;
  /** The caller's channel went while we could not see. */
  readonly goneUnseen: boolean;
  /** Nothing but the last stay happened while we could not see: what was known before it is still so. */
  readonly wasUpSurely: boolean | undefined;
}

/** Ours comes with the bridge, the log's with the hang-up of a channel; whatever outlived it by more was not ended by it. */
const OUTLIVED_MS = 2000;
/** Before an exchange goes down it may clear callers that the log calls gone. */
const GOING_DOWN_S = 60;

/** Whether a person answered, by the log: the first who did. */
export function answeredStay(stays: readonly Stay[], terms: LogTerms): Stay | undefined {
  return stays.find(({ logged, end }) => logged.end === 'answered' && end && terms.isPerson(logged.agent));
}

/** A person answered: outcome, rates and record follow. */
export function answeredFacts(
  call: EndedCall,
  stays: readonly Stay[],
  stay: Stay & { readonly end: object },
  terms: LogTerms,
): Fact[] {
  const { record, evidence, hotline } = call;
  const { agent, queue } = stay.logged;
  const { atMs } = stay.end;
  const waitMs = answerWait(call, stays, stay);
  const answer: Answer = Object.freeze({
    by: 'seat',
    seat: terms.seatOf(agent),
    agent,
    queue,
    atMs,
    waitMs,
  });
  const talks = stays.filter(({ logged }) => logged.end === 'answered');
  const last = stays.at(-1);
  const lost = last !== undefined && last !== stay && last.logged.end === 'hang-up';
  const endedByCaller = talks.at(-1)?.logged.endedBy === 'caller' && talks.at(-1) === last;
  const closed: CallRecord = {
    ...withStays(call, stays),
    outcome: 'answered',
    answer,
    short: false,
    endedBy: call.goneUnseen ? (endedByCaller || lost ? 'caller' : 'unknown') : record.endedBy,
    closedAtMs: answeredEnd(call, stays, endedByCaller || lost),
    talkMs: record.talkMs + talks.reduce((sum, { logged }) => sum + talkMsOf(logged), 0),
    transfers: record.transfers + talks.filter(({ logged }) => isPassedOn(logged)).length,
    lostAfterAnswer: record.lostAfterAnswer || lost,
  };
  const { pbx, uniqueid } = record;
  const id = `${pbx}/${uniqueid}/answered`;
  return [
    { type: 'call-decided', id, pbx, uniqueid, hotline: hotline.name, what: 'answered', answer, atMs },
    ...hitsOf(evidence).map(({ target }) =>
      scoredFact(
        record,
        target,
        'hit',
        atMs,
        target === 'direct' || target === 'transfer' ? waitMs : undefined,
      ),
    ),
    closedFact(closed),
  ];
}

const isPassedOn = ({ endedBy }: LoggedStage): boolean =>
  endedBy === 'transfer' || endedBy === 'consultation';
const talkMsOf = ({ endedBy, talkS }: LoggedStage): number =>
  endedBy === 'consultation' ? 0 : (talkS ?? 0) * 1000;

/** Nobody answered and the caller hung up in a queue: what of its end is the same however it was otherwise. */
export function hungUpFacts(call: EndedCall, stays: readonly Stay[], startsS: readonly number[]): Fact[] {
  const { record } = call;
  const last = stays.at(-1);
  const { end } = last ?? {};
  if (last?.logged.end !== 'hang-up' || end === undefined || isGoingDown(last, startsS)) return [];
  if (!call.goneUnseen && record.closedAtMs > end.at.untilMs + OUTLIVED_MS) return [];
  const left = call.goneUnseen
    ? end.at
    : { fromMs: end.at.fromMs, untilMs: Math.min(end.at.untilMs, record.closedAtMs) };
  const { outcome, short, scores, breaches } = agreed(worldsOf(call, stays, left));
  const closedAtMs = call.goneUnseen ? Math.min(end.atMs, record.closedAtMs) : record.closedAtMs;
  const { pbx, uniqueid, hotline, reachedAtMs } = record;
  const id = (breach: string): string => `${pbx}/${uniqueid}/breach/${breach}`;
  const facts: Fact[] = [
    ...[...scores].map(([target, result]) => scoredFact(record, target, result, closedAtMs, undefined)),
    ...breaches.map((breach): Fact => ({
      type: 'breach',
      id: id(breach),
      pbx,
      uniqueid,
      hotline,
      breach,
      reachedAtMs,
      atMs: closedAtMs,
    })),
  ];
  if (outcome === undefined || outcome === 'unknown') return facts;
  const endedBy = call.goneUnseen || record.endedBy === 'unknown' ? 'caller' : record.endedBy;
  return [...facts, closedFact({ ...withStays(call, stays), outcome, endedBy, short, closedAtMs })];
}

function isGoingDown({ logged }: Stay, startsS: readonly number[]): boolean {
  const endedS = logged.endedAtS ?? 0;
  return startsS.some((startS) => startS >= endedS && startS - endedS <= GOING_DOWN_S);
}

/** Every way it may have been: whether the channel was Up, whether something took it, and within which part of a second it ended. */
function worldsOf(call: EndedCall, stays: readonly Stay[], left: Between): World[] {
  const { evidence, record, reached } = call;
  const askedMs = call.askedAtMs;
  const asked = askedMs === undefined ? (stays[0]?.started ?? left) : { fromMs: askedMs, untilMs: askedMs };
  const alive = lengthOf(reached, left);
  const waited = lengthOf(asked, left);
  const endedBy = call.goneUnseen || record.endedBy === 'unknown' ? 'caller' : record.endedBy;
  const known = {
    ...evidence,
    blind: false,
    perhapsAnswered: false,
    asked: true,
    cause: 16,
    endedBy,
  } as const;
  const lengths = [
    { aliveMs: Math.floor(alive.fromMs), waitedMs: Math.floor(waited.fromMs) },
    { aliveMs: Math.floor(alive.untilMs), waitedMs: Math.floor(waited.untilMs) },
  ];
  const ups = call.wasUpSurely === undefined ? [false, true] : [call.wasUpSurely];
  // What announces to callers of closed hours, or an attendant, may have had it where we did not look.
  const attendances =
    evidence.attended || call.wasUpSurely !== undefined ? [evidence.attended] : [false, true];
  return ups.flatMap((wasUp) =>
    attendances.flatMap((attended) =>
      lengths.map((length) => ({
        evidence: { ...known, ...length, wasUp, attended },
        scored: pickupOf({ ...evidence, attended }, wasUp),
      })),
    ),
  );
}

/** What an attendant's pick-up, or an announcement of closed hours, says of the rates it decides. */
function pickupOf(evidence: Evidence, wasUp: boolean): Partial<Record<Target, Result>> {
  const { kind, hours, attended, decided } = evidence;
  const target: Target = hours === 'open' ? 'auto' : 'after-hours';
  const isTaken = kind === 'attendant' ? wasUp : attended && hours === 'closed';
  return isTaken && !decided.includes(target) ? { [target]: 'hit' } : {};
}

/** A person in one bridge with the caller: then the caller's channel is Up too. */
function hitsOf(evidence: Evidence): { readonly target: Target }[] {
  const { kind, hours, test, decided } = evidence;
  if (test) return [];
  const targets: Target[] = [];
  if (hours === 'closed') targets.push('after-hours');
  else if (kind === 'attendant') targets.push('auto');
  if (isDaytime(evidence)) targets.push(kind === 'people' ? 'direct' : 'transfer');
  return targets.filter((target) => !decided.includes(target)).map((target) => ({ target }));
}

/** From asking to the answer; undefined where it is not known when the caller asked, or whole seconds leave open whether it was in time. */
function answerWait(
  { record, evidence, reached, askedAtMs, hotline }: EndedCall,
  stays: readonly Stay[],
  stay: Stay & { readonly end: object },
): number | undefined {
  const isByCalling = record.kind === 'people' && isDaytime(evidence);
  if (!isByCalling && (!evidence.askedSeen || record.takenUp)) return undefined;
  const isFirst = !isByCalling && stay === stays[0] && askedAtMs === undefined;
  const asked = isByCalling
    ? reached
    : askedAtMs === undefined
      ? undefined
      : { fromMs: askedAtMs, untilMs: askedAtMs };
  const from = asked ?? stays[0]?.started;
  if (from === undefined) return undefined;
  const wait = isFirst ? stay.end.wait : lengthOf(from, stay.end.at);
  if (isBelow(wait, hotline.serviceLevelS * 1000 + 1) === 'perhaps') return undefined;
  return isFirst ? waitMsOf(stay) : middleOf(wait);
}

function answeredEnd({ goneUnseen, record }: EndedCall, stays: readonly Stay[], isCallers: boolean): number {
  if (!goneUnseen || !isCallers) return record.closedAtMs;
  const last = stays.at(-1);
  const talkedMs = (last?.logged.talkS ?? 0) * 1000;
  return Math.min(record.closedAtMs, (last?.end?.atMs ?? Infinity) + talkedMs);
}

function withStays({ record, evidence }: EndedCall, stays: readonly Stay[]): CallRecord {
  const known = new Set(stays.flatMap(({ entered }) => (entered ? [entered.atMs] : [])));
  const others = record.stages.filter(({ queue, startedAtMs }) => queue === '' || !known.has(startedAtMs));
  const logged = stays.map((stay): Stage => {
    const end = stay.logged.end ?? 'unknown';
    return { queue: stay.logged.queue, startedAtMs: stay.startedAtMs, waitMs: waitMsOf(stay) ?? 0, end };
  });
  const stages = [...others, ...logged].toSorted((a, b) => a.startedAtMs - b.startedAtMs);
  const isByCalling = record.kind === 'people' && isDaytime(evidence);
  const askedAtMs = isByCalling ? record.reachedAtMs : (record.askedAtMs ?? stays[0]?.startedAtMs);
  return { ...record, stages: Object.freeze(stages), askedAtMs };
}

export function scoredFact(
  record: CallRecord,
  target: Target,
  result: Result,
  atMs: number,
  waitMs: number | undefined,
): Fact {
  const { pbx, uniqueid, hotline, reachedAtMs } = record;
  const id = `${pbx}/${uniqueid}/scored/${target}`;
  return { type: 'scored', id, pbx, uniqueid, hotline, target, result, reachedAtMs, waitMs, atMs };
}

export function closedFact(record: CallRecord): Fact {
  const { pbx, uniqueid, hotline, closedAtMs } = record;
  const id = `${pbx}/${uniqueid}/closed`;
  return { type: 'call-closed', id, pbx, hotline, record: Object.freeze(record), atMs: closedAtMs };
}
