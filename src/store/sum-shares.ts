import type {
  CallClosed,
  Corrected,
  Fact,
  QueueEnded,
  Scored,
  SeatInterval,
  TalkEnded,
} from '../calls/facts.ts';
import { TrunkNames } from '../hotlines/trunk-names.ts';
import type { HotlineDefinition, HoursDefinition, WatchDefinition } from '../hotlines/definition.ts';
import {
  FIGURE_COLUMNS,
  shareOfClosed,
  shareOfQueueEnded,
  shareOfScored,
  shareOfTalk,
  shareOfWrapUp,
} from '../rates/figure-shares.ts';
import { personTargetOf } from '../rates/hotline-tally.ts';
import { patienceColumnOf } from '../rates/patience.ts';
import { countedIn, isBusy } from '../rates/seat-time.ts';
import type { Share } from '../rates/series.ts';
import { SumTerms } from './sum-terms.ts';
import { piecesOf, type Span } from './sum-periods.ts';
import type { SumKey, SumShare } from './sums.ts';

type Amounts = Readonly<Record<string, number>>;

/**
 * What each fact adds to which sums: the whole of the projection. The same formulas as the live rates (they are asked,
 * not written again), so that a figure read from the journal is the figure that was shown. A fact of what is not
 * configured adds nothing, as in the live rates.
 */
export class SumShares {
  readonly #terms: SumTerms;
  readonly #trunks: TrunkNames;

  constructor(definition: WatchDefinition) {
    this.#terms = new SumTerms(definition);
    this.#trunks = new TrunkNames(definition);
  }

  hoursOf(key: Pick<SumKey, 'pbx' | 'subject' | 'name'>): HoursDefinition {
    return this.#terms.hoursOf(key);
  }

  /** Of one fact, whatever was told before it. */
  of(fact: Fact): readonly SumShare[] {
    const shares: SumShare[] = [];
    this.#collect(fact, (share) => void shares.push(share));
    return shares;
  }

  #collect(fact: Fact, add: (share: SumShare) => void): void {
    switch (fact.type) {
      case 'call-opened': {
        const column = fact.test ? 'test' : fact.takenUp ? 'takenUp' : `reached-${fact.hours}`;
        return this.#hotline(fact, 'volume', fact.reachedAtMs, { [column]: 1 }, add);
      }
      case 'call-closed':
        return this.#closed(fact, add);
      case 'scored':
        return this.#scored(fact, add);
      case 'breach':
        return this.#hotline(fact, 'breaches', fact.reachedAtMs, { [fact.breach]: 1 }, add);
      case 'transferred-in':
        return this.#hotline(fact, 'volume', fact.atMs, { transferredIn: 1 }, add);
      case 'queue-entered': {
        const column = fact.refused ? 'refused' : fact.takenUp ? 'takenUp' : 'joined';
        return this.#queue(fact, 'volume', fact.atMs, { [column]: 1 }, add);
      }
      case 'queue-ended':
        return this.#queueEnded(fact, add);
      case 'talk-ended':
        return this.#talkEnded(fact, add);
      case 'ring-no-answer':
        add(share(agentOf(fact), 'work', fact.atMs, { ringNoAnswer: 1, ringMs: whole(fact.ringMs) }));
        if (fact.queue !== '') return this.#queue(fact, 'volume', fact.atMs, { ringNoAnswer: 1 }, add);
        return add(share(exchangeOf(fact.pbx), 'self', fact.atMs, { directNoAnswer: 1 }));
      case 'outbound-ended': {
        const answered = fact.answered ? { outboundAnswered: 1, outboundMs: whole(fact.talkMs) } : {};
        return add(share(agentOf(fact), 'work', fact.startedAtMs, { outbound: 1, ...answered }));
      }
      case 'listened':
        return add(share(agentOf(fact), 'work', fact.atMs, { listened: 1 }));
      case 'seat-interval':
        return this.#interval(fact, add);
      case 'blind':
        return this.#blind(fact, add);
      case 'unattributed':
        add(share(exchangeOf(fact.pbx), 'self', fact.atMs, { unattributed: 1 }));
        return add(
          share(exchangeOf(fact.pbx), 'unattributed', fact.atMs, {
            [this.#trunks.of(fact.pbx, fact.trunk)]: 1,
          }),
        );
      case 'unknown-origin':
        return add(share(exchangeOf(fact.pbx), 'self', fact.atMs, { unknownOrigin: 1 }));
      case 'corrected':
        return this.#corrected(fact, add);
      case 'call-decided':
      case 'caller-heard':
        return;
    }
  }

