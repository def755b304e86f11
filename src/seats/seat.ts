import { CHANNEL_UP, type Stamp } from '../ami/pbx-event.ts';
import type { SeatBusyWith, SeatState } from '../calls/facts.ts';
import type { Deadline } from '../lib/deadlines.ts';
import { type DeviceFact, isOffline, showsChannels } from './device-state.ts';
import { type Leg, type LegPhase, SETTLE_MS } from './leg.ts';
import type { LiveSeat } from './live.ts';
import type { Membership } from './members.ts';
import { NO_POSTS, type Posts } from './memberships.ts';
import { type Cause, WHY, whyText } from './why.ts';

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
  /** Its channels carry its name: see `showsChannels`. */
  readonly showsChannels: boolean;
  readonly memberships: Map<string, Membership>;
  /** The same as its running interval has them. */
  posts: Posts;
  /** In the order in which they began. */
  readonly legs: Leg[];
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
  due: Deadline<Seat> | undefined;
  /** When its running interval is told up to then: see `IntervalCuts`. */
  cut: Deadline<Seat> | undefined;
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
  /** When it changes though nothing happens; Infinity for never. */
  dueMs: number;
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
  why: WHY['why.nothing-heard'],
  reason: '',
  paused: false,
  pausedReason: '',
  showsChannels: showsChannels(key),
  memberships: new Map(),
  posts: NO_POSTS,
  legs: [],
  device: 'unknown',
  deviceSinceMs: atMs,
  deviceBusySinceMs: atMs,
  deviceHeardPbxMs: -Infinity,
  lastLegMs: -Infinity,
  reached: false,
  wrapUp: undefined,
  wrappedCaller: '',
  due: undefined,
  cut: undefined,
  intervalFromMs: atMs,
});

/**
 * Takes over what its device says; true where the seat must be reviewed. Where it is on the line that is at every
 * change: what its caller is there for may be known better by now.
 */
export function hearDevice(seat: Seat, fact: DeviceFact, { pbxMs, atMs }: Stamp): boolean {
  // What a list says may be older than an event that came before it.
  if (pbxMs < seat.deviceHeardPbxMs) return false;
  seat.deviceHeardPbxMs = pbxMs;
  const before = seat.device;
  if (before === fact) return false;
  if (UNSEEN[fact] && !UNSEEN[before]) seat.deviceBusySinceMs = atMs;
  seat.device = fact;
  seat.deviceSinceMs = atMs;
  return seat.legs.length > 0 || !seat.showsChannels || !isThere(before) || !isThere(fact);
}

/** Where its channels are seen, these say one thing of a phone: that it is there. The channels tell what it does. */
const isThere = (fact: DeviceFact): boolean =>
  fact === 'free' || fact === 'in-use' || fact === 'busy' || fact === 'ringing' || fact === 'ringing-in-use';

/** Whether `leg` is what the seat does rather than `other`: who talks and is rung by another stays talking. */
export const leads = (leg: Leg, other: Leg | undefined): boolean =>
  RANK[leg.phase] > (other === undefined ? 0 : RANK[other.phase]);

/** Whether the seat is shown as doing what its leading leg does. */
export const shows = (seat: Seat, leading: Leg): boolean =>
  seat.state === stateByLeg(seat, leading) &&
  seat.busyWith === leading.busyWith &&
  seat.on === leading.on &&
  seat.reason === '';

/**
 * The state of a seat at `nowMs`, its legs being read. Channels first, then what the device says of a phone whose
 * channels cannot be seen, then wrap-up, pause, reachability. `cause` is the event in words.
 */
export function judge(seat: Seat, leading: Leg | undefined, nowMs: number, cause: Cause): Verdict {
  if (leading) return ofLeg(seat, leading);
  const verdict = atRest(seat, nowMs, cause);
  if (!seat.showsChannels) overruleByDevice(seat, nowMs, verdict);
  return verdict;
}

function ofLeg(seat: Seat, leg: Leg): Verdict {
  const { busyWith, on, sinceMs } = leg;
  const state = stateByLeg(seat, leg);
  return { state, busyWith, on, reason: '', why: whyOfLeg(leg, state), sinceMs, dueMs: Infinity };
}

