import { STAGE_ENDS, type BlindTime, type Corrected, type Fact, type StageEnd } from '../calls/facts.ts';
import type { PbxDefinition, WatchDefinition } from '../hotlines/definition.ts';
import { TrunkNames, trunkNamesOf } from '../hotlines/trunk-names.ts';
import { ByPbx } from '../rates/by-pbx.ts';
import { KeptSums } from '../rates/kept-sums.ts';
import { queuesOf } from '../rates/tally.ts';
import { type Count, FactCounter, type Families, seedCounts } from './families.ts';
import { toldOf } from './told-sums.ts';

const IN_QUEUE = ['pbx', 'queue'] as const;

/** Where the journal keeps what these count. */
const RESYNC_COLUMNS = { ended_unknown: 'endedUnknown', taken_up: 'takenUp', missed: 'missedCalls' } as const;
const CORRECTION_COLUMNS = {
  channels: 'correctedChannels',
  seats: 'correctedSeats',
  queues: 'correctedQueues',
} as const;

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
  private trunks: TrunkNames;
  private pbxs = new Set<string>();
  /** Whatever was ever watched: a series stays on the page. */
  private readonly known = { queues: new ByPbx<QueueCounts>(), pbxs: new Set<string>() };
  private kept = new KeptSums([]);

  constructor(families: Families, definition: WatchDefinition) {
    this.families = familiesOf(families);
    this.trunks = new TrunkNames(definition);
    this.redefine(definition);
  }

  /** After a reload: what is new is told from 0 on, or from what an earlier run told of it; what is gone is counted no more. */
  redefine(definition: WatchDefinition): void {
    const before = this.pbxs;
    this.queues = new ByPbx();
    this.trunks = new TrunkNames(definition);
    this.pbxs = new Set(definition.pbxs.map(({ name }) => name));
    for (const pbx of definition.pbxs) {
      if (!before.has(pbx.name)) this.startPbx(pbx);
      for (const queue of queuesOf(definition, pbx)) {
        const counts = this.known.queues.get(pbx.name, queue) ?? this.beginQueue(pbx.name, queue);
        this.queues.set(pbx.name, queue, counts);
      }
    }
  }

  private beginQueue(pbx: string, queue: string): QueueCounts {
    const counts = this.startQueue(pbx, queue);
    this.seedQueue(pbx, queue, counts);
    this.known.queues.set(pbx, queue, counts);
    return counts;
  }

  /** Goes on after a restart: once, before the first fact. */
  seed(kept: KeptSums): void {
    this.kept = kept;
    for (const pbx of this.pbxs) {
      this.seedPbx(pbx);
      for (const queue of this.queues.namesOf(pbx)) {
        const counts = this.queues.get(pbx, queue);
        if (counts !== undefined) this.seedQueue(pbx, queue, counts);
      }
    }
  }

  private seedQueue(pbx: string, queue: string, counts: QueueCounts): void {
    const { joined, refused, takenUp, noAnswers: ringNoAnswer, left } = counts;
    const told = toldOf(this.kept.of(pbx, 'queue', queue));
    seedCounts({ joined, refused, takenUp, ringNoAnswer }, told('volume'));
    seedCounts(left, told('left'));
  }

  private seedPbx(pbx: string): void {
    const { families } = this;
    const told = toldOf(this.kept.of(pbx, 'pbx', pbx));
    const self = told('self');
    families.unknownOrigin.inc({ pbx }, self['unknownOrigin'] ?? 0);
    families.noAnswers.inc({ pbx, queue: '' }, self['directNoAnswer'] ?? 0);
    families.blind.inc({ pbx }, self['blindMs'] ?? 0);
    families.resyncs.inc({ pbx }, self['blindTimes'] ?? 0);
    for (const [result, column] of Object.entries(RESYNC_COLUMNS))
      families.resyncCalls.inc({ pbx, result }, self[column] ?? 0);
    for (const [reason, column] of Object.entries(CORRECTION_COLUMNS))
      families.corrections.inc({ pbx, reason }, self[column] ?? 0);
    for (const [trunk, calls] of Object.entries(told('unattributed')))
      families.unattributed.inc({ pbx, trunk }, calls);
  }

  record(fact: Fact): void {
    if (!this.pbxs.has(fact.pbx)) return;
    switch (fact.type) {
      case 'unattributed':
        return this.families.unattributed.inc({ pbx: fact.pbx, trunk: this.trunks.of(fact.pbx, fact.trunk) });
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
    families.blind.inc({ pbx }, Math.max(0, Math.round(fact.untilMs) - Math.round(fact.fromMs)));
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

  private startPbx(definition: PbxDefinition): void {
    const { families } = this;
    const { name: pbx } = definition;
    families.blind.inc({ pbx }, 0);
    families.resyncs.inc({ pbx }, 0);
    families.unknownOrigin.inc({ pbx }, 0);
    families.noAnswers.inc({ pbx, queue: '' }, 0);
    families.resyncCalls.ofEach({ pbx }, 'result', Object.keys(RESYNC_COLUMNS));
    families.corrections.ofEach({ pbx }, 'reason', Object.keys(CORRECTION_COLUMNS));
    families.unattributed.ofEach({ pbx }, 'trunk', trunkNamesOf(definition));
    if (this.known.pbxs.has(pbx)) return;
    this.known.pbxs.add(pbx);
    this.seedPbx(pbx);
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

/** Counted in whole ms: seconds do not add up exactly. */
const MS_IN_A_SECOND = 1000;

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
    blind: new FactCounter(
      families,
      'ringside_blind_seconds_total',
      'Time the exchange was not seen, counted when it is over.',
      ['pbx'],
      MS_IN_A_SECOND,
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
