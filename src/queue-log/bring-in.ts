import { creationSecondOf } from '../calls/creation-second.ts';
import { CallerNumber } from '../calls/caller-number.ts';
import { scoresOf } from '../calls/end-scores.ts';
import type { CallRecord, Fact } from '../calls/facts.ts';
import type { Evidence } from '../calls/outcome.ts';
import type { HotlineDefinition } from '../hotlines/definition.ts';
import { isOpen } from '../hotlines/hours.ts';
import { type Between, instantOf, middleOf, secondOf } from './log-time.ts';
import type { LogTerms } from './log-terms.ts';
import {
  answeredFacts,
  answeredStay,
  closedFact,
  type EndedCall,
  hungUpFacts,
  scoredFact,
} from './logged-end.ts';
import type { LoggedCall } from './queue-log-calls.ts';
import { stayFacts } from './stay-facts.ts';
import { type Stay, staysOf } from './stay.ts';

/** Why a call that only the log knows is not brought in. */
export const LEFT_REASONS = [
  'no-hotline',
  'several-hotlines',
  'internal',
  'no-number',
  'inter-exchange',
  'at-an-edge',
  'hours-unclear',
  'in-progress',
  'clock-set',
] as const;
export type LeftReason = (typeof LEFT_REASONS)[number];

/** In which time the log may speak of calls we never saw, and by which rules. */
export interface BringInRules {
  /** We saw nothing between these; who was there before or after, and is not known, reached no hotline. */
  readonly unseen: Between;
  /** The log tells of what came after: a call without an end in it gets none any more. */
  readonly isFinal: boolean;
  /** Numbers of at most so many digits are extensions of the house. */
  readonly extensionLength: number;
  /** For the queues of several hotlines; undefined: their calls are left. */
  readonly hotline: string | undefined;
  readonly startsS: readonly number[];
}

/** The facts of a call that began and ended where we could not see it, or why it is not known whose it was. */
export function bringIn(
  logged: LoggedCall,
  terms: LogTerms,
  rules: BringInRules,
): readonly Fact[] | LeftReason {
  const hotline = hotlineOf(logged, terms, rules);
  if (typeof hotline === 'string') return hotline;
  const reason = originDoubt(logged.callerNumber, terms, rules);
  if (reason !== undefined) return reason;
  const reached = creationOf(logged, terms.aheadMs);
  const last = secondOf(logged.lastAtS, terms.aheadMs);
  if (!rules.isFinal && !isOver(logged)) return 'in-progress';
  if (reached.fromMs < rules.unseen.fromMs || last.untilMs > rules.unseen.untilMs) return 'at-an-edge';
  const hours = hoursOf(hotline, reached);
  if (hours === undefined) return 'hours-unclear';
  const stays = staysOf(logged, [], terms.aheadMs);
  const call = callOf(logged, stays, { hotline, hours, reached }, terms);
  const owner = {
    ...call.record,
    hotline,
    facts: [],
    unseen: { fromMs: -Infinity, untilMs: middleOf(last) },
  };
  return [
    ...beginning(logged, call),
    ...stayFacts(owner, stays, terms),
    ...ending(call, stays, terms, rules),
  ];
}

/** Whether the caller is known to be gone: nothing more of the call will be written, whatever else will. */
export const isOver = ({ stages }: LoggedCall): boolean => {
  const last = stages.at(-1);
  return last?.end === 'hang-up' || last?.endedBy === 'caller';
};

/** Whether its last stay has an end, though the caller may have gone on from there. */
export const hasEnd = ({ stages }: LoggedCall): boolean => {
  const last = stages.at(-1);
  return last?.end === 'answered' ? last.talkS !== undefined : last?.end !== undefined;
};

function hotlineOf(logged: LoggedCall, terms: LogTerms, rules: BringInRules): HotlineDefinition | LeftReason {
  const users = terms.usersOf(logged.stages[0]?.queue ?? '');
  const [only] = users;
  if (only === undefined) return 'no-hotline';
  if (users.length === 1) return only;
  return users.find(({ name }) => name === rules.hotline) ?? 'several-hotlines';
}

/** Who called from inside reached no hotline (norm.md section 1); the log tells callers by their number alone. */
function originDoubt(
  number: string,
  terms: LogTerms,
  { extensionLength }: BringInRules,
): LeftReason | undefined {
  if (terms.hasInterExchange) return 'inter-exchange';
  if (number === '') return 'no-number';
  return /^\d+$/.test(number) && number.length <= extensionLength ? 'internal' : undefined;
}

/**
 * The second in which the call began, on our clock: that of its id, unless the log has it enter a queue before. `aheadMs`:
 * the exchange's clock less ours.
 */
