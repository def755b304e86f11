import { STAGE_ENDS, type BlindTime, type Corrected, type Fact, type StageEnd } from '../calls/facts.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import { ByPbx } from '../rates/by-pbx.ts';
import { queuesOf } from '../rates/tally.ts';
import { type Count, FactCounter, type Families } from './families.ts';

const IN_QUEUE = ['pbx', 'queue'] as const;
/** Stands for every trunk that is not configured: names out of channels must not grow the page without bound. */
const OTHER_TRUNK = 'other';

/** The series of one queue. */
interface QueueCounts {
  readonly joined: Count;
  readonly refused: Count;
  readonly takenUp: Count;
  readonly noAnswers: Count;
  readonly left: Readonly<Record<StageEnd, Count>>;
}

/** Counters of the configured queues and exchanges: facts drive them, and nothing else. */
export class ExchangeCounters {
  private readonly families: ReturnType<typeof familiesOf>;
  private queues = new ByPbx<QueueCounts>();
  private trunks = new Map<string, string>();
  private pbxs = new Set<string>();

  constructor(families: Families, definition: WatchDefinition) {
    this.families = familiesOf(families);
    this.redefine(definition);
  }

  /** After a reload: what is new is told from 0 on, what is gone is counted no more. */
  redefine(definition: WatchDefinition): void {
    const before = { queues: this.queues, pbxs: this.pbxs };
    this.queues = new ByPbx();
    this.trunks = new Map();
    this.pbxs = new Set(definition.pbxs.map(({ name }) => name));
    for (const pbx of definition.pbxs) {
      for (const { name, interface: channels } of pbx.trunks) {
        this.trunks.set(pairOf(pbx.name, channels), name);
        this.trunks.set(pairOf(pbx.name, name), name);
      }
      if (!before.pbxs.has(pbx.name))
        this.startPbx(
          pbx.name,
          pbx.trunks.map(({ name }) => name),
        );
      for (const queue of queuesOf(definition, pbx)) {
        const counts = before.queues.get(pbx.name, queue) ?? this.startQueue(pbx.name, queue);
        this.queues.set(pbx.name, queue, counts);
      }
    }
  }

  record(fact: Fact): void {
    if (!this.pbxs.has(fact.pbx)) return;
    switch (fact.type) {
      case 'unattributed':
        return this.families.unattributed.inc({ pbx: fact.pbx, trunk: this.trunkOf(fact.pbx, fact.trunk) });
      case 'unknown-origin':
        return this.families.unknownOrigin.inc({ pbx: fact.pbx });
      case 'blind':
        return this.recordBlind(fact);
      case 'corrected':
        return this.recordCorrected(fact);
      case 'queue-entered':
      case 'queue-ended':
      case 'ring-no-answer':
        return this.recordQueue(fact);
      default:
        return;
    }
  }

  private recordQueue(
    fact: Extract<Fact, { type: 'queue-entered' | 'queue-ended' | 'ring-no-answer' }>,
  ): void {
    const { pbx, queue } = fact;
    const counts = this.queues.get(pbx, queue);
    if (fact.type === 'ring-no-answer') {
      // A phone dialled without a queue is refused too: its queue is empty.
      if (queue === '') this.families.noAnswers.inc({ pbx, queue });
      else if (counts !== undefined) counts.noAnswers.total += 1;
      return;
    }
    if (counts === undefined) return;
    if (fact.type === 'queue-ended') counts.left[fact.end].total += 1;
    else if (fact.refused) counts.refused.total += 1;
    else if (fact.takenUp) counts.takenUp.total += 1;
    else counts.joined.total += 1;
  }

  private recordBlind(fact: BlindTime): void {
    const { families } = this;
    const { pbx } = fact;
    families.blind.inc({ pbx }, Math.max(0, fact.untilMs - fact.fromMs) / 1000);
    families.resyncs.inc({ pbx });
    families.resyncCalls.inc({ pbx, result: 'ended_unknown' }, fact.endedUnknown);
    families.resyncCalls.inc({ pbx, result: 'taken_up' }, fact.takenUp);
    families.resyncCalls.inc({ pbx, result: 'missed' }, fact.missedCalls ?? 0);
  }

