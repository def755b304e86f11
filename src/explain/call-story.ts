import type { Breach, CallRecord, Fact, Result, Target } from '../calls/facts.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import type { Reason } from './reason.ts';
import {
  answeredReason,
  breachReason,
  endReason,
  outcomeReason,
  pickedUpReason,
  reachedReason,
  scoredReason,
  stageReasons,
} from './reasons.ts';
import type { CallBegin, HotlineLimits } from './story-terms.ts';
import { StoryWords } from './story-words.ts';

/**
 * What happened to one call and counts, in words, put together from its facts: the same words whether the facts come out
 * of a recording that is replayed or out of the journal.
 */
export class CallStory {
  readonly begin: CallBegin;
  readonly scores: Partial<Record<Target, Result>> = {};
  readonly breaches: Breach[] = [];
  readonly #limits: HotlineLimits | undefined;
  readonly #say: StoryWords;
  readonly #reasons: Reason[];
  /** Rates and breaches: at one instant, what happened is said before what it counts for. */
  readonly #ratings: Reason[] = [];
  /** Queues as they came; what the record says at the end is more, and replaces them. */
  readonly #stages: Reason[] = [];

  /**
   * @param limits in force when the call was scored; undefined where that is not known
   * @param say English where nothing else is asked for
   */
  constructor(begin: CallBegin, limits: HotlineLimits | undefined, say = new StoryWords('en')) {
    this.begin = begin;
    this.#limits = limits;
    this.#say = say;
    this.#reasons = [reachedReason(say, begin)];
  }

  /** To be called with each fact of the call, in the order they were told; how it began and ended is told apart. */
  hear(fact: Fact): void {
    const say = this.#say;
    const add = (words: string, rule: string): void =>
      void this.#reasons.push({ atMs: fact.atMs, words, rule });
    switch (fact.type) {
      case 'queue-entered':
      case 'queue-ended':
        this.#stages.push(queueReason(say, fact));
        return;
      case 'call-decided':
        if (fact.answer !== undefined) this.#reasons.push(answeredReason(say, fact.atMs, fact.answer));
        else this.#reasons.push(pickedUpReason(say, fact.atMs, this.begin.kind));
        return;
      case 'scored':
        this.scores[fact.target] = fact.result;
        this.#ratings.push(scoredReason(say, fact, this.#limits));
        return;
      case 'breach':
        this.breaches.push(fact.breach);
        this.#ratings.push(breachReason(say, fact.atMs, fact.breach));
        return;
      case 'ring-no-answer': {
        const agent = maskDigitRuns(fact.agent);
        return add(say.say('no-answer', { agent, ring: say.seconds(fact.ringMs) }), '6');
      }
      case 'talk-ended': {
        const agent = maskDigitRuns(fact.agent);
        return add(say.say('talk-ended', { agent, talk: say.seconds(fact.talkMs) }), '2.1');
      }
      case 'transferred-in':
        return add(say.say('transferred-in', { hotline: fact.hotline }), '1');
      default:
    }
  }

  /** Something about the call that no fact of its own says. */
  add(reason: Reason): void {
    this.#reasons.push(reason);
  }

  /** So far, in the order in which it happened, of a call that has not ended. */
  sofar(): readonly Reason[] {
    return inOrder([...this.#reasons, ...this.#stages, ...this.#ratings]);
  }

  /** All of it, in the order in which it happened; the last one is the outcome's. */
  whole(record: CallRecord, cause: number | undefined): readonly Reason[] {
    const [reached, ...more] = this.#reasons;
    const say = this.#say;
    const ended = [
      ...record.stages.flatMap((stage) => stageReasons(say, stage)),
      endReason(say, record, cause),
      ...more,
      ...this.#ratings,
    ];
    const happened = inOrder(reached === undefined ? ended : [reached, ...ended]);
    return [...happened, outcomeReason(say, record, cause, this.#limits)];
  }
}

/** What is decided at one instant stays in the order in which it was told. */
const inOrder = (reasons: readonly Reason[]): readonly Reason[] =>
  reasons.toSorted((a, b) => a.atMs - b.atMs);

function queueReason(
  say: StoryWords,
  fact: Extract<Fact, { type: 'queue-entered' | 'queue-ended' }>,
): Reason {
  const place = say.say('place.queue', { queue: fact.queue });
  const words =
    fact.type === 'queue-entered'
      ? say.say('stage.joined', { place })
      : say.say('stage.over', { place, wait: say.seconds(fact.waitMs) });
  return { atMs: fact.atMs, words, rule: '2.4' };
}