  #closed({ pbx, record }: CallClosed, add: (share: SumShare) => void): void {
    const hotline = this.#terms.hotline(pbx, record.hotline);
    if (hotline === undefined) return;
    const key = keyOf(hotline);
    const { reachedAtMs } = record;
    if (record.test) return add(share(key, 'volume', reachedAtMs, { testClosed: 1 }));
    add(share(key, `outcomes-${record.hours}`, reachedAtMs, { [record.outcome]: 1 }));
    if (record.lostAfterAnswer) add(share(key, 'volume', reachedAtMs, { lostAfterAnswer: 1 }));
    for (const { end } of record.stages) add(share(key, 'stages', reachedAtMs, { [end]: 1 }));
    this.#figures(key, shareOfClosed(record, hotline.setAsideShort), add);
    if (record.outcome === 'abandoned' && record.askedAtMs !== undefined) {
      const waitS = Math.max(0, record.closedAtMs - record.askedAtMs) / 1000;
      add(share(key, 'abandon-wait', reachedAtMs, this.#terms.waitColumns(waitS)));
    }
  }

  #scored(fact: Scored, add: (share: SumShare) => void): void {
    const hotline = this.#terms.hotline(fact.pbx, fact.hotline);
    if (hotline === undefined) return;
    const key = keyOf(hotline);
    add(share(key, fact.target, fact.reachedAtMs, { [fact.result]: 1 }));
    if (fact.target !== personTargetOf(hotline)) return;
    this.#figures(key, shareOfScored(fact, hotline.serviceLevelS), add);
    if (fact.result === 'hit' && fact.waitMs !== undefined) {
      add(share(key, 'answer-wait', fact.reachedAtMs, this.#terms.waitColumns(fact.waitMs / 1000)));
    }
  }

  #queueEnded(fact: QueueEnded, add: (share: SumShare) => void): void {
    const terms = this.#terms.queue(fact.pbx, fact.queue);
    if (terms === undefined) return;
    const key = { pbx: fact.pbx, subject: 'queue', name: fact.queue } as const;
    add(share(key, 'left', fact.atMs - fact.waitMs, { [fact.end]: 1 }));
    this.#figures(key, shareOfQueueEnded(fact, terms.serviceLevelS), add);
    const patience = patienceColumnOf(fact);
    if (patience !== undefined) add(share(key, 'patience', fact.atMs, { [patience]: 1 }));
  }

  #talkEnded(fact: TalkEnded, add: (share: SumShare) => void): void {
    const figures = shareOfTalk(fact.atMs, fact.talkMs);
    this.#everywhere(fact.pbx, fact, figures, add);
    const hotline = this.#terms.hotline(fact.pbx, fact.hotline);
    if (hotline !== undefined) {
      add(share(keyOf(hotline), 'talk', fact.atMs, this.#terms.talkColumns(fact.talkMs / 1000)));
    }
    const work = {
      talks: 1,
      talkMs: whole(fact.talkMs),
      holdMs: whole(fact.holdMs),
      [`ended-by-${fact.endedBy}`]: 1,
    };
    add(share(agentOf(fact), 'work', fact.atMs, work));
  }

  #interval(fact: SeatInterval, add: (share: SumShare) => void): void {
    const agent = agentOf(fact);
    const span = { fromMs: Math.round(fact.fromMs), untilMs: Math.round(fact.atMs) };
    for (const piece of piecesOf(this.#terms.hoursOf(agent), span)) {
      add(share(agent, 'time', piece.fromMs, { [fact.state]: lengthOf(piece) }));
    }
    for (const key of this.#timedIn(fact)) {
      for (const piece of piecesOf(this.#terms.hoursOf(key), span)) {
        const busyMs = isBusy(fact.state) ? lengthOf(piece) : 0;
        add(share(key, 'seat-time', piece.fromMs, { busyMs, observedMs: lengthOf(piece) }));
      }
    }
    const { wrapsUp } = fact;
    if (wrapsUp !== undefined) {
      this.#everywhere(fact.pbx, wrapsUp, shareOfWrapUp(fact.atMs, fact.fromMs), add);
    }
  }

  /** Each of its queues, and each hotline over them once: as in the live occupancy. */
  #timedIn(fact: SeatInterval): readonly Subject[] {
    const keys: Subject[] = [];
    const hotlines = new Set<HotlineDefinition>();
    for (const queue of countedIn(fact.state, fact)) {
      if (this.#terms.queue(fact.pbx, queue) !== undefined) {
        keys.push({ pbx: fact.pbx, subject: 'queue', name: queue });
      }
      for (const hotline of this.#terms.usersOf(fact.pbx, queue)) hotlines.add(hotline);
    }
    return [...keys, ...[...hotlines].map(keyOf)];
  }

  #blind(fact: Extract<Fact, { type: 'blind' }>, add: (share: SumShare) => void): void {
    const key = exchangeOf(fact.pbx);
    const span = { fromMs: Math.round(fact.fromMs), untilMs: Math.round(fact.untilMs) };
    for (const piece of piecesOf(this.#terms.hoursOf(key), span)) {
      add(share(key, 'self', piece.fromMs, { blindMs: lengthOf(piece) }));
    }
    const { endedUnknown, takenUp, missedCalls = 0 } = fact;
    add(share(key, 'self', fact.fromMs, { blindTimes: 1, endedUnknown, takenUp, missedCalls }));
  }

  #corrected({ pbx, atMs, channels, seats, queues }: Corrected, add: (share: SumShare) => void): void {
    const amounts = {
      corrected: 1,
      correctedChannels: channels,
      correctedSeats: seats,
      correctedQueues: queues,
    };
    add(share(exchangeOf(pbx), 'self', atMs, amounts));
  }

  #everywhere(
    pbx: string,
    where: Pick<TalkEnded, 'hotline' | 'queue'>,
    figures: Share,
    add: (share: SumShare) => void,
  ): void {
    const hotline = this.#terms.hotline(pbx, where.hotline);
    if (hotline !== undefined) this.#figures(keyOf(hotline), figures, add);
    if (this.#terms.queue(pbx, where.queue) !== undefined) {
      this.#figures({ pbx, subject: 'queue', name: where.queue }, figures, add);
    }
  }

  #figures(key: Subject, figures: Share | undefined, add: (share: SumShare) => void): void {
    if (figures === undefined) return;
    const { reachedAtMs, lengthMs } = figures;
    const made = share(key, 'figures', reachedAtMs, amountsOf(figures.values));
    add(lengthMs === undefined ? made : { ...made, lengthMs });
  }

