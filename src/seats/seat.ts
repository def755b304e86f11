import { CHANNEL_UP, type Stamp } from '../ami/pbx-event.ts';
import type { SeatBusyWith, SeatState } from '../calls/facts.ts';
import type { Deadline } from '../lib/deadlines.ts';
import { type DeviceFact, isOffline, showsChannels } from './device-state.ts';
import { type Leg, type LegPhase, SETTLE_MS } from './leg.ts';
import type { LiveSeat } from './live.ts';
import type { Membership } from './members.ts';
import type { Posts } from './memberships.ts';

/** One phone over all its queues. Mutated by `Seats` only; others see it as `LiveSeat`. */
export interface Seat extends LiveSeat {
  agent: string;
  state: SeatState;
  busyWith: SeatBusyWith;
  on: string;
  sinceMs: number;
  why: string;
  reason: string;
  paused: boolean;
  pausedReason: string;
  readonly memberships: Map<string, Membership>;
  /** The same as its running interval has them. */
  posts: Posts;
  readonly legs: Map<string, Leg>;
  device: DeviceFact;
  /** When the device first said what it says now, and since when it says that it is busy somehow (our clock). */
  deviceSinceMs: number;
  deviceBusySinceMs: number;
  deviceHeardPbxMs: number;
  /** When the last of its legs ended (our clock). */
  lastLegMs: number;
  /** A leg rang or was Up: the phone is there, whatever the device state does not say. */
  reached: boolean;
  wrapUp: WrapUp | undefined;
  /** Caller whose talk was last given its wrap-up: a late AgentComplete is not a second one. */
  wrappedCaller: string;
  /** Bridges its talks go through. */
  readonly bridges: Set<string>;
  due: Deadline<Seat> | undefined;
  intervalFromMs: number;
}
export interface WrapUp {
  readonly queue: string;
  readonly seconds: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What a seat is, as told by everything known of it. */
export interface Verdict {
  state: SeatState;
  busyWith: SeatBusyWith;
  on: string;
  reason: string;
  why: string;
  /** When it began; not before the state it follows. */
  sinceMs: number;
  /** When it changes though nothing happens; undefined for never. */
  dueMs: number | undefined;
}

/**
 * A phone whose channels cannot be seen is believed busy by its device state only after this long: the device state
 * comes from another thread than the Hangup and runs behind it (asterisk-facts 1.17).
 */
export const UNSEEN_MS = 2000;

const RANK: Readonly<Record<LegPhase, number>> = {
  none: 0,
  ringing: 1,
  'on-hold': 2,
  dialling: 3,
  talking: 4,
};

export const newSeat = (pbx: string, key: string, agent: string, atMs: number): Seat => ({
  pbx,
  interface: key,
  agent,
  state: 'unknown',
  busyWith: undefined,
  on: '',
  sinceMs: atMs,
  why: NOTHING_HEARD,
  reason: '',
  paused: false,
  pausedReason: '',
  memberships: new Map(),
  posts: { queues: [], pausedIn: [] },
  legs: new Map(),
  device: 'unknown',
  deviceSinceMs: atMs,
  deviceBusySinceMs: atMs,
  deviceHeardPbxMs: -Infinity,
  lastLegMs: -Infinity,
  reached: false,
  wrapUp: undefined,
  wrappedCaller: '',
  bridges: new Set(),
  due: undefined,
  intervalFromMs: atMs,
});

/** Takes over what its device says. */
export function hearDevice(seat: Seat, fact: DeviceFact, { pbxMs, atMs }: Stamp): void {
  // What a list says may be older than an event that came before it.
  if (pbxMs < seat.deviceHeardPbxMs) return;
  seat.deviceHeardPbxMs = pbxMs;
  if (seat.device === fact) return;
  if (UNSEEN[fact] && !UNSEEN[seat.device]) seat.deviceBusySinceMs = atMs;
  seat.device = fact;
  seat.deviceSinceMs = atMs;
}

/** The leg that says what the seat does: who talks and is rung by another stays talking. */
export function leadingLeg(seat: Seat): Leg | undefined {
  let leading: Leg | undefined;
  for (const leg of seat.legs.values()) {
    if (RANK[leg.phase] > (leading === undefined ? 0 : RANK[leading.phase])) leading = leg;
  }
  return leading;
}

/**
 * The state of a seat at `nowMs`, its legs being read. Channels first, then what the device says of a phone whose
 * channels cannot be seen, then wrap-up, pause, reachability. `cause` is the event in words.
 */
export function judge(seat: Seat, nowMs: number, cause: string): Verdict {
  const leg = leadingLeg(seat);
  if (leg) return ofLeg(seat, leg, nowMs);
  const verdict = atRest(seat, nowMs, cause);
  if (!showsChannels(seat.interface)) overruleByDevice(seat, nowMs, verdict);
  return verdict;
}

function ofLeg(seat: Seat, leg: Leg, nowMs: number): Verdict {
  const { busyWith, on } = leg;
  const held = leg.phase === 'talking' && seat.device === 'on-hold' && seat.deviceSinceMs > leg.holdFromMs;
  const state = held ? 'on-hold' : leg.phase === 'none' ? 'unknown' : leg.phase;
  return { state, busyWith, on, reason: '', why: whyOfLeg(leg, state), sinceMs: nowMs, dueMs: undefined };
}

function atRest(seat: Seat, nowMs: number, cause: string): Verdict {
  const { wrapUp } = seat;
  const rest = (state: SeatState, why: string, reason = ''): Verdict => ({
    state,
    busyWith: undefined,
    on: '',
    reason,
    why,
    sinceMs: nowMs,
    dueMs: undefined,
  });
  if (wrapUp && wrapUp.untilMs > nowMs) {
    const verdict = rest('wrap-up', `wrap-up ${wrapUp.seconds} s of queue ${wrapUp.queue}`);
    // It began with the talk's end, unless the seat did something else since: then that ended now.
    const isFirst = wrapUp.fromMs >= seat.sinceMs && seat.lastLegMs <= wrapUp.fromMs + SETTLE_MS;
    const sinceMs = isFirst ? wrapUp.fromMs : nowMs;
    return { ...verdict, busyWith: 'queue', on: wrapUp.queue, sinceMs, dueMs: wrapUp.untilMs };
  }
  if (seat.paused) {
    return rest(
      'paused',
      seat.pausedReason === '' ? 'paused' : `paused: ${seat.pausedReason}`,
      seat.pausedReason,
    );
  }
  if (isOffline(seat.device)) return rest('offline', `phone ${seat.device}, says its device state`);
  if (seat.device === 'unknown' && !seat.reached) return rest('unknown', NOTHING_HEARD);
  return rest('idle', `idle: ${wrapUp && seat.state === 'wrap-up' ? WRAPPED_UP : cause}`);
}

/** In use proves a talk only where no channel could have shown it; busy may as well be ringing or do-not-disturb. */
function overruleByDevice(seat: Seat, nowMs: number, verdict: Verdict): void {
  const seen = UNSEEN[seat.device];
  if (!seen) return;
  const fromMs = Math.max(seat.deviceBusySinceMs, seat.lastLegMs);
  if (nowMs < fromMs + UNSEEN_MS) {
    verdict.dueMs = Math.min(verdict.dueMs ?? Infinity, fromMs + UNSEEN_MS);
    return;
  }
  verdict.state = seen;
  verdict.busyWith = undefined;
  verdict.on = '';
  verdict.reason = '';
  verdict.why = `device state ${seat.device}; its channels cannot be seen`;
  verdict.sinceMs = Math.max(fromMs, seat.deviceSinceMs);
  verdict.dueMs = undefined;
}

const UNSEEN: Readonly<Partial<Record<DeviceFact, SeatState>>> = {
  'in-use': 'talking',
  'ringing-in-use': 'talking',
  ringing: 'ringing',
  'on-hold': 'on-hold',
  busy: 'unknown',
};

const NOTHING_HEARD = 'nothing heard of its phone yet';
const WRAPPED_UP = 'its wrap-up is over';

function whyOfLeg(leg: Leg, state: SeatState): string {
  if (state === 'ringing') {
    if (leg.busyWith === 'queue') return `rings: queue ${leg.on} offered a call`;
    return `rings: ${whose(leg)}`;
  }
  if (state === 'dialling') {
    if (leg.channel.state !== CHANNEL_UP)
      return leg.dials === 'outbound' ? 'dials out' : 'took the phone up and dials';
    return leg.dials === undefined ? 'on the line with nobody' : 'on the line, nobody there yet';
  }
  if (leg.listensTo !== '') return `listens to ${leg.listensTo}`;
  return `${state === 'on-hold' ? 'holds' : 'talks to'}: ${whose(leg)}`;
}

function whose(leg: Leg): string {
  if (leg.busyWith === 'queue') return `a caller of queue ${leg.on}`;
  if (leg.busyWith === 'hotline') return `a caller of hotline ${leg.on}`;
  if (leg.busyWith === 'internal') return 'a colleague';
  return leg.busyWith === 'outbound' ? 'an outside number it called' : 'an outside caller of no hotline';
}
