import type { Fact, QueueEnded, TalkEnded } from '../calls/facts.ts';
import type { HotlineDefinition } from '../hotlines/definition.ts';
import {
  type Between,
  both,
  instantOf,
  isBelow,
  lengthOf,
  lengthOfWhole,
  middleOf,
  overlaps,
  secondOf,
} from './log-time.ts';
import type { LogTerms } from './log-terms.ts';
import { type Stay, waitMsOf } from './stay.ts';

/** The call whose stays they are, as far as its queues' facts need it. */
export interface StayOwner {
  readonly pbx: string;
  readonly uniqueid: string;
  readonly hotline: HotlineDefinition;
  readonly test: boolean;
  /** What the journal holds of it. */
  readonly facts: readonly Fact[];
  /** What we could not see of it ourselves. */
  readonly unseen: Between;
}

/** Seconds of the log that are a talk's beginning, against an instant we saw. */
const SAME_TALK_MS = 3000;

/** What the log says of a call's queues, seats and talks that we could not see, under the ids it would have had. */
export function stayFacts(owner: StayOwner, stays: readonly Stay[], terms: LogTerms): Fact[] {
  return stays.flatMap((stay) => [
    ...queueFacts(owner, stay, terms),
    ...ringFacts(owner, stay, terms),
    ...talkFacts(owner, stay, terms),
  ]);
}

function queueFacts(owner: StayOwner, stay: Stay, terms: LogTerms): Fact[] {
  const { pbx, uniqueid, hotline, test, unseen } = owner;
  const { logged, entered, started, startedAtMs } = stay;
  // Had it begun where we could see, we would have seen it.
  if (entered === undefined && !overlaps(started, unseen)) return [];
  const id = entered?.id ?? `${pbx}/${uniqueid}/queue/${logged.queue}/${logged.enteredAtS * 1000}/entered`;
  const stay_ = { pbx, uniqueid, queue: logged.queue, source: 'hotline', refused: false, test } as const;
  const takenUp = entered?.takenUp ?? false;
  const begun: Fact[] =
    entered === undefined ? [{ type: 'queue-entered', id, ...stay_, takenUp, atMs: startedAtMs }] : [];
  const ended = endOf(stay, hotline.shortAbandonS * 1000);
  if (ended === undefined && entered !== undefined) return [];
  const answerer = ended?.end === 'answered' ? whoAnswered(owner, stay, terms) : NOBODY;
  const fact: QueueEnded = {
    type: 'queue-ended',
    id: id.replace(/\/entered$/, '/ended'),
    ...stay_,
    takenUp,
    ...(ended ?? unknownEnd(stay, unseen)),
    ...answerer,
  };
  return [...begun, fact];
}

type End = Pick<QueueEnded, 'end' | 'waitMs' | 'short' | 'blind' | 'atMs'>;

/** Undefined where the log does not say it, or its whole seconds leave open whether it was short. */
function endOf(stay: Stay, shortMs: number): End | undefined {
  const { logged, end } = stay;
  if (end === undefined || logged.end === undefined) return undefined;
  const short = logged.end === 'hang-up' && isBelow(end.wait, shortMs);
  if (short === 'perhaps') return undefined;
  return { end: logged.end, waitMs: waitMsOf(stay) ?? 0, short, blind: false, atMs: end.atMs };
}

function unknownEnd({ startedAtMs, end }: Stay, unseen: Between): End {
  const atMs = Math.max(startedAtMs, end?.atMs ?? unseen.untilMs);
  return { end: 'unknown', waitMs: atMs - startedAtMs, short: false, blind: true, atMs };
}

/**
 * Whom we saw talk is known better than by the log, which names the member whose phone rang, also where a colleague
 * picked the call up.
 */
function whoAnswered(
  { facts }: StayOwner,
  { logged: { agent, answeredBy, queue } }: Stay,
  terms: LogTerms,
): { seat: string; agent: string } {
  for (const fact of facts) {
    const isTalk = fact.type === 'talk-ended' && fact.id.includes(`/talk/${answeredBy}/`);
    const isStay = fact.type === 'queue-ended' && fact.queue === queue && fact.agent === agent;
    if ((isTalk || isStay) && fact.seat !== '') return { seat: fact.seat, agent: fact.agent };
  }
  return { seat: terms.seatOf(agent), agent };
}

/** Each seat once a call, as we count them; a member of whom nobody knows the seat is not told. */
function ringFacts({ pbx, uniqueid, unseen }: StayOwner, { logged }: Stay, terms: LogTerms): Fact[] {
  return logged.rangOut.flatMap(({ agent, atS, ringMs }): Fact[] => {
    const seat = terms.seatOf(agent);
    if (seat === '' || !(ringMs > 0) || !overlaps(secondOf(atS, terms.aheadMs), unseen)) return [];
    const id = `${pbx}/${uniqueid}/ring-no-answer/${seat}`;
    const atMs = instantOf(atS, terms.aheadMs);
    return [{ type: 'ring-no-answer', id, pbx, uniqueid, queue: logged.queue, seat, agent, ringMs, atMs }];
  });
}

function talkFacts(owner: StayOwner, stay: Stay, terms: LogTerms): Fact[] {
  const { pbx, uniqueid, hotline, facts, unseen } = owner;
  const { logged, end } = stay;
  const { talkS, talkEndedAtS, endedBy, queue } = logged;
  if (end === undefined || talkS === undefined || talkEndedAtS === undefined || endedBy === undefined)
    return [];
  // How long they talked before the consultation, the log does not say.
  if (endedBy === 'consultation') return [];
  const ended = secondOf(talkEndedAtS, terms.aheadMs);
  if (!overlaps(ended, unseen)) return [];
  const { seat, agent } = whoAnswered(owner, stay, terms);
  const talks = facts.filter((fact): fact is TalkEnded => fact.type === 'talk-ended');
  const known = talks.find((talk) => isSameTalk(talk, logged, end.atMs, ended.untilMs));
  if (known === undefined) {
    const id = `${pbx}/${uniqueid}/talk/${logged.answeredBy}/${(logged.endedAtS ?? 0) * 1000}`;
    const atMs = end.atMs + talkS * 1000;
    const said = { hotline: hotline.name, queue, seat, agent, talkMs: talkS * 1000, holdMs: 0, endedBy };
    return [{ type: 'talk-ended', id, pbx, uniqueid, ...said, atMs }];
  }
  // Only where we lost sight of it is its length not known better than by whole seconds.
  if (known.endedBy !== 'unknown' || !overlaps({ fromMs: known.atMs, untilMs: known.atMs }, unseen))
    return [];
  const fromMs = known.atMs - known.talkMs;
  const since = lengthOf({ fromMs, untilMs: fromMs }, ended);
  const talkMs = middleOf(both(lengthOfWhole(talkS), since));
  return [{ ...known, talkMs, endedBy, atMs: fromMs + talkMs }];
}

function isSameTalk(
  talk: TalkEnded,
  { answeredBy, queue }: Stay['logged'],
  beganMs: number,
  endedMs: number,
): boolean {
  if (talk.id.includes(`/talk/${answeredBy}/`)) return true;
  // Behind a Local member the log names the Local half; of a talk found in a snapshot we know the rest.
  const fromMs = talk.atMs - talk.talkMs;
  return talk.queue === queue && fromMs > beganMs - SAME_TALK_MS && fromMs < endedMs;
}

const NOBODY = { seat: '', agent: '' };