  #hotline(
    fact: { readonly pbx: string; readonly hotline: string },
    series: string,
    atMs: number,
    amounts: Amounts,
    add: (share: SumShare) => void,
  ): void {
    const hotline = this.#terms.hotline(fact.pbx, fact.hotline);
    if (hotline !== undefined) add(share(keyOf(hotline), series, atMs, amounts));
  }

  #queue(
    fact: { readonly pbx: string; readonly queue: string },
    series: string,
    atMs: number,
    amounts: Amounts,
    add: (share: SumShare) => void,
  ): void {
    const { pbx, queue } = fact;
    if (this.#terms.queue(pbx, queue) !== undefined) {
      add(share({ pbx, subject: 'queue', name: queue }, series, atMs, amounts));
    }
  }
}

type Subject = Pick<SumKey, 'pbx' | 'subject' | 'name'>;

const share = (subject: Subject, series: string, atMs: number, add: Amounts): SumShare => ({
  ...subject,
  series,
  atMs,
  add,
});
const keyOf = ({ pbx, name }: HotlineDefinition): Subject => ({ pbx, subject: 'hotline', name });
const agentOf = ({ pbx, agent }: { readonly pbx: string; readonly agent: string }): Subject => ({
  pbx,
  subject: 'agent',
  name: agent,
});
const exchangeOf = (pbx: string): Subject => ({ pbx, subject: 'pbx', name: pbx });
const whole = (durationMs: number): number => Math.max(0, Math.round(durationMs));
/** By name, without the many that add nothing. */
const amountsOf = (values: readonly number[]): Amounts =>
  Object.fromEntries(
    FIGURE_COLUMNS.map((column, place) => [column, values[place] ?? 0] as const).filter(
      ([, value]) => value !== 0,
    ),
  );
const lengthOf = ({ fromMs, untilMs }: Span): number => untilMs - fromMs;