  private recordCorrected(fact: Corrected): void {
    const { corrections } = this.families;
    corrections.inc({ pbx: fact.pbx, reason: 'channels' }, fact.channels);
    corrections.inc({ pbx: fact.pbx, reason: 'seats' }, fact.seats);
    corrections.inc({ pbx: fact.pbx, reason: 'queues' }, fact.queues);
  }

  private trunkOf(pbx: string, trunk: string): string {
    return maskDigitRuns(this.trunks.get(pairOf(pbx, trunk)) ?? OTHER_TRUNK);
  }

  private startPbx(pbx: string, trunks: readonly string[]): void {
    const { families } = this;
    families.blind.inc({ pbx }, 0);
    families.resyncs.inc({ pbx }, 0);
    families.unknownOrigin.inc({ pbx }, 0);
    families.noAnswers.inc({ pbx, queue: '' }, 0);
    families.resyncCalls.ofEach({ pbx }, 'result', ['ended_unknown', 'taken_up', 'missed']);
    families.corrections.ofEach({ pbx }, 'reason', ['channels', 'seats', 'queues']);
    families.unattributed.ofEach({ pbx }, 'trunk', [...trunks.map(maskDigitRuns), OTHER_TRUNK]);
  }

  private startQueue(pbx: string, queue: string): QueueCounts {
    const { joined, refused, takenUp, noAnswers, left } = this.families;
    const labels = { pbx, queue };
    return {
      joined: joined.of(labels),
      refused: refused.of(labels),
      takenUp: takenUp.of(labels),
      noAnswers: noAnswers.of(labels),
      left: left.ofEach(labels, 'reason', STAGE_ENDS),
    };
  }
}

function familiesOf(families: Families) {
  const counter = <Label extends string>(name: string, help: string, labels: readonly Label[]) =>
    new FactCounter(families, name, help, labels);
  return {
    joined: counter('ringside_queue_joined_total', 'Callers who joined a queue, from inside too.', IN_QUEUE),
    refused: counter(
      'ringside_queue_refused_total',
      'Callers refused at the door of a queue: full or empty.',
      IN_QUEUE,
    ),
    takenUp: counter(
      'ringside_queue_taken_up_total',
      'Callers found in a queue, not seen to join it.',
      IN_QUEUE,
    ),
    left: counter(
      'ringside_queue_left_total',
      'Callers who left a queue, by how; joined + refused + taken up = left + those in it now.',
      [...IN_QUEUE, 'reason'],
    ),
    noAnswers: counter(
      'ringside_ring_no_answer_total',
      'Calls offered to a seat that did not answer, once a call and seat; queue is empty for a phone dialled directly.',
      IN_QUEUE,
    ),
    unattributed: counter(
      'ringside_unattributed_total',
      'Inbound channels that match no hotline: a mistyped number must not be perfect silence.',
      ['pbx', 'trunk'],
    ),
    unknownOrigin: counter(
      'ringside_unknown_origin_total',
      "Calls to a hotline's number on an interface that is no configured trunk and no known seat: a colleague's phone, or a missing trunk.",
      ['pbx'],
    ),
    blind: counter(
      'ringside_blind_seconds_total',
      'Time the exchange was not seen, counted when it is over.',
      ['pbx'],
    ),
    resyncs: counter('ringside_resyncs_total', 'Times the picture was read anew after a blind time.', [
      'pbx',
    ]),
    resyncCalls: counter(
      'ringside_resync_calls_total',
      'Calls that ended unknown in a blind time, were taken up after it, or passed in it unseen by the counters of the exchange.',
      ['pbx', 'result'],
    ),
    corrections: counter(
      'ringside_corrections_total',
      'Entries of the live picture that the check of every minute found wrong and put right.',
      ['pbx', 'reason'],
    ),
  };
}

const pairOf = (pbx: string, name: string): string => `${pbx}\0${name}`;
