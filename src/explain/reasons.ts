import type { Answer, Breach, CallRecord, Result, Scored, Stage, StageEnd, Target } from '../calls/facts.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import type { CallBegin, HotlineLimits } from './story-terms.ts';
import type { Reason } from './reason.ts';

const STAGE_WORDS: Readonly<Record<StageEnd, string>> = {
  answered: 'answered by a person',
  'hang-up': 'the caller hung up',
  timeout: 'timed out',
  key: 'the caller left it by a key',
  full: 'the queue was full',
  'join-empty': 'nobody was on duty: not let in',
  'leave-empty': 'nobody was on duty any more: sent away',
  withdrawn: 'withdrawn by the exchange',
  busy: 'every phone was busy or unreachable',
  elsewhere: 'the call went on elsewhere',
  unknown: 'ended while nothing was seen',
};
/** Q.850 causes that clear a call before anybody had it (norm.md section 2.3). */
const CAUSE_WORDS: ReadonlyMap<number, string> = new Map([
  [17, 'busy'],
  [34, 'congestion'],
  [42, 'refused'],
]);
const BREACH_WORDS: Readonly<Record<Breach, string>> = {
  unanswered: 'breach: nobody answered, and neither an attendant nor a voicemail took the call',
  'after-hours-not-taken': 'breach: nothing took the call outside the open hours',
  'emergency-not-answered': 'breach: an emergency caller asked for a person and got none',
};
const RESULT_WORDS: Readonly<Record<Result, string>> = {
  hit: 'hit',
  miss: 'miss',
  set_aside: 'set aside',
  unknown: 'unknown',
};

export function reachedReason(call: CallBegin): Reason {
  const kind = call.kind === 'attendant' ? 'a hotline with an attendant' : 'a hotline of people only';
  const hours = call.emergency ? 'at all hours, being for emergencies' : `in its ${call.hours} hours`;
  const test = call.test ? '; a test caller, in no rate' : '';
  const words = call.takenUp
    ? `reached ${call.hotline}, ${kind}, ${hours}${test}; found in mid-life in a list, so only what is decided after that counts`
    : `reached ${call.hotline}, ${kind}, ${hours}${test}`;
  return { atMs: call.reachedAtMs, words, rule: '1' };
}

export function pickedUpReason(atMs: number, kind: 'attendant' | 'people'): Reason {
  const words =
    kind === 'attendant' ? 'the attendant picked up (Up)' : 'the exchange took the call (Up), no person yet';
  return { atMs, words, rule: '1' };
}

export function answeredReason(atMs: number, answer: Answer): Reason {
  const who =
    answer.by === 'outside'
      ? `a person outside, over ${maskDigitRuns(answer.seat)}`
      : `${maskDigitRuns(answer.agent)} at ${maskDigitRuns(answer.seat)}`;
  const out = answer.queue === '' ? '' : ` out of queue ${answer.queue}`;
  const after = answer.waitMs === undefined ? '' : `, ${seconds(answer.waitMs)} after asking`;
  return { atMs, words: `in one bridge with ${who}${out}${after}`, rule: '2.1' };
}

/** How a try at a person began and ended. */
export function stageReasons({ queue, startedAtMs, waitMs, end }: Stage): Reason[] {
  const name = queue === '' ? "a person's phone" : `queue ${queue}`;
  if (waitMs === 0 && (end === 'full' || end === 'join-empty')) {
    return [
      {
        atMs: startedAtMs,
        words: `asked for a person: refused by ${name}, ${STAGE_WORDS[end]}`,
        rule: '2.4',
      },
    ];
  }
  return [
    {
      atMs: startedAtMs,
      words: `asked for a person: ${queue === '' ? 'dialled' : 'joined'} ${name}`,
      rule: '2.4',
    },
    {
      atMs: startedAtMs + waitMs,
      words: `${name} ended after ${seconds(waitMs)}: ${STAGE_WORDS[end]}`,
      rule: '2',
    },
  ];
}

