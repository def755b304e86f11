import type { PbxEvent } from '../ami/pbx-event.ts';
import type { CallOpened, CallRecord, Fact } from '../calls/facts.ts';
import { CallStory } from '../explain/call-story.ts';
import type { Reason } from '../explain/reason.ts';
import type { HotlineDefinition } from '../hotlines/definition.ts';
import { maskNumber } from '../lib/mask.ts';
import type { ToldCall } from './told-call.ts';

/** A call that has not ended, and what is known of it. */
interface OpenCall {
  readonly opened: CallOpened;
  readonly caller: string | null;
  readonly story: CallStory;
  /** Open when the recording was cut, and not seen since. */
  isOutOfSight: boolean;
}

/** Puts the story of each call together from the events and the facts they led to. Pure; `tell` gets each once. */
export class CallTeller {
  readonly #hotlines: ReadonlyMap<string, HotlineDefinition>;
  readonly #tell: (call: ToldCall) => void;
  readonly #calls = new Map<string, OpenCall>();
  /** Masked numbers of the channels that live: a call is opened by the event that names its caller. */
  readonly #callers = new Map<string, string | null>();
  #cause: { readonly uniqueid: string; readonly cause: number } | undefined;

  constructor(hotlines: readonly HotlineDefinition[], tell: (call: ToldCall) => void) {
    this.#hotlines = new Map(hotlines.map((hotline) => [hotline.name, hotline]));
    this.#tell = tell;
  }

  get open(): number {
    return this.#calls.size;
  }

  /** To be called with each event before the pipeline gets it. */
  before(event: PbxEvent): void {
    if (event.type === 'channel-created') this.#callers.set(event.uniqueid, maskedOrNull(event.callerNumber));
    else if (event.type === 'channel-gone') this.#cause = { uniqueid: event.uniqueid, cause: event.cause };
    else if (event.type === 'link-lost') {
      for (const call of this.#calls.values()) {
        if (call.isOutOfSight) continue;
        call.isOutOfSight = true;
        const words = 'the recording was cut: nothing is seen from here on';
        call.story.add({ atMs: event.lastHeardMs, words, rule: '2.6' });
      }
    } else if (event.type === 'snapshot') {
      const listed = new Set(event.channels.map(({ uniqueid }) => uniqueid));
      for (const uniqueid of this.#callers.keys()) {
        if (!listed.has(uniqueid) && !this.#calls.has(uniqueid)) this.#callers.delete(uniqueid);
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
        this.#calls.set(fact.uniqueid, {
          opened: fact,
          caller: this.#callers.get(fact.uniqueid) ?? null,
          story: new CallStory(fact, this.#hotlines.get(fact.hotline)),
          isOutOfSight: false,
        });
        return;
      case 'call-closed':
        return this.#close(fact.record);
      case 'blind':
        return this.#seeAgain(fact.untilMs);
      case 'queue-entered':
      case 'queue-ended':
      case 'call-decided':
      case 'scored':
      case 'breach':
      case 'ring-no-answer':
      case 'talk-ended':
      case 'transferred-in':
        this.#calls.get(fact.uniqueid)?.story.hear(fact);
        return;
      default:
    }
  }

  /** The calls that are open when the recording ends, by when they began. */
  stillOpen(): ToldCall[] {
    return [...this.#calls.values()]
      .toSorted((a, b) => a.opened.reachedAtMs - b.opened.reachedAtMs)
      .map((call) => told(call, undefined, call.story.sofar()));
  }

  #seeAgain(atMs: number): void {
    for (const call of this.#calls.values()) {
      if (call.isOutOfSight) call.story.add({ atMs, words: 'seen again, still alive', rule: '2.6' });
      call.isOutOfSight = false;
    }
  }

  #close(record: CallRecord): void {
    const call = this.#calls.get(record.uniqueid);
    if (call === undefined) return;
    this.#calls.delete(record.uniqueid);
    const cause = this.#cause?.uniqueid === record.uniqueid ? this.#cause.cause : undefined;
    this.#tell(told(call, record, call.story.whole(record, cause)));
  }
}

function told(
  { opened, caller, story }: OpenCall,
  record: CallRecord | undefined,
  reasons: readonly Reason[],
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
    scores: story.scores,
    breaches: story.breaches,
    reasons,
  };
}

function maskedOrNull(number: string): string | null {
  const masked = maskNumber(number);
  return masked === '' ? null : masked;
}