export function creationOf({ uniqueid, stages }: LoggedCall, aheadMs: number): Between {
  const enteredAtS = stages[0]?.enteredAtS ?? 0;
  return secondOf(Math.min(creationSecondOf(uniqueid) ?? enteredAtS, enteredAtS), aheadMs);
}

function hoursOf(hotline: HotlineDefinition, { fromMs, untilMs }: Between): 'open' | 'closed' | undefined {
  if (hotline.emergency) return 'open';
  const open = isOpen(hotline.hours, fromMs);
  if (open !== isOpen(hotline.hours, untilMs)) return undefined;
  return open ? 'open' : 'closed';
}

function callOf(
  logged: LoggedCall,
  stays: readonly Stay[],
  { hotline, hours, reached }: { hotline: HotlineDefinition; hours: 'open' | 'closed'; reached: Between },
  terms: LogTerms,
): EndedCall {
  const test = hotline.testNumbers.includes(logged.callerNumber);
  const emergency = hotline.emergency || logged.stages.some(({ queue }) => terms.isEmergencyQueue(queue));
  const first = stays[0]?.startedAtMs ?? middleOf(reached);
  const reachedAtMs = Math.min(middleOf(reached), first);
  const said = { kind: hotline.kind, hours, emergency, test, takenUp: false };
  const record: CallRecord = {
    pbx: terms.pbx,
    uniqueid: logged.uniqueid,
    hotline: hotline.name,
    ...said,
    reachedAtMs,
    closedAtMs: Math.max(instantOf(logged.lastAtS, terms.aheadMs), first),
    outcome: 'unknown',
    endedBy: 'unknown',
    pickupMs: undefined,
    askedAtMs: hotline.kind === 'people' && (hours === 'open' || emergency) ? reachedAtMs : first,
    stages: stays.map((stay) => ({
      queue: stay.logged.queue,
      startedAtMs: stay.startedAtMs,
      waitMs: Math.max(0, (stay.end?.atMs ?? stay.startedAtMs) - stay.startedAtMs),
      end: stay.logged.end ?? 'unknown',
    })),
    answer: undefined,
    message: undefined,
    short: false,
    talkMs: 0,
    holdMs: 0,
    transfers: 0,
    lostAfterAnswer: false,
  };
  const evidence = { ...unseenEvidence(hotline), ...said };
  // That it asked for a person where its first line is, is what the log is taken at its word for.
  return {
    hotline,
    record,
    evidence,
    reached,
    askedAtMs: undefined,
    goneUnseen: true,
    wasUpSurely: undefined,
  };
}

function unseenEvidence(
  hotline: HotlineDefinition,
): Omit<Evidence, 'kind' | 'hours' | 'emergency' | 'test' | 'takenUp'> {
  return {
    beforeWatch: false,
    answered: false,
    voicemail: false,
    blind: true,
    perhapsAnswered: false,
    askedSeen: true,
    wasUnseen: true,
    wasUp: false,
    rangSomebody: true,
    metBusy: false,
    cause: 16,
    endedBy: 'unknown',
    asked: true,
    attended: false,
    aliveMs: 0,
    waitedMs: 0,
    ringOutMs: hotline.ringOutS * 1000,
    shortMs: hotline.shortAbandonS * 1000,
    setAsideShort: hotline.setAsideShort,
    decided: [],
  };
}

function beginning({ callerNumber }: LoggedCall, { record, hotline }: EndedCall): Fact[] {
  const { pbx, uniqueid, kind, hours, test, reachedAtMs } = record;
  const base = { pbx, uniqueid, hotline: hotline.name, atMs: reachedAtMs };
  const id = `${pbx}/${uniqueid}`;
  return [
    {
      type: 'call-opened',
      id: `${id}/opened`,
      ...base,
      kind,
      hours,
      emergency: hotline.emergency,
      test,
      takenUp: false,
      reachedAtMs,
    },
    { type: 'caller-heard', id: `${id}/caller`, ...base, number: new CallerNumber(callerNumber) },
  ];
}

function ending(call: EndedCall, stays: readonly Stay[], terms: LogTerms, { startsS }: BringInRules): Fact[] {
  const answered = answeredStay(stays, terms);
  if (answered?.end) return answeredFacts(call, stays, { ...answered, end: answered.end }, terms);
  const { record, evidence } = call;
  // Whoever answered may have been a machine: then nothing is known of the end.
  const known = stays.some(({ logged }) => logged.end === 'answered')
    ? []
    : hungUpFacts(call, stays, startsS);
  const ids = new Set(known.map(({ id }) => id));
  const unknown = [
    ...scoresOf(evidence, 'unknown').map(({ target, result }) =>
      scoredFact(record, target, result, record.closedAtMs, undefined),
    ),
    closedFact(record),
  ];
  return [...known, ...unknown.filter(({ id }) => !ids.has(id))];
}