export function scoredReason({ atMs, target, result }: Scored, limits: HotlineLimits | undefined): Reason {
  const why = result === 'set_aside' ? `: ${setAsideWords(target, limits)}` : '';
  return { atMs, words: `rate "${target}": ${RESULT_WORDS[result]}${why}`, rule: '1' };
}

/** Why a call is set aside from a rate, with the limit in force where that is known. */
export function setAsideWords(target: Target, limits: HotlineLimits | undefined): string {
  if (target === 'after-hours') {
    return limits === undefined ? 'rang for a moment only' : `rang less than ${limits.ringOutS} s`;
  }
  return limits === undefined
    ? 'left at once after asking for a person'
    : `left less than ${limits.shortAbandonS} s after asking for a person`;
}

export function breachReason(atMs: number, breach: Breach): Reason {
  return { atMs, words: BREACH_WORDS[breach], rule: breach === 'emergency-not-answered' ? '4' : '2.4' };
}

export function endReason({ closedAtMs, endedBy }: CallRecord, cause: number | undefined): Reason {
  const by = endedBy === 'unknown' ? 'gone, and its end was not seen' : `ended by the ${endedBy}`;
  return { atMs: closedAtMs, words: cause === undefined ? by : `${by}, cause ${cause}`, rule: '2' };
}

/** Why the outcome is what it is: the first rule of norm.md section 2 that fits. */
export function outcomeReason(
  record: CallRecord,
  cause: number | undefined,
  limits: HotlineLimits | undefined,
): Reason {
  const { words, rule } = outcomeWords(record, cause, limits);
  return { atMs: record.closedAtMs, words: `${record.outcome}: ${words}`, rule };
}

function outcomeWords(
  record: CallRecord,
  cause: number | undefined,
  limits: HotlineLimits | undefined,
): Pick<Reason, 'words' | 'rule'> {
  const wasUp = record.pickupMs !== undefined;
  const asked = record.stages.length > 0;
  switch (record.outcome) {
    case 'answered': {
      const lost = record.lostAfterAnswer ? '; lost afterwards, which changes nothing of it' : '';
      return { words: `caller and a person were in one bridge${lost}`, rule: '2.1' };
    }
    case 'voicemail': {
      const message = record.message === 'left' ? 'a message was left' : 'no message was left';
      return { words: `no person before, and it reached a voicemail; ${message}`, rule: '2.2' };
    }
    case 'blocked': {
      const named = cause === undefined ? undefined : CAUSE_WORDS.get(cause);
      const isUntold = cause === undefined && record.stages.at(-1)?.end !== 'busy';
      const met = isUntold ? 'cleared busy, congested or refused' : 'every phone was busy';
      const why = named === undefined ? met : `cleared with cause ${cause} (${named})`;
      return { words: `${why}, never Up, and nothing rang for the caller`, rule: '2.3' };
    }
    case 'dropped':
      return {
        words: 'asked for a person and got none; the exchange ended it after it had been picked up',
        rule: '2.4',
      };
    case 'unanswered':
      return record.endedBy === 'caller'
        ? {
            words: `nobody picked up, and the caller rang ${seconds(record.closedAtMs - record.reachedAtMs)} (at least ${limits?.ringOutS ?? 20} s)`,
            rule: record.kind === 'people' ? '2.4 (a)' : '2.4 (b)',
          }
        : {
            words: 'no person, no voicemail, and the exchange gave up',
            rule: record.kind === 'people' ? '2.4 (a)' : '2.4 (b)',
          };
    case 'abandoned': {
      const where = asked
        ? 'asked for a person, got none, and the caller ended it'
        : wasUp
          ? 'no person had it when the caller ended it'
          : 'the caller ended it before anybody picked up';
      const short = record.short ? `, less than ${limits?.shortAbandonS ?? 5} s after asking (short)` : '';
      return { words: `${where}${short}`, rule: '2.4' };
    }
    case 'self-served':
      return { words: 'an attendant had it, and the caller never asked for a person', rule: '2.5' };
    case 'unknown':
      return { words: 'nothing was seen when it would have been decided; not guessed', rule: '2.6' };
  }
}

/** Of an exchange's clock, to the tenth. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