function stateByLeg(seat: Seat, { phase, holdFromMs }: Leg): SeatState {
  const isHeld = phase === 'talking' && seat.device === 'on-hold' && seat.deviceSinceMs > holdFromMs;
  if (isHeld) return 'on-hold';
  return phase === 'none' ? 'unknown' : phase;
}

function atRest(seat: Seat, nowMs: number, cause: Cause): Verdict {
  const { wrapUp } = seat;
  if (wrapUp && wrapUp.untilMs > nowMs) {
    const { queue: on, seconds, fromMs, untilMs: dueMs } = wrapUp;
    // It began with the talk's end, unless the seat did something else since: then that ended now.
    const isFirst = fromMs >= seat.sinceMs && seat.lastLegMs <= fromMs + SETTLE_MS;
    const sinceMs = isFirst ? fromMs : nowMs;
    const why = whyText('why.wrap-up', { seconds, queue: on });
    return { state: 'wrap-up', busyWith: 'queue', on, reason: '', why, sinceMs, dueMs };
  }
  if (seat.paused) {
    const { pausedReason } = seat;
    const why = pausedReason === '' ? WHY['why.paused'] : whyText('why.paused-for', { reason: pausedReason });
    return free('paused', why, nowMs, pausedReason);
  }
  if (isOffline(seat.device)) return free('offline', whyText('why.offline', { device: seat.device }), nowMs);
  if (seat.device === 'unknown' && !seat.reached) return free('unknown', WHY['why.nothing-heard'], nowMs);
  const ended = wrapUp && seat.state === 'wrap-up' ? WHY['cause.wrapped-up'] : cause;
  return free('idle', whyText('why.idle', { cause: ended }), nowMs);
}

const free = (state: SeatState, why: string, sinceMs: number, reason = ''): Verdict => ({
  state,
  busyWith: undefined,
  on: '',
  reason,
  why,
  sinceMs,
  dueMs: Infinity,
});

/** In use proves a talk only where no channel could have shown it; busy may as well be ringing or do-not-disturb. */
function overruleByDevice(seat: Seat, nowMs: number, verdict: Verdict): void {
  const seen = UNSEEN[seat.device];
  if (!seen) return;
  const fromMs = Math.max(seat.deviceBusySinceMs, seat.lastLegMs);
  if (nowMs < fromMs + UNSEEN_MS) {
    verdict.dueMs = Math.min(verdict.dueMs, fromMs + UNSEEN_MS);
    return;
  }
  verdict.state = seen;
  verdict.busyWith = undefined;
  verdict.on = '';
  verdict.reason = '';
  verdict.why = whyText('why.unseen', { device: seat.device });
  verdict.sinceMs = Math.max(fromMs, seat.deviceSinceMs);
  verdict.dueMs = Infinity;
}

const UNSEEN: Readonly<Partial<Record<DeviceFact, SeatState>>> = {
  'in-use': 'talking',
  'ringing-in-use': 'talking',
  ringing: 'ringing',
  'on-hold': 'on-hold',
  busy: 'unknown',
};

function whyOfLeg(leg: Leg, state: SeatState): string {
  if (state === 'ringing') {
    if (leg.busyWith === 'queue') return whyText('why.offered', { queue: leg.on });
    return whyText('why.rings', { whom: whose(leg) });
  }
  if (state === 'dialling') {
    if (leg.channel.state !== CHANNEL_UP)
      return WHY[leg.dials === 'outbound' ? 'why.dials-out' : 'why.dials'];
    return WHY[leg.dials === undefined ? 'why.alone' : 'why.alone-yet'];
  }
  if (leg.listensTo !== '') return whyText('why.listens', { agent: leg.listensTo });
  return whyText(state === 'on-hold' ? 'why.holds' : 'why.talks', { whom: whose(leg) });
}

function whose(leg: Leg): string {
  if (leg.busyWith === 'queue') return whyText('whom.queue', { queue: leg.on });
  if (leg.busyWith === 'hotline') return whyText('whom.hotline', { hotline: leg.on });
  return WHY[`whom.${leg.busyWith ?? 'direct'}`];
}
