import { queueOf } from './company.ts';
import type { InboundPlan, InternalPlan, OutboundPlan, ParkingPlan, StagePlan, TalkPlan } from './plan.ts';
import {
  ALERT_MS,
  BLIND_DIAL_MS,
  CONSULT_DIAL_MS,
  FETCH_MS,
  OPTIMISE_MS,
  PICKUP_DIAL_MS,
  PLACE_SAID_MS,
  STAGE_GAP_MS,
} from './timing.ts';
import type { Intent } from './traffic.ts';

/** A seat is in a state from one instant to another, as planned (true time, unix ms). */
export interface Span {
  readonly seat: string;
  readonly state: 'offline' | 'ringing' | 'dialling' | 'talking' | 'on-hold' | 'wrap-up' | 'paused';
  readonly fromMs: number;
  readonly untilMs: number;
  /** It is there because of a call, which ends where the exchange goes down; that call began at `callFromMs`. */
  readonly ofCall: boolean;
  readonly callFromMs: number;
}

/** What an intent will make of the seats. */
export function spansOf(intent: Intent): readonly Span[] {
  switch (intent.kind) {
    case 'inbound':
      return inboundSpans(intent);
    case 'outbound':
      return outboundSpans(intent);
    case 'internal':
      return internalSpans(intent);
    default: {
      const { seat, atMs, untilMs, kind } = intent;
      const state = kind === 'break' ? 'paused' : 'offline';
      return [{ seat, state, fromMs: atMs, untilMs, ofCall: false, callFromMs: atMs }];
    }
  }
}

type Say = (seat: string, state: Span['state'], fromMs: number, untilMs: number) => void;

function collector(callFromMs: number): { readonly spans: Span[]; readonly say: Say } {
  const spans: Span[] = [];
  return {
    spans,
    say: (seat, state, fromMs, untilMs) => {
      if (untilMs > fromMs) spans.push({ seat, state, fromMs, untilMs, ofCall: true, callFromMs });
    },
  };
}

function inboundSpans(plan: InboundPlan): readonly Span[] {
  const { spans, say } = collector(plan.atMs);
  let atMs = plan.atMs + plan.ringsOutMs + plan.closedMs;
  if (plan.attendant) atMs += plan.attendant.pickupMs + plan.attendant.menuMs;
  for (const stage of plan.stages) {
    for (const round of stage.rounds) {
      const fromMs = atMs + round.afterMs;
      const untilMs = fromMs + round.ringMs;
      for (const seat of round.seats) say(seat, 'ringing', fromMs, untilMs);
      if (round.pickedUpBy !== undefined)
        say(round.pickedUpBy, 'dialling', untilMs - PICKUP_DIAL_MS, untilMs);
    }
    atMs += stage.waitMs;
    if (stage.end === 'answered' && plan.talk) sayTalk(say, plan.talk, stage, atMs);
    else atMs += STAGE_GAP_MS;
  }
  return spans;
}

function sayTalk(say: Say, talk: TalkPlan, stage: StagePlan, fromMs: number): void {
  const { seat, transfer, parking } = talk;
  let untilMs = fromMs + talk.talkMs;
  let talkedMs = fromMs;
  for (const { afterMs, holdMs } of talk.holds) {
    say(seat, 'talking', talkedMs, fromMs + afterMs);
    talkedMs = fromMs + afterMs + holdMs;
    say(seat, 'on-hold', fromMs + afterMs, talkedMs);
  }
  say(seat, 'talking', talkedMs, untilMs);
  if (transfer) {
    const dialMs = transfer.kind === 'blind' ? BLIND_DIAL_MS : CONSULT_DIAL_MS;
    say(seat, 'on-hold', untilMs, untilMs + dialMs);
    untilMs += dialMs;
    const pickedUpMs = untilMs + ALERT_MS + transfer.ringMs;
    say(transfer.to, 'ringing', untilMs, pickedUpMs);
    const joinMs = transfer.kind === 'attended' ? OPTIMISE_MS : 0;
    say(transfer.to, 'talking', pickedUpMs, pickedUpMs + transfer.consultMs + joinMs + transfer.talkMs);
    if (transfer.kind === 'attended') {
      say(seat, 'dialling', untilMs, pickedUpMs);
      say(seat, 'talking', pickedUpMs, pickedUpMs + transfer.consultMs);
      untilMs = pickedUpMs + transfer.consultMs;
    }
  }
  if (parking) untilMs = sayParking(say, seat, parking, untilMs);
  if (stage.queue !== '') say(talk.member, 'wrap-up', untilMs, untilMs + queueOf(stage.queue).wrapupS * 1000);
}

/** Answers when the seat's talk was over. */
function sayParking(say: Say, seat: string, parking: ParkingPlan, fromMs: number): number {
  const parkedMs = fromMs + BLIND_DIAL_MS;
  say(seat, 'on-hold', fromMs, parkedMs);
  // It hears the number of the place: off the hook, and with nobody.
  say(seat, 'dialling', parkedMs, parkedMs + PLACE_SAID_MS);
  const overMs = parkedMs + parking.parkedMs;
  if (parking.end === 'fetched') {
    say(parking.by, 'dialling', overMs - FETCH_MS, overMs);
    say(parking.by, 'talking', overMs, overMs + parking.talkMs);
  } else if (parking.end === 'timed-out') {
    const answeredMs = overMs + ALERT_MS + parking.ringMs;
    say(parking.by, 'ringing', overMs, answeredMs);
    say(parking.by, 'talking', answeredMs, answeredMs + parking.talkMs);
  }
  return parkedMs;
}

function outboundSpans(plan: OutboundPlan): readonly Span[] {
  const { spans, say } = collector(plan.atMs);
  const answeredMs = plan.atMs + ALERT_MS + plan.ringMs;
  say(plan.seat, 'dialling', plan.atMs, answeredMs);
  say(plan.seat, 'talking', answeredMs, answeredMs + plan.talkMs);
  return spans;
}

function internalSpans(plan: InternalPlan): readonly Span[] {
  const { spans, say } = collector(plan.atMs);
  const answeredMs = plan.atMs + ALERT_MS + plan.ringMs;
  say(plan.seat, 'dialling', plan.atMs, answeredMs);
  say(plan.to, 'ringing', plan.atMs, answeredMs);
  for (const seat of [plan.seat, plan.to]) say(seat, 'talking', answeredMs, answeredMs + plan.talkMs);
  return spans;
}
