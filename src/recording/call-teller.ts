import type { PbxEvent } from '../ami/pbx-event.ts';
import type { Breach, CallOpened, CallRecord, Fact, Result, Target } from '../calls/facts.ts';
import type { HotlineDefinition } from '../hotlines/definition.ts';
import { maskDigitRuns, maskNumber } from '../lib/mask.ts';
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
import type { Reason, ToldCall } from './told-call.ts';

/** A call that has not ended, and what is known of it. */
interface OpenStory {
  readonly opened: CallOpened;
  readonly caller: string | null;
  readonly reasons: Reason[];
  /** Rates and breaches: at one instant, what happened is said before what it counts for. */
  readonly ratings: Reason[];
  /** Queues as they came; what the record says at the end is more, and replaces them. */
  readonly stages: Reason[];
  readonly scores: Partial<Record<Target, Result>>;
  readonly breaches: Breach[];
  /** Open when the recording was cut, and not seen since. */
  isOutOfSight: boolean;
}

/** Puts the story of each call together from the events and the facts they led to. Pure; `tell` gets each once. */
export class CallTeller {
  readonly #hotlines: ReadonlyMap<string, HotlineDefinition>;
  readonly #tell: (call: ToldCall) => void;
  readonly #stories = new Map<string, OpenStory>();
  /** Masked numbers of the channels that live: a call is opened by the event that names its caller. */
  readonly #callers = new Map<string, string | null>();
  #cause: { readonly uniqueid: string; readonly cause: number } | undefined;

  constructor(hotlines: readonly HotlineDefinition[], tell: (call: ToldCall) => void) {
    this.#hotlines = new Map(hotlines.map((hotline) => [hotline.name, hotline]));
    this.#tell = tell;
  }

  get open(): number {
    return this.#stories.size;
  }

