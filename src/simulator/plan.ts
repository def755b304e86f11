import type { PracticeHotline } from './company.ts';

/** A seat is away from `atMs` until `untilMs`: paused, gone home (out of its queues), or its phone is off the net. */
export interface AbsencePlan {
  readonly kind: 'break' | 'off-duty' | 'phone-off';
  readonly atMs: number;
  readonly untilMs: number;
  readonly seat: string;
  readonly reason: string;
}

/*
 * What the actors of one call mean to do, decided before a single event of it is sent. A plan is the truth of its
 * call: the events are made from it and from nothing else. All `…Ms` but `atMs` and `untilMs` are durations.
 */

/** One go at some phones of a stage, all rung at once. */
export interface Round {
  /** From the beginning of the stage. */
  readonly afterMs: number;
  readonly ringMs: number;
  readonly seats: readonly string[];
  /** `answered` by `winner`; `no-answer` and `busy` for all; `cut`: the stage ends while they ring. */
  readonly end: 'answered' | 'no-answer' | 'busy' | 'cut';
  readonly winner: string;
  /** The colleague who takes the call from the winner's ringing phone; the queue still says the winner. */
  readonly pickedUpBy?: string;
}

export type StageEnding = 'answered' | 'hang-up' | 'timeout' | 'key' | 'full' | 'join-empty' | 'leave-empty';

/** One try at a person: in a queue, or by dialling phones directly (`queue` is empty). */
export interface StagePlan {
  readonly queue: string;
  readonly waitMs: number;
  readonly rounds: readonly Round[];
  readonly end: StageEnding;
}

export interface TransferPlan {
  readonly kind: 'blind' | 'attended';
  readonly to: string;
  readonly ringMs: number;
  /** The two seats talk this long before the caller is passed on (attended). */
  readonly consultMs: number;
  readonly talkMs: number;
  readonly endedBy: 'caller' | 'seat';
}

/** The seat leaves its caller in a parking place of the exchange. */
export interface ParkingPlan {
  /** Somebody fetches the caller, the exchange rings the parking seat again, or the caller hangs up there. */
  readonly end: 'fetched' | 'timed-out' | 'given-up';
  readonly parkedMs: number;
  /** Who talks with the caller afterwards; empty for nobody. */
  readonly by: string;
  /** Of the seat that is rung again. */
  readonly ringMs: number;
  readonly talkMs: number;
  readonly endedBy: 'caller' | 'seat';
}

export interface TalkPlan {
  readonly seat: string;
  /** Whom the queue holds back afterwards: its member, also where a colleague picked up. */
  readonly member: string;
  readonly queue: string;
  readonly talkMs: number;
  readonly holds: readonly { readonly afterMs: number; readonly holdMs: number }[];
  readonly endedBy: 'caller' | 'seat';
  readonly transfer: TransferPlan | undefined;
  /** Never beside a transfer. */
  readonly parking: ParkingPlan | undefined;
  /** AgentComplete comes after both Hangups instead of before them: Asterisk leaves the order open. */
  readonly lateComplete: boolean;
}

export interface VoicemailPlan {
  /** What is said between the queue and the voicemail; the caller may hang up in it. */
  readonly announcementMs: number;
  readonly leavesBefore: boolean;
  readonly greetingMs: number;
  /** 0: no message, the caller hung up in the greeting. */
  readonly messageMs: number;
}

export interface InboundPlan {
  readonly kind: 'inbound';
  readonly atMs: number;
  readonly trunk: string;
  /** Empty for a caller without a number. */
  readonly caller: string;
  readonly number: string;
  /** Undefined for a number that belongs to no hotline. */
  readonly hotline: PracticeHotline | undefined;
  /** 0, or the cause the exchange refuses it with before anything is Up. */
  readonly blockedCause: 0 | 17 | 34 | 42;
  /** Nothing takes the call: it rings this long and ends. 0 for all others. */
  readonly ringsOutMs: number;
  /** The attendant that picks up; undefined on a people hotline and after hours. */
  readonly attendant:
    { readonly pickupMs: number; readonly menuMs: number; readonly asksForPerson: boolean } | undefined;
  /** The announcement of closed hours. */
  readonly closedMs: number;
  readonly stages: readonly StagePlan[];
  readonly talk: TalkPlan | undefined;
  readonly outside:
    | {
        readonly number: string;
        readonly ringMs: number;
        readonly talkMs: number;
        readonly answered: boolean;
        readonly endedBy: 'caller' | 'far-end';
      }
    | undefined;
  readonly voicemail: VoicemailPlan | undefined;
  /** Who ends a call that no talk ends. */
  readonly endedBy: 'caller' | 'exchange';
}

/** A seat calls a number outside. */
export interface OutboundPlan {
  readonly kind: 'outbound';
  readonly atMs: number;
  readonly seat: string;
  readonly number: string;
  readonly ringMs: number;
  /** 0: not answered. */
  readonly talkMs: number;
  readonly endedBy: 'seat' | 'far-end';
}

/** A seat calls another seat. */
export interface InternalPlan {
  readonly kind: 'internal';
  readonly atMs: number;
  readonly seat: string;
  readonly to: string;
  readonly ringMs: number;
  /** 0: not answered. */
  readonly talkMs: number;
}
