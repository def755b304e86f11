import type { Outcome, Result, SeatState, StageEnd, Target, Breach, EndedBy } from '../../src/calls/facts.ts';

/**
 * One kind of thing that happens to callers, as data. Every scenario has a hotline number, queues and seats of its
 * own, so that all of them run side by side. In every text these stand for what the harness gives the scenario:
 *   {key} the scenario's key    {number} the hotline's number    {number2} the second one's    {box} its mailbox    {park} its parking extension    {slot} the first place there
 *   {q:main} the queue `main`   {seat:a} PJSIP/seat….            {ext:a} what a colleague dials to ring seat `a`
 *   {mobile:x} an outside number
 */
export interface Scenario {
  readonly key: string;
  readonly title: string;
  readonly kind: 'attendant' | 'people';
  /** `closed`: the hotline has no open hours at all. */
  readonly hours?: 'closed';
  readonly emergency?: boolean;
  /** No hotline is configured for the number. */
  readonly unlisted?: boolean;
  /** The contexts the configuration names, beyond the attendant's `ivr-{key}` (always named on attendant hotlines). */
  readonly voicemailContext?: string;
  readonly closedContext?: string;
  readonly callbackContext?: string;
  /** A second hotline of the scenario, of this kind, for callers who are passed on to its number. */
  readonly second?: 'attendant' | 'people';
  readonly queues?: Readonly<Record<string, QueueSetup>>;
  /** Seat -> what its phone does with its first, second, … call; the last one stays. */
  readonly seats?: Readonly<Record<string, readonly PhoneScript[]>>;
  /** How a seat is set up, where it is not the plain one. */
  readonly seatSetup?: Readonly<Record<string, SeatSetup>>;
  readonly mobiles?: Readonly<Record<string, readonly PhoneScript[]>>;
  /** extensions.conf lines; those before the first `[context]` are in the trunk's context. */
  readonly dialplan: string;
  readonly callers: readonly Caller[];
  readonly acts?: readonly Act[];
  readonly truth: readonly CallTruth[];
  /** What else must be true: see truth.ts. */
  readonly queueTruth?: Readonly<Record<string, readonly QueueEndTruth[]>>;
  readonly ringNoAnswer?: Readonly<Record<string, number>>;
  /** Callers passed on to the second hotline. */
  readonly transferredIn?: number;
  /** Seat -> stretches of its timeline that its phone cannot know: off the hook, but with nobody, or held by a key. */
  readonly seatStates?: Readonly<Record<string, readonly SeatStretch[]>>;
  /** What a seat is when all is over; default `idle`, and `offline` where no phone is. */
  readonly finally?: Readonly<Record<string, SeatState>>;
}

export interface SeatStretch {
  readonly doing: 'dialling' | 'on hold' | 'offline' | 'wrap-up';
  readonly from: string;
  /** A mark, or so many seconds. */
  readonly to: string | number;
}

/** Dialplan applications a phone (or a caller, once answered) goes through, in the outside world. */
export type PhoneScript = readonly string[];

export interface QueueSetup {
  readonly strategy?: string;
  /** Seconds a member rings. */
  readonly ringS?: number;
  readonly members: readonly (string | MemberSetup)[];
  /** Further queues.conf lines. */
  readonly extra?: readonly string[];
  readonly wrapupS?: number;
}
export interface MemberSetup {
  readonly seat: string;
  readonly penalty?: number;
  /** Member interface is `Local/seat@seats`, with or without `/n`. */
  readonly local?: 'n' | 'optimised';
  readonly paused?: boolean;
}
export interface SeatSetup {
  readonly busyAt?: number;
  /** No phone has registered there. */
  readonly offline?: boolean;
  /** The phone registers, and can so be taken off (`world: PJSIPUnregister`); else it has a fixed place. */
  readonly registers?: boolean;
  readonly callGroup?: boolean;
}

export interface Caller {
  /** The number shown; `''` for one that shows none. Absent: one of the scenario's own. */
  readonly from?: string;
  /** Seconds until the call is placed, after the start or after a mark. */
  readonly atS?: number;
  readonly after?: string;
  /** Gives up if never answered, in s; default 60. */
  readonly patienceS?: number;
  /** What he does once answered. Default: waits for the other end to hang up. */
  readonly script?: PhoneScript;
  /** Dials something else than the hotline's number. */
  readonly dials?: string;
  /** A seat that dials (internal, pickup, …): then `from` is that seat. */
  readonly seat?: string;
  readonly name?: string;
}

/** Something done from outside at an instant: by a leader on the PBX's AMI, or to a phone. */
export interface Act {
  /** A mark; `start` is the start of the scenario. */
  readonly after: string;
  readonly delayS?: number;
  readonly pbx?: Readonly<Record<string, string>>;
  readonly world?: Readonly<Record<string, string>>;
  /** Takes this caller (0 is the first) out of the queue `main`. */
  readonly withdraw?: number;
}

/** A duration: seconds the setting decides, or from one mark to another by the outside world's clock. */
export type Span = number | readonly [from: string, to: string];

export interface CallTruth {
  /** Which caller (0 is the first); default the position. */
  readonly caller?: number;
  readonly outcome: Outcome;
  readonly endedBy: EndedBy;
  /** Absent: never Up. */
  readonly pickup?: Span;
  readonly stages: readonly StageTruth[];
  readonly answer?: AnswerTruth;
  readonly message?: 'left' | 'none';
  readonly short?: true;
  /** Summed. Absent: not looked at. */
  readonly talk?: readonly Span[];
  readonly hold?: Span;
  readonly transfers?: number;
  readonly lostAfterAnswer?: true;
  readonly scores: Readonly<Partial<Record<Target, Result>>>;
  readonly breaches?: readonly Breach[];
  readonly test?: true;
  /** The exchange bridges what is left of him after he has gone: who did not hear him go cannot know that he had. */
  readonly bridgedAfterwards?: true;
}
export interface StageTruth {
  /** Queue of the scenario; absent for a direct dial. */
  readonly queue?: string;
  readonly end: StageEnd;
  readonly wait: Span;
}
export interface AnswerTruth {
  readonly by: 'seat' | 'outside';
  /** Absent for `outside`. */
  readonly seat?: string;
  readonly queue?: string;
  readonly wait: Span;
}
/** How a caller of a queue ended there; hotline and internal callers alike. */
export interface QueueEndTruth {
  readonly end: StageEnd;
  readonly source?: 'internal';
}
