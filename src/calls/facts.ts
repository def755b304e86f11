import type { CallerNumber } from './caller-number.ts';
import type { Evidence } from './outcome.ts';

/**
 * What came out of the calls, finished and frozen: the journal, counters, histograms, rates and alarms live on
 * these and on nothing else. Every fact has an id that is the same however often the same truth is told.
 * Instants (`…AtMs`) are on our clock, unix ms; durations (`…Ms`) are differences of the exchange's clock.
 */

/** norm.md section 2: exactly one for each call. */
export const OUTCOMES = [
  'answered',
  'voicemail',
  'blocked',
  'dropped',
  'unanswered',
  'abandoned',
  'self-served',
  'unknown',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** norm.md section 1, and `after-hours` for the calls of closed hours that something took. */
export const TARGETS = ['auto', 'transfer', 'direct', 'after-hours'] as const;
export type Target = (typeof TARGETS)[number];

export const RESULTS = ['hit', 'miss', 'set_aside', 'unknown'] as const;
export type Result = (typeof RESULTS)[number];

/** How a stage with a person (a queue, or a direct dial) ended. */
export const STAGE_ENDS = [
  'answered',
  'hang-up',
  'timeout',
  'key',
  'full',
  'join-empty',
  'leave-empty',
  'withdrawn',
  'busy',
  'elsewhere',
  'unknown',
] as const;
export type StageEnd = (typeof STAGE_ENDS)[number];

export const BREACHES = ['unanswered', 'after-hours-not-taken', 'emergency-not-answered'] as const;
export type Breach = (typeof BREACHES)[number];

/** Open or closed, judged once, at the instant the call reached the hotline. An emergency hotline is always open. */
export type Hours = 'open' | 'closed';
/** Who ended the call, where the exchange showed it. */
export type EndedBy = 'caller' | 'exchange' | 'unknown';

/** Identity of a call: (pbx, uniqueid); a uniqueid holds its creation second, so a restart makes no twins. */
export interface CallId {
  readonly pbx: string;
  readonly uniqueid: string;
}

/** One try at a person: a queue the caller was in, or a direct dial (ring group) out of the dialplan. */
export interface Stage {
  /** Empty for a direct dial. */
  readonly queue: string;
  readonly startedAtMs: number;
  /** From joining (or first dial) to its end. */
  readonly waitMs: number;
  readonly end: StageEnd;
}

/** Who answered: a seat, or an outside number (`by: outside`). */
export interface Answer {
  readonly by: 'seat' | 'outside';
  /** The seat's interface (the state interface where there is one), for example `PJSIP/seat101`; for `outside` the trunk. */
  readonly seat: string;
  /** Member name at the time, else what the configuration names the seat, else the interface. */
  readonly agent: string;
  /** Empty when the answer did not come out of a queue. */
  readonly queue: string;
  readonly atMs: number;
  /** From the instant the caller first asked for a person (people hotline: arrival) to this answer; undefined where we did not see both. */
  readonly waitMs: number | undefined;
}

/** Everything said of a call at its end; `call-closed` carries it. Holds no caller number. */
export interface CallRecord extends CallId {
  readonly hotline: string;
  readonly kind: 'attendant' | 'people';
  readonly hours: Hours;
  readonly emergency: boolean;
  /** A test or inspection caller: counted apart, in no rate. */
  readonly test: boolean;
  /** Found in a snapshot, not seen to begin. */
  readonly takenUp: boolean;
  readonly reachedAtMs: number;
  /** Instant of the end; for a call that ended while blind, the instant we learnt of it. */
  readonly closedAtMs: number;
  readonly outcome: Outcome;
  readonly endedBy: EndedBy;
  /** From reaching the hotline to Up; undefined if never Up (or not seen). */
  readonly pickupMs: number | undefined;
  /** Instant of first asking for a person; undefined if never asked. */
  readonly askedAtMs: number | undefined;
  readonly stages: readonly Stage[];
  readonly answer: Answer | undefined;
  readonly message: 'left' | 'none' | undefined;
  /** The caller ended it less than N s after first asking. */
  readonly short: boolean;
  /** Caller and any person in one bridge, summed, hold included. */
  readonly talkMs: number;
  readonly holdMs: number;
  readonly transfers: number;
  /** A person answered, and the call was lost afterwards in a queue, voicemail or parking place. */
  readonly lostAfterAnswer: boolean;
}

interface FactBase {
  /** Same truth, same id. */
  readonly id: string;
  readonly pbx: string;
  readonly atMs: number;
}
interface CallFact extends FactBase {
  readonly uniqueid: string;
  readonly hotline: string;
}

export interface CallOpened extends CallFact {
  readonly type: 'call-opened';
  readonly kind: 'attendant' | 'people';
  readonly hours: Hours;
  readonly emergency: boolean;
  readonly test: boolean;
  readonly takenUp: boolean;
  readonly reachedAtMs: number;
}
/**
 * Who called, told once after `call-opened` where the trunk delivered a number; under no hotline whom a seat called,
 * told when they answered: for the journal alone, which hashes and encrypts it.
 */
export interface CallerHeard extends CallFact {
  readonly type: 'caller-heard';
  readonly number: CallerNumber;
}
/** A seat's call to an outside number is over: what closes a call-back (norm.md section 4). */
export interface OutboundEnded extends FactBase {
  readonly type: 'outbound-ended';
  readonly uniqueid: string;
  readonly seat: string;
  readonly agent: string;
  readonly number: CallerNumber;
  readonly startedAtMs: number;
  /** The far end answered; `talkMs` from then to the end, 0 where it did not. */
  readonly answered: boolean;
  readonly talkMs: number;
}
/** A talk of an agent was listened to by somebody (norm.md section 6), told when the listening ended: once a talk. */
export interface Listened extends FactBase {
  readonly type: 'listened';
  readonly seat: string;
  readonly agent: string;
}
/** The attendant picked up, a person answered, or the end settled what was open; may be said more than once a call, by `what`. */
export interface CallDecided extends CallFact {
  readonly type: 'call-decided';
  readonly what: 'picked-up' | 'answered';
  readonly answer: Answer | undefined;
}
export interface CallClosed extends FactBase {
  readonly type: 'call-closed';
  readonly hotline: string;
  readonly record: CallRecord;
  /** What decided it, as far as we saw; absent where the call is known from elsewhere. */
  readonly evidence?: Evidence;
}
/**
 * A call entered a rate (norm.md section 1): once for each target. Rolling windows go by `atMs` (the scoring
 * instant), shift, day and month by `reachedAtMs`. Test callers are never scored.
 */
export interface Scored extends CallFact {
  readonly type: 'scored';
  readonly target: Target;
  readonly result: Result;
  readonly reachedAtMs: number;
  /** For hits of `transfer` and `direct`: the caller's wait for the person. */
  readonly waitMs: number | undefined;
}
export interface BreachFact extends CallFact {
  readonly type: 'breach';
  readonly breach: Breach;
  /** Shift, day and month go by it. */
  readonly reachedAtMs: number;
}
/** A caller entered a queue, or was refused at its door (then a `queue-ended` with `full` or `join-empty` follows at once). */
export interface QueueEntered extends FactBase {
  readonly type: 'queue-entered';
  readonly uniqueid: string;
  readonly queue: string;
  /** `internal`: not a hotline call; counted so that queue sums close. */
  readonly source: 'hotline' | 'internal';
  readonly refused: boolean;
  readonly takenUp: boolean;
  /** A test or inspection caller: in the queue's sums, in no rate. */
  readonly test?: boolean;
}
export interface QueueEnded extends FactBase {
  readonly type: 'queue-ended';
  readonly uniqueid: string;
  readonly queue: string;
  readonly source: 'hotline' | 'internal';
  readonly end: StageEnd;
  readonly waitMs: number;
  /** The caller hung up before the short limit. */
  readonly short: boolean;
  readonly refused: boolean;
  readonly takenUp: boolean;
  /** A test or inspection caller: in the queue's sums, in no rate. */
  readonly test?: boolean;
  /** It ended while we could not see: `waitMs` is the longest it can have been. */
  readonly blind?: boolean;
  /** Seat and agent, for `answered`. */
  readonly seat: string;
  readonly agent: string;
}
/** A seat finished a talk: handle time is talk (hold included) + wrap-up, which seats add. */
export interface TalkEnded extends FactBase {
  readonly type: 'talk-ended';
  readonly uniqueid: string;
  readonly hotline: string;
  readonly queue: string;
  readonly seat: string;
  readonly agent: string;
  readonly talkMs: number;
  readonly holdMs: number;
  readonly endedBy: 'caller' | 'seat' | 'transfer' | 'unknown';
}
/** A call was offered to a seat and it did not answer: once a call and seat; ring-all losers and callers who gave up are none. */
export interface RingNoAnswer extends FactBase {
  readonly type: 'ring-no-answer';
  readonly uniqueid: string;
  readonly queue: string;
  readonly seat: string;
  readonly agent: string;
  readonly ringMs: number;
}
/** A caller already counted on another hotline was passed to this one's number. */
export interface TransferredIn extends CallFact {
  readonly type: 'transferred-in';
}
/** An inbound channel that matches no hotline. Carries no number. */
export interface Unattributed extends FactBase {
  readonly type: 'unattributed';
  readonly trunk: string;
}
/**
 * A hotline's number was dialled on an interface that is no configured trunk and no known seat. It reached no hotline
 * (norm.md section 1); where it is a trunk that is missing from the configuration, this is all that shows it.
 */
export interface UnknownOrigin extends FactBase {
  readonly type: 'unknown-origin';
  /** Digits that may be somebody's number are masked. */
  readonly interface: string;
}
export interface BlindTime extends FactBase {
  readonly type: 'blind';
  readonly fromMs: number;
  readonly untilMs: number;
  /** Calls open when it began, ended unknown in it, and found in mid-life after it. */
  readonly openCalls: number;
  readonly endedUnknown: number;
  readonly takenUp: number;
  /** The exchange restarted in between. */
  readonly rebooted: boolean;
  /** From the exchange's own counters (same boot, no negative step): calls that passed while blind; undefined where they cannot tell. */
  readonly missedCalls: number | undefined;
}
/** The check of every minute found the live picture wrong and put it right. */
export interface Corrected extends FactBase {
  readonly type: 'corrected';
  readonly channels: number;
  readonly seats: number;
  readonly queues: number;
}

/** Seat states, one at a time: norm.md section 6 and the issue of the first watch. */
export const SEAT_STATES = [
  'offline',
  'idle',
  'ringing',
  'dialling',
  'talking',
  'on-hold',
  'wrap-up',
  'paused',
  'unknown',
] as const;
export type SeatState = (typeof SEAT_STATES)[number];
/** With whom a talking (or ringing, dialling, holding) seat is busy. */
export type SeatBusyWith = 'queue' | 'hotline' | 'internal' | 'outbound' | undefined;

/** A seat was in a state from `fromMs` to `atMs`. */
export interface SeatInterval extends FactBase {
  readonly type: 'seat-interval';
  readonly seat: string;
  readonly agent: string;
  readonly state: SeatState;
  readonly busyWith: SeatBusyWith;
  readonly reason: string;
  readonly fromMs: number;
  /** Queues it was a member of all the while (a change of them ends the interval), and those of them it was paused in. */
  readonly queues: readonly string[];
  readonly pausedIn: readonly string[];
  /** Of a wrap-up: the talk it belongs to, where that was seen to end. Said with it, so that no figure hangs on an order of facts. */
  readonly wrapsUp?: TalkPlace;
}
/** Hotline and queue that a talk was for; '' where it was for none. */
export type TalkPlace = Pick<TalkEnded, 'hotline' | 'queue'>;

export type Fact =
  | CallOpened
  | CallerHeard
  | OutboundEnded
  | Listened
  | CallDecided
  | CallClosed
  | Scored
  | BreachFact
  | QueueEntered
  | QueueEnded
  | TalkEnded
  | RingNoAnswer
  | TransferredIn
  | Unattributed
  | UnknownOrigin
  | BlindTime
  | Corrected
  | SeatInterval;
