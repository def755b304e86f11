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
  seconds,
  stageReasons,
} from './reasons.ts';
import type { CallBegin, HotlineLimits } from './story-terms.ts';

/**
 * What happened to one call and counts, in words, put together from its facts: the same words whether the facts come out
 * of a recording that is replayed or out of the journal.
 */
export class CallStory {
  readonly begin: CallBegin;
  readonly scores: Partial<Record<Target, Result>> = {};
  readonly breaches: Breach[] = [];
  readonly #limits: HotlineLimits | undefined;
  readonly #reasons: Reason[];
  /** Rates and breaches: at one instant, what happened is said before what it counts for. */
  readonly #ratings: Reason[] = [];
  /** Queues as they came; what the record says at the end is more, and replaces them. */
  readonly #stages: Reason[] = [];

  /** @param limits in force when the call was scored; undefined where that is not known. */
  constructor(begin: CallBegin, limits: HotlineLimits | undefined) {
    this.begin = begin;
    this.#limits = limits;
    this.#reasons = [reachedReason(begin)];
  }

  /** To be called with each fact of the call, in the order they were told; how it began and ended is told apart. */
  hear(fact: Fact): void {
    const say = (words: string, rule: string): void =>
      void this.#reasons.push({ atMs: fact.atMs, words, rule });
    switch (fact.type) {
      case 'queue-entered':
      case 'queue-ended':
        this.#stages.push(queueReason(fact));
        return;
      case 'call-decided':
        if (fact.answer !== undefined) this.#reasons.push(answeredReason(fact.atMs, fact.answer));
        else this.#reasons.push(pickedUpReason(fact.atMs, this.begin.kind));
        return;
      case 'scored':
        this.scores[fact.target] = fact.result;
        this.#ratings.push(scoredReason(fact, this.#limits));
        return;
      case 'breach':
        this.breaches.push(fact.breach);
        this.#ratings.push(breachReason(fact.atMs, fact.breach));
        return;
      case 'ring-no-answer':
        return say(`${maskDigitRuns(fact.agent)} did not pick up in ${seconds(fact.ringMs)}`, '6');
      case 'talk-ended':
        return say(`the talk with ${maskDigitRuns(fact.agent)} ended after ${seconds(fact.talkMs)}`, '2.1');
      case 'transferred-in':
        return say(`passed on to the number of ${fact.hotline}: counts once, here`, '1');
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
    const ended = [
      ...record.stages.flatMap(stageReasons),
      endReason(record, cause),
      ...more,
      ...this.#ratings,
    ];
    const happened = inOrder(reached === undefined ? ended : [reached, ...ended]);
    return [...happened, outcomeReason(record, cause, this.#limits)];
  }
}

/** What is decided at one instant stays in the order in which it was told. */
const inOrder = (reasons: readonly Reason[]): readonly Reason[] =>
  reasons.toSorted((a, b) => a.atMs - b.atMs);

function queueReason(fact: Extract<Fact, { type: 'queue-entered' | 'queue-ended' }>): Reason {
  const words =
    fact.type === 'queue-entered'
      ? `asked for a person: joined queue ${fact.queue}`
      : `queue ${fact.queue} ended after ${seconds(fact.waitMs)}`;
  return { atMs: fact.atMs, words, rule: '2.4' };
}
