import { HOTLINES, TRUNK } from '../../src/simulator/company.ts';
import type { InboundPlan, StagePlan, TalkPlan } from '../../src/simulator/plan.ts';

/** The hotline of the practice company that has an attendant, and the seats of its first queue. */
const [SERVICE] = HOTLINES;
const QUEUE = 'billing';
const SEATS = ['PJSIP/seat101', 'PJSIP/seat102', 'PJSIP/seat103', 'PJSIP/seat104', 'PJSIP/seat105'] as const;
const PICKUP_MS = 50;
const MENU_MS = 100;
const RING_MS = 300;
const TALK_MS = 400;
/** A seat is given its next caller so long after the one before. */
const SEAT_EVERY_MS = 1500;
/** Longer than what is set aside as short. */
const GIVES_UP_MS = 5500;

/** The attendant puts a caller through at once, and a seat answers: a hit of `auto` and one of `transfer`. */
export function answeredCalls(
  fromMs: number,
  count: number,
  everyMs = SEAT_EVERY_MS / SEATS.length,
): readonly InboundPlan[] {
  return Array.from({ length: count }, (_, place) => {
    const seat = SEATS[place % SEATS.length] ?? SEATS[0];
    const round = { afterMs: 40, ringMs: RING_MS, seats: [seat], end: 'answered', winner: seat } as const;
    const stage: StagePlan = { queue: QUEUE, waitMs: 40 + RING_MS, rounds: [round], end: 'answered' };
    const talk: TalkPlan = {
      seat,
      member: seat,
      queue: QUEUE,
      talkMs: TALK_MS,
      holds: [],
      endedBy: 'caller',
      transfer: undefined,
      parking: undefined,
      lateComplete: false,
    };
    return inbound(fromMs + Math.round(place * everyMs), stage, talk);
  });
}

/** So long after it began such a call is a miss. */
export const MISSED_AFTER_MS = PICKUP_MS + MENU_MS + GIVES_UP_MS;

/** All at once: the attendant puts them through, no seat is rung, and they hang up: each a miss of `transfer`. */
export function missedCalls(atMs: number, count: number): readonly InboundPlan[] {
  const stage: StagePlan = { queue: QUEUE, waitMs: GIVES_UP_MS, rounds: [], end: 'hang-up' };
  return Array.from({ length: count }, () => inbound(atMs, stage, undefined));
}

function inbound(atMs: number, stage: StagePlan, talk: TalkPlan | undefined): InboundPlan {
  return {
    kind: 'inbound',
    atMs,
    trunk: TRUNK,
    caller: '13000000000',
    number: SERVICE.number,
    hotline: SERVICE,
    blockedCause: 0,
    ringsOutMs: 0,
    attendant: { pickupMs: PICKUP_MS, menuMs: MENU_MS, asksForPerson: true },
    closedMs: 0,
    stages: [stage],
    talk,
    outside: undefined,
    voicemail: undefined,
    endedBy: 'caller',
  };
}
