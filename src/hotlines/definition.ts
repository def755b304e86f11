/**
 * What is watched, as the pure core sees it: the configuration after validation, every default filled in and every
 * name resolved. Made by `config/compile.ts`; frozen; a reload makes a new one with a new `hash`.
 */
export interface WatchDefinition {
  /**
   * SHA-256 (first 12 hex) of everything that a figure depends on: all of this, and how numbers are brought to one form
   * and call-backs are judged. The roster changes by the week and has a hash of its own.
   */
  readonly hash: string;
  readonly pbxs: readonly PbxDefinition[];
  readonly hotlines: readonly HotlineDefinition[];
}

export interface PbxDefinition {
  readonly name: string;
  readonly trunks: readonly TrunkDefinition[];
  readonly queues: readonly QueueDefinition[];
  readonly seats: readonly SeatDefinition[];
  /** Outside numbers (as dialled) whose answer is not a person's: an announcement service, a fax. */
  readonly notPersonNumbers: readonly string[];
}
export interface TrunkDefinition {
  readonly name: string;
  /** Channel name up to the last `-`: `PJSIP/carrier`. */
  readonly interface: string;
  /** Lines it has; undefined where not configured. */
  readonly lines: number | undefined;
  /** Channels of it are internal traffic between exchanges: they reach no hotline. */
  readonly interExchange: boolean;
  /** Whether an answer on an outbound leg of it is a person's (norm.md section 2.1); default true. */
  readonly person: boolean;
}
export interface QueueDefinition {
  readonly name: string;
  /** The queue's own wrap-up time in s (AMI never says it); undefined: not configured. */
  readonly wrapupS: number | undefined;
  readonly emergency: boolean;
}
export interface SeatDefinition {
  /** The state interface: `PJSIP/seat101`. */
  readonly interface: string;
  /** How people call it; default the interface. */
  readonly name: string;
}

export interface HotlineDefinition {
  /** The label in metrics; unique within its pbx. */
  readonly name: string;
  readonly title: string;
  readonly pbx: string;
  readonly kind: 'attendant' | 'people';
  /** As the trunk delivers them. */
  readonly numbers: readonly string[];
  /** Interfaces of inbound trunks; a call counts if it comes on one of these or in one of `contexts`. Both empty: any configured trunk that is not inter-exchange. */
  readonly trunks: readonly string[];
  readonly contexts: readonly string[];
  readonly attendantContexts: readonly string[];
  readonly voicemailContexts: readonly string[];
  /** A configured call-back request counts as a voicemail with a message. */
  readonly callbackContexts: readonly string[];
  readonly closedContexts: readonly string[];
  readonly queues: readonly string[];
  readonly emergency: boolean;
  readonly emergencyContexts: readonly string[];
  readonly hours: HoursDefinition;
  /** Test and inspection callers, as the trunk delivers them. */
  readonly testNumbers: readonly string[];
  /** Short-abandon limit in s (5), and whether short abandons are set aside (true). */
  readonly shortAbandonS: number;
  readonly setAsideShort: boolean;
  /** Ringing this long in s without an answer is `unanswered` (20). */
  readonly ringOutS: number;
  /** Bound of the service level in s (20). */
  readonly serviceLevelS: number;
  /** 0..1: auto 0.98, transfer 0.85, direct 0.9. */
  readonly targets: Readonly<Record<'auto' | 'transfer' | 'direct', number>>;
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Minutes of the local day, `until` exclusive and at most 1440. */
export interface OpenSpan {
  readonly fromMin: number;
  readonly untilMin: number;
}
export interface HoursDefinition {
  /** IANA zone. */
  readonly zone: string;
  readonly week: Readonly<Record<Weekday, readonly OpenSpan[]>>;
  /** Local dates `YYYY-MM-DD` that do not follow the week. */
  readonly exceptions: ReadonlyMap<string, readonly OpenSpan[]>;
  /** Shifts of the day, by local start minute; empty: the day is one shift. */
  readonly shifts: readonly { readonly name: string; readonly fromMin: number }[];
}

/** Who leads which shift and who sits where, as configured. */
export interface RosterDefinition {
  /** SHA-256 (first 12 hex); the order of duties does not matter. */
  readonly hash: string;
  /** The company's: days and shifts of the roster are counted by them. At least one shift. */
  readonly zone: string;
  readonly shifts: HoursDefinition['shifts'];
  readonly duties: readonly RosterDuty[];
}
/** One person's place in one shift. A duty of a date takes the place of its weekday's, seat by seat. */
export interface RosterDuty {
  /** A local date `YYYY-MM-DD`, or a day of every week; a shift belongs to the day it begins on. */
  readonly day: string;
  readonly shift: string;
  readonly role: 'leader' | 'seat';
  /** Exchange and interface of the seat; both '' for a leader. */
  readonly pbx: string;
  readonly seat: string;
  /** '' for nobody. */
  readonly agent: string;
}
