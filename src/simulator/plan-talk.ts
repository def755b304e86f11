import { DESKS, QUEUES, queueOf } from './company.ts';
import { PARKING_MS } from './parking-lot.ts';
import type { ParkingPlan, StagePlan, TalkPlan, TransferPlan } from './plan.ts';
import type { Random } from './random.ts';
import type { Roster } from './roster.ts';
import { ALERT_MS, BLIND_DIAL_MS, PLACE_SAID_MS } from './timing.ts';

/** Shares of what seats do with a caller they have answered. */
const SHARE = {
  blindTransfer: 0.06,
  attendedTransfer: 0.04,
  parked: 0.05,
  held: 0.16,
  lateComplete: 0.1,
} as const;

/** Decides how a talk goes from its answer to its end, and books the seats it takes. */
export class TalkPlanner {
  readonly #roster: Roster;

  constructor(roster: Roster) {
    this.#roster = roster;
  }

  planTalk(random: Random, stage: StagePlan, answeredMs: number): TalkPlan {
    const last = stage.rounds.at(-1);
    const member = last?.winner ?? '';
    const seat = last?.pickedUpBy ?? member;
    const settings = stage.queue === '' ? undefined : queueOf(stage.queue);
    const talkMs = Math.round(Math.max(7000, random.exponential((settings?.talkMeanS ?? 80) * 1000)));
    const holds =
      talkMs > 20_000 && random.chance(SHARE.held)
        ? [{ afterMs: Math.round(talkMs * 0.3), holdMs: Math.round(talkMs * 0.25) }]
        : [];
    const mayPassOn =
      settings !== undefined && !settings.viaLocal && !isReachedByLocal(member) && seat === member;
    const draw = mayPassOn ? random.next() : 1;
    const transfer = this.#planTransfer(random, draw, answeredMs + talkMs);
    const parking = this.#planParking(random, draw, seat, answeredMs + talkMs);
    const busyMs =
      talkMs +
      (transfer ? transfer.ringMs + transfer.consultMs + 4000 : 0) +
      (parking ? busyParkingMs(parking) : 0);
    for (const one of new Set([seat, member]))
      this.#roster.book(one, answeredMs + busyMs + (settings?.wrapupS ?? 3) * 1000);
    return {
      seat,
      member,
      queue: stage.queue,
      talkMs,
      holds,
      endedBy: random.chance(0.8) ? 'caller' : 'seat',
      transfer,
      parking,
      lateComplete: random.chance(SHARE.lateComplete),
    };
  }

  #planTransfer(random: Random, draw: number, atMs: number): TransferPlan | undefined {
    if (draw >= SHARE.blindTransfer + SHARE.attendedTransfer) return undefined;
    const to = random.pick(DESKS);
    if (!this.#roster.isFree(to, atMs)) return undefined;
    const kind = draw < SHARE.blindTransfer ? 'blind' : 'attended';
    const ringMs = random.between(2, 7) * 1000;
    const consultMs = kind === 'attended' ? random.between(4, 15) * 1000 : 0;
    const talkMs = Math.round(Math.max(6000, random.exponential(60_000)));
    this.#roster.book(to, atMs + ringMs + consultMs + talkMs + 8000);
    return { kind, to, ringMs, consultMs, talkMs, endedBy: random.chance(0.7) ? 'caller' : 'seat' };
  }

  #planParking(random: Random, draw: number, seat: string, atMs: number): ParkingPlan | undefined {
    const before = SHARE.blindTransfer + SHARE.attendedTransfer;
    if (draw < before || draw >= before + SHARE.parked) return undefined;
    const desk = random.pick(DESKS);
    const wish = random.pick(['fetched', 'fetched', 'timed-out', 'given-up'] as const);
    const end = wish === 'fetched' && !this.#roster.isFree(desk, atMs) ? 'given-up' : wish;
    const plan: ParkingPlan = {
      end,
      parkedMs: end === 'timed-out' ? PARKING_MS : random.between(PLACE_SAID_MS + 1500, PARKING_MS - 5000),
      by: end === 'fetched' ? desk : end === 'timed-out' ? seat : '',
      ringMs: random.between(1, 5) * 1000,
      talkMs: Math.round(Math.max(6000, random.exponential(50_000))),
      endedBy: random.chance(0.7) ? 'caller' : 'seat',
    };
    if (end === 'fetched') this.#roster.book(desk, atMs + BLIND_DIAL_MS + plan.parkedMs + plan.talkMs + 2000);
    return plan;
  }
}

/** How long parking keeps the seat that does it. */
function busyParkingMs({ end, parkedMs, ringMs, talkMs }: ParkingPlan): number {
  return BLIND_DIAL_MS + (end === 'timed-out' ? parkedMs + ALERT_MS + ringMs + talkMs : PLACE_SAID_MS);
}

/** A leader may put it into another queue: it is rung through its Local pair there too. */
const isReachedByLocal = (seat: string): boolean =>
  QUEUES.some((queue) => queue.viaLocal && queue.seats.includes(seat));
