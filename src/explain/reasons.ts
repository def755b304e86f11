import type { Answer, Breach, CallRecord, Scored, Stage, Target } from '../calls/facts.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import type { CallBegin, HotlineLimits } from './story-terms.ts';
import type { Reason } from './reason.ts';
import type { StoryWords } from './story-words.ts';
import type { StoryKey } from './words-en.ts';

/** Q.850 causes that clear a call before anybody had it (norm.md section 2.3). */
const CAUSES: ReadonlyMap<number, StoryKey> = new Map([
  [17, 'cause.busy'],
  [34, 'cause.congestion'],
  [42, 'cause.refused'],
]);

export function reachedReason(say: StoryWords, call: CallBegin): Reason {
  const words = say.say('reached', {
    hotline: call.hotline,
    kind: say.say(`kind.${call.kind}`),
    hours: say.say(call.emergency ? 'hours.always' : `hours.${call.hours}`),
    test: call.test ? say.say('reached.test') : '',
    found: call.takenUp ? say.say('reached.found') : '',
  });
  return { atMs: call.reachedAtMs, words, rule: '1' };
}

export function pickedUpReason(say: StoryWords, atMs: number, kind: CallBegin['kind']): Reason {
  return { atMs, words: say.say(`picked-up.${kind}`), rule: '1' };
}

export function answeredReason(say: StoryWords, atMs: number, answer: Answer): Reason {
  const { queue, waitMs } = answer;
  const names = { agent: maskDigitRuns(answer.agent), seat: maskDigitRuns(answer.seat) };
  const words = say.say('bridge', {
    who: say.say(answer.by === 'outside' ? 'bridge.outside' : 'bridge.agent', names),
    out: queue === '' ? '' : say.say('bridge.out', { queue }),
    after: waitMs === undefined ? '' : say.say('bridge.after', { wait: say.seconds(waitMs) }),
  });
  return { atMs, words, rule: '2.1' };
}

/** How a try at a person began and ended. */
export function stageReasons(say: StoryWords, { queue, startedAtMs, waitMs, end: how }: Stage): Reason[] {
  const place = queue === '' ? say.say('place.phone') : say.say('place.queue', { queue });
  const end = say.say(`end.${how}`);
  if (waitMs === 0 && (how === 'full' || how === 'join-empty')) {
    return [{ atMs: startedAtMs, words: say.say('stage.refused', { place, end }), rule: '2.4' }];
  }
  const wait = say.seconds(waitMs);
  return [
    {
      atMs: startedAtMs,
      words: say.say(queue === '' ? 'stage.dialled' : 'stage.joined', { place }),
      rule: '2.4',
    },
    { atMs: startedAtMs + waitMs, words: say.say('stage.ended', { place, wait, end }), rule: '2' },
  ];
}

export function scoredReason(
  say: StoryWords,
  { atMs, target: which, result: side }: Scored,
  limits: HotlineLimits | undefined,
): Reason {
  const [target, result] = [say.say(`target.${which}`), say.say(`result.${side}`)];
  const words =
    side === 'set_aside'
      ? say.say('rated.why', { target, result, why: setAsideWords(say, which, limits) })
      : say.say('rated', { target, result });
  return { atMs, words, rule: '1' };
}

/** Why a call is set aside from a rate, with the limit in force where that is known. */
export function setAsideWords(say: StoryWords, target: Target, limits: HotlineLimits | undefined): string {
  if (target === 'after-hours') {
    return limits === undefined
      ? say.say('aside.rang-some')
      : say.say('aside.rang', { seconds: say.number(limits.ringOutS) });
  }
  return limits === undefined
    ? say.say('aside.left-some')
    : say.say('aside.left', { seconds: say.number(limits.shortAbandonS) });
}

export function breachReason(say: StoryWords, atMs: number, breach: Breach): Reason {
  const rule = breach === 'emergency-not-answered' ? '4' : '2.4';
  return { atMs, words: say.say(`breach.${breach}`), rule };
}

export function endReason(
  say: StoryWords,
  { closedAtMs, endedBy }: CallRecord,
  cause: number | undefined,
): Reason {
  const closed = say.say(`closed.${endedBy}`);
  const words = cause === undefined ? closed : say.say('closed.cause', { closed, cause });
  return { atMs: closedAtMs, words, rule: '2' };
}

/** Why the outcome is what it is: the first rule of norm.md section 2 that fits. */
export function outcomeReason(
  say: StoryWords,
  record: CallRecord,
  cause: number | undefined,
  limits: HotlineLimits | undefined,
): Reason {
  const { why, rule } = whyOutcome(say, record, cause, limits);
  const words = say.say('outcome', { outcome: say.say(`outcome.${record.outcome}`), why });
  return { atMs: record.closedAtMs, words, rule };
}

interface Why {
  readonly why: string;
  readonly rule: string;
}

function whyOutcome(
  say: StoryWords,
  record: CallRecord,
  cause: number | undefined,
  limits: HotlineLimits | undefined,
): Why {
  switch (record.outcome) {
    case 'answered':
      return { why: say.say(record.lostAfterAnswer ? 'why.answered-lost' : 'why.answered'), rule: '2.1' };
    case 'voicemail': {
      const isLeft = record.message === 'left';
      return { why: say.say(isLeft ? 'why.message-left' : 'why.message-none'), rule: '2.2' };
    }
    case 'blocked':
      return { why: say.say('why.blocked', { met: metWords(say, record, cause) }), rule: '2.3' };
    case 'dropped':
      return { why: say.say('why.dropped'), rule: '2.4' };
    case 'unanswered': {
      const rang = say.seconds(record.closedAtMs - record.reachedAtMs);
      const why =
        record.endedBy === 'caller'
          ? say.say('why.rang-out', { rang, seconds: say.number(limits?.ringOutS ?? 20) })
          : say.say('why.gave-up');
      return { why, rule: record.kind === 'people' ? '2.4 (a)' : '2.4 (b)' };
    }
    case 'abandoned':
      return { why: leftWords(say, record, limits), rule: '2.4' };
    case 'self-served':
      return { why: say.say('why.self-served'), rule: '2.5' };
    case 'unknown':
      return { why: say.say('why.unknown'), rule: '2.6' };
  }
}

/** What a caller met who got no further. */
function metWords(say: StoryWords, record: CallRecord, cause: number | undefined): string {
  const named = cause === undefined ? undefined : CAUSES.get(cause);
  if (cause !== undefined && named !== undefined) {
    return say.say('met.cause', { cause, name: say.say(named) });
  }
  const isUntold = cause === undefined && record.stages.at(-1)?.end !== 'busy';
  return say.say(isUntold ? 'met.untold' : 'met.busy');
}

/** When a caller gave up. */
function leftWords(say: StoryWords, record: CallRecord, limits: HotlineLimits | undefined): string {
  const asked = record.stages.length > 0;
  const wasUp = record.pickupMs !== undefined;
  const why = say.say(asked ? 'why.left-asked' : wasUp ? 'why.left-up' : 'why.left-ringing');
  if (!record.short) return why;
  return say.say('why.short', { why, seconds: say.number(limits?.shortAbandonS ?? 5) });
}