  /** To be called with each event before the pipeline gets it. */
  before(event: PbxEvent): void {
    if (event.type === 'channel-created') this.#callers.set(event.uniqueid, maskedOrNull(event.callerNumber));
    else if (event.type === 'channel-gone') this.#cause = { uniqueid: event.uniqueid, cause: event.cause };
    else if (event.type === 'link-lost') {
      for (const story of this.#stories.values()) {
        if (story.isOutOfSight) continue;
        story.isOutOfSight = true;
        const words = 'the recording was cut: nothing is seen from here on';
        story.reasons.push({ atMs: event.lastHeardMs, words, rule: '2.6' });
      }
    } else if (event.type === 'snapshot') {
      const listed = new Set(event.channels.map(({ uniqueid }) => uniqueid));
      for (const uniqueid of this.#callers.keys()) {
        if (!listed.has(uniqueid) && !this.#stories.has(uniqueid)) this.#callers.delete(uniqueid);
      }
      for (const line of event.channels) {
        if (!this.#callers.has(line.uniqueid)) {
          this.#callers.set(line.uniqueid, maskedOrNull(line.callerNumber));
        }
      }
    }
  }

  /** To be called with each event after the pipeline had it. */
  after(event: PbxEvent): void {
    if (event.type === 'channel-gone') this.#callers.delete(event.uniqueid);
    this.#cause = undefined;
  }

  /** To be called with each fact while the pipeline works. */
  hear(fact: Fact): void {
    switch (fact.type) {
      case 'call-opened':
        this.#stories.set(fact.uniqueid, {
          opened: fact,
          caller: this.#callers.get(fact.uniqueid) ?? null,
          reasons: [reachedReason(fact)],
          ratings: [],
          stages: [],
          scores: {},
          breaches: [],
          isOutOfSight: false,
        });
        return;
      case 'call-closed':
        return this.#close(fact.record);
      case 'blind':
        return this.#seeAgain(fact.untilMs);
      case 'queue-entered':
      case 'queue-ended':
        return this.#hearQueue(fact);
      case 'call-decided':
      case 'scored':
      case 'breach':
      case 'ring-no-answer':
      case 'talk-ended':
      case 'transferred-in':
        return this.#hearCall(fact);
      default:
    }
  }

  /** The calls that are open when the recording ends, by when they began. */
  stillOpen(): ToldCall[] {
    return [...this.#stories.values()]
      .toSorted((a, b) => a.opened.reachedAtMs - b.opened.reachedAtMs)
      .map((story) => told(story, undefined, [...story.reasons, ...story.stages, ...story.ratings]));
  }

  #hearCall(
    fact: Extract<
      Fact,
      { type: 'call-decided' | 'scored' | 'breach' | 'ring-no-answer' | 'talk-ended' | 'transferred-in' }
    >,
  ): void {
    const story = this.#stories.get(fact.uniqueid);
    if (story === undefined) return;
    const { reasons } = story;
    const say = (words: string, rule: string): void => void reasons.push({ atMs: fact.atMs, words, rule });
    switch (fact.type) {
      case 'call-decided':
        if (fact.answer !== undefined) reasons.push(answeredReason(fact.atMs, fact.answer));
        else reasons.push(pickedUpReason(fact.atMs, story.opened.kind));
        break;
      case 'scored':
        story.scores[fact.target] = fact.result;
        story.ratings.push(scoredReason(fact, this.#hotlines.get(story.opened.hotline)));
        break;
      case 'breach':
        story.breaches.push(fact.breach);
        story.ratings.push(breachReason(fact.atMs, fact.breach));
        break;
      case 'ring-no-answer':
        say(`${maskDigitRuns(fact.agent)} did not pick up in ${seconds(fact.ringMs)}`, '6');
        break;
      case 'talk-ended':
        say(`the talk with ${maskDigitRuns(fact.agent)} ended after ${seconds(fact.talkMs)}`, '2.1');
        break;
      case 'transferred-in':
        say(`passed on to the number of ${fact.hotline}: counts once, here`, '1');
        break;
    }
  }

  #hearQueue(fact: Extract<Fact, { type: 'queue-entered' | 'queue-ended' }>): void {
    const words =
      fact.type === 'queue-entered'
        ? `asked for a person: joined queue ${fact.queue}`
        : `queue ${fact.queue} ended after ${seconds(fact.waitMs)}`;
    this.#stories.get(fact.uniqueid)?.stages.push({ atMs: fact.atMs, words, rule: '2.4' });
  }

  #seeAgain(atMs: number): void {
    for (const story of this.#stories.values()) {
      if (story.isOutOfSight) story.reasons.push({ atMs, words: 'seen again, still alive', rule: '2.6' });
      story.isOutOfSight = false;
    }
  }

  #close(record: CallRecord): void {
    const story = this.#stories.get(record.uniqueid);
    if (story === undefined) return;
    this.#stories.delete(record.uniqueid);
    const cause = this.#cause?.uniqueid === record.uniqueid ? this.#cause.cause : undefined;
    const hotline = this.#hotlines.get(record.hotline);
    const [reached, ...more] = story.reasons;
    const ended = [
      ...record.stages.flatMap(stageReasons),
      endReason(record, cause),
      ...more,
      ...story.ratings,
    ];
    const happened = reached === undefined ? ended : [reached, ...ended];
    this.#tell(told(story, record, happened, [outcomeReason(record, cause, hotline)]));
  }
}

function told(
  { opened, caller, scores, breaches }: OpenStory,
  record: CallRecord | undefined,
  happened: readonly Reason[],
  last: readonly Reason[] = [],
): ToldCall {
  return {
    pbx: opened.pbx,
    uniqueid: opened.uniqueid,
    hotline: opened.hotline,
    kind: opened.kind,
    hours: opened.hours,
    emergency: record?.emergency ?? opened.emergency,
    test: opened.test,
    takenUp: opened.takenUp,
    startedAtMs: opened.reachedAtMs,
    caller,
    outcome: record?.outcome ?? null,
    endedBy: record?.endedBy ?? null,
    record,
    scores,
    breaches,
    // What is decided at one instant stays in the order in which it was told.
    reasons: [...happened.toSorted((a, b) => a.atMs - b.atMs), ...last],
  };
}

function maskedOrNull(number: string): string | null {
  const masked = maskNumber(number);
  return masked === '' ? null : masked;
}
