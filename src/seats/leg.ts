import { CHANNEL_RINGING, CHANNEL_UP } from '../ami/pbx-event.ts';
import type { Channel } from '../calls/channels.ts';
import type { SeatBusyWith } from '../calls/facts.ts';
import type { Seat } from './seat.ts';
import type { Surroundings } from './surroundings.ts';

/** What one channel of a seat is doing. `none`: not yet known to ring, or hung up. */
export type LegPhase = 'none' | 'ringing' | 'on-hold' | 'dialling' | 'talking';

/** A channel of a seat's phone, or of a phone that is dialled through the seat's Local member. Mutated by `Seats` only. */
export interface Leg {
  readonly seat: Seat;
  readonly channel: Channel;
  /** Of the channel when it became this seat's: a masquerade may give it another (asterisk-facts 1.11). */
  readonly interface: string;
  phase: LegPhase;
  /** When what was read last began: the instant of reading, or one that lies back. */
  sinceMs: number;
  busyWith: SeatBusyWith;
  /** Queue or hotline, '' for none. */
  on: string;
  /** Queue that offered its caller here (AgentCalled), '' for none. */
  offeredBy: string;
  /** Queue and caller it was connected to (AgentConnect): what wrap-up goes by. */
  servedQueue: string;
  servedCaller: string;
  /** What the seat dials on it itself. */
  dials: 'internal' | 'outbound' | undefined;
  /** Agent or seat it listens to (ChanSpy), '' for none. */
  listensTo: string;
  /** Up, and with nobody, since (our clock). */
  apartSinceMs: number | undefined;
  /** Bridge it was in when it was put on hold: a consultation in another one is a talk, though no Unhold came. */
  heldIn: string;
  /** A device state "on hold" said before this is of another talk, or was ended by an Unhold. */
  holdFromMs: number;
}

/**
 * Moving a channel from one bridge to another is a BridgeLeave and then a BridgeEnter, and an answered member is Up
 * before it is bridged: for this long a leg that is alone keeps what it was, then it is told from when it was alone.
 * Local optimisation, transfers and pick-ups take milliseconds; half a second is long for them and short for people.
 */
export const SETTLE_MS = 500;

export const newLeg = (seat: Seat, channel: Channel): Leg => ({
  seat,
  channel,
  interface: channel.interface,
  phase: 'none',
  sinceMs: 0,
  busyWith: undefined,
  on: '',
  offeredBy: '',
  servedQueue: '',
  servedCaller: '',
  dials: undefined,
  listensTo: '',
  apartSinceMs: undefined,
  heldIn: '',
  holdFromMs: -Infinity,
});

/** Brings `leg` up to what its channel does at `nowMs`; the instant its phase began where that lies back, else `nowMs`. */
export function readLeg(leg: Leg, nowMs: number, around: Surroundings): number {
  const { channel } = leg;
  if (channel.hangupRequested) return readHungUp(leg, nowMs);
  if (leg.listensTo !== '') {
    leg.apartSinceMs = undefined;
    return become(leg, 'talking', 'internal', '', nowMs);
  }
  if (channel.state !== CHANNEL_UP) return readUnanswered(leg, nowMs, around);
  const company = companyOf(leg, around);
  if (company === undefined) return readAlone(leg, nowMs);
  if (leg.apartSinceMs !== undefined || leg.phase === 'none' || leg.phase === 'ringing')
    leg.holdFromMs = nowMs;
  leg.apartSinceMs = undefined;
  meet(leg, company, around);
  if (isHeld(leg)) leg.phase = 'on-hold';
  return nowMs;
}

/** When `leg` must be read again though nothing happens; Infinity for never. */
export const legDueMs = (leg: Leg): number =>
  leg.apartSinceMs !== undefined && leg.phase !== 'dialling' && leg.phase !== 'none'
    ? leg.apartSinceMs + SETTLE_MS
    : Infinity;

function become(leg: Leg, phase: LegPhase, busyWith: SeatBusyWith, on: string, sinceMs: number): number {
  leg.phase = phase;
  leg.busyWith = busyWith;
  leg.on = on;
  return sinceMs;
}

/** The phone itself ended it (BYE): the person is free, even if the exchange keeps the channel (ChanSpy, a last prompt). */
function readHungUp(leg: Leg, nowMs: number): number {
  leg.apartSinceMs ??= nowMs;
  return become(leg, 'none', undefined, '', nowMs);
}

/** Dialled and not Up rings, even before the phone says so; the seat's own call that is not Up dials. */
function readUnanswered(leg: Leg, nowMs: number, around: Surroundings): number {
  const { channel } = leg;
  leg.apartSinceMs = undefined;
  if (channel.inbound) return become(leg, 'dialling', leg.dials, '', nowMs);
  if (channel.diallerId === undefined && channel.state !== CHANNEL_RINGING) return nowMs;
  const root = around.channels.rootOf(channel);
  const caller = root === channel ? undefined : around.busy(root.uniqueid);
  if (caller) return become(leg, 'ringing', caller.busyWith, caller.on, nowMs);
  if (leg.offeredBy !== '') return become(leg, 'ringing', 'queue', leg.offeredBy, nowMs);
  // Newstate Ringing may come before the DialBegin that says who dials; then nobody is known yet.
  const isColleague = root !== channel && !around.isTrunk(root);
  return become(leg, 'ringing', isColleague ? 'internal' : undefined, '', nowMs);
}

/**
 * Up, and with nobody: it dials, waits in a queue or parking place, or hears an application (its voicemail, Echo).
 * All of these are `dialling`: the phone is off the hook, and no person is there to talk to.
 */
function readAlone(leg: Leg, nowMs: number): number {
  leg.apartSinceMs ??= nowMs;
  const passing = leg.phase !== 'none' && leg.phase !== 'dialling' && nowMs < leg.apartSinceMs + SETTLE_MS;
  if (passing) return nowMs;
  return become(leg, 'dialling', leg.dials, '', leg.apartSinceMs);
}

const isHeld = (leg: Leg): boolean =>
  leg.channel.onHold && (leg.heldIn === '' || leg.heldIn === leg.channel.bridge?.id);

/** Whom it talks to; undefined for nobody. */
export function companyOf({ channel, seat }: Leg, around: Surroundings): Channel[] | undefined {
  if (!channel.bridge) return undefined;
  let company: Channel[] | undefined;
  for (const end of around.channels.talkOf(channel)) {
    if (end === channel || !around.isCompany(end) || isLegOf(seat, end)) continue;
    if (company) company.push(end);
    else company = [end];
  }
  return company;
}

const isLegOf = (seat: Seat, end: Channel): boolean => {
  for (const { channel } of seat.legs) if (channel === end) return true;
  return false;
};

/** Names the talk by who is in it: a caller of a queue or hotline first, then an outside line, then a colleague. */
function meet(leg: Leg, company: readonly Channel[], around: Surroundings): void {
  for (const end of company) {
    const caller = around.busy(end.uniqueid);
    if (caller && caller.busyWith !== 'internal') {
      become(leg, 'talking', caller.busyWith, caller.on, 0);
      return;
    }
  }
  if (leg.servedCaller !== '' && company.some((end) => end.uniqueid === leg.servedCaller)) {
    become(leg, 'talking', 'queue', leg.servedQueue, 0);
    return;
  }
  const outside = company.find((end) => around.isTrunk(end));
  // An outside caller of no hotline (a direct number) is neither internal nor a call the seat made.
  const busyWith = outside === undefined ? 'internal' : outside.inbound ? undefined : 'outbound';
  become(leg, 'talking', busyWith, '', 0);
}
