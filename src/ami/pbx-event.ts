/**
 * What the core knows an exchange can say, in the field's words. AMI's own names and spellings end in
 * `ami/events.ts`, which makes these; every reader behind it (calls, seats) sees this file only.
 *
 * `pbxMs` is the exchange's own clock (unix ms, microseconds as the fraction); durations are differences of it.
 * `atMs` is the same instant on our clock, mapped by the Ping offset; windows and hours go by it.
 * A missing header is an empty string, never `undefined`: garbage is a value.
 */
export interface Stamp {
  readonly pbxMs: number;
  readonly atMs: number;
}

/** Header `ChannelState`: 4 is an inbound channel that has been offered to us, 5 rings at the far end, 6 is answered. */
export type ChannelState = number;
export const CHANNEL_UP: ChannelState = 6;
export const CHANNEL_RINGING: ChannelState = 5;

export interface ChannelRef {
  readonly uniqueid: string;
  /** For example `PJSIP/seat101-00000012` or `Local/101@seats-00000003;1`. */
  readonly channel: string;
}

export interface ChannelCreated extends Stamp, ChannelRef {
  readonly type: 'channel-created';
  readonly linkedid: string;
  readonly state: ChannelState;
  readonly callerNumber: string;
  readonly context: string;
  readonly extension: string;
}
export interface ChannelStateChanged extends Stamp, ChannelRef {
  readonly type: 'channel-state';
  readonly state: ChannelState;
}
/** Hangup: the channel is gone. `cause` is the Q.850 cause (16 normal, 17 busy, 34 congestion, 42 refused). */
export interface ChannelGone extends Stamp, ChannelRef {
  readonly type: 'channel-gone';
  readonly cause: number;
}
/** HangupRequest: the far end of this channel asked to end it (a BYE or CANCEL came in). */
export interface HangupRequested extends Stamp, ChannelRef {
  readonly type: 'hangup-requested';
  readonly cause: number;
}
export interface DialBegun extends Stamp {
  readonly type: 'dial-begun';
  /** Empty when an originated call dials with nobody behind it. */
  readonly dialler: ChannelRef;
  readonly dialled: ChannelRef;
  readonly dialString: string;
}
/** DialEnd comes more than once per pair (asterisk-facts 1.6); the first per (dialler, dialled) counts. */
export interface DialEnded extends Stamp {
  readonly type: 'dial-ended';
  readonly dialler: ChannelRef;
  readonly dialled: ChannelRef;
  /** ANSWER BUSY CANCEL CONGESTION NOANSWER CHANUNAVAIL ABORT CONTINUE GOTO:… as Asterisk says it. */
  readonly status: string;
}
export interface BridgeEntered extends Stamp, ChannelRef {
  readonly type: 'bridge-entered';
  readonly bridge: string;
  /** `basic`, `parking`, `base`, … (BridgeType). */
  readonly bridgeType: string;
  /** `simple_bridge`, `holding_bridge`, … : who waits in a holding bridge talks to nobody. */
  readonly technology: string;
}
export interface BridgeLeft extends Stamp, ChannelRef {
  readonly type: 'bridge-left';
  readonly bridge: string;
}
/** Newexten: the dialplan runs an application. Filters usually let through only a few applications and contexts. */
export interface DialplanStep extends Stamp, ChannelRef {
  readonly type: 'dialplan-step';
  readonly context: string;
  readonly extension: string;
  readonly application: string;
  readonly data: string;
}
/** VarSet, for the variables that say how a stage ended: QUEUESTATUS VMSTATUS DIALSTATUS ABANDONED. */
export interface VariableSet extends Stamp, ChannelRef {
  readonly type: 'variable-set';
  readonly variable: string;
  readonly value: string;
}
export interface BlindTransferred extends Stamp {
  readonly type: 'blind-transfer';
  readonly transferer: ChannelRef;
  readonly transferee: ChannelRef;
  readonly result: string;
  readonly context: string;
  readonly extension: string;
}
export interface AttendedTransferred extends Stamp {
  readonly type: 'attended-transfer';
  readonly originalTransferer: ChannelRef;
  readonly secondTransferer: ChannelRef;
  readonly transferee: ChannelRef;
  readonly transferTarget: ChannelRef;
  readonly result: string;
  /** `Bridge`, `App`, `Threeway`, `Link`, `Fail`. */
  readonly destinationType: string;
}
/** A message was left (also sent when someone listens or deletes: then the uniqueid is not the caller's). */
export interface MessageWaiting extends Stamp {
  readonly type: 'message-waiting';
  readonly uniqueid: string;
  readonly mailbox: string;
}
export interface SpyChanged extends Stamp {
  readonly type: 'spy-started' | 'spy-stopped';
  readonly spy: ChannelRef;
  readonly spied: ChannelRef;
}
/** Call pickup: `channel` (the picker) takes the ringing call of `target`. */
export interface PickedUp extends Stamp, ChannelRef {
  readonly type: 'pickup';
  readonly target: ChannelRef;
}
export interface ParkingChanged extends Stamp {
  readonly type: 'parked' | 'unparked' | 'park-given-up' | 'park-timed-out';
  readonly parkee: ChannelRef;
  /** Who takes it back, for `unparked`. */
  readonly retriever: ChannelRef;
}
export interface HoldChanged extends Stamp, ChannelRef {
  readonly type: 'held' | 'unheld';
}

export interface QueueJoined extends Stamp, ChannelRef {
  readonly type: 'queue-joined';
  readonly queue: string;
  readonly position: number;
}
/** Leave alone proves nothing: the outcome is not known yet (asterisk-facts 1.4). */
export interface QueueLeft extends Stamp, ChannelRef {
  readonly type: 'queue-left';
  readonly queue: string;
}
/** QueueCallerAbandon, which is also sent when the queue gives up (asterisk-facts 1.1). */
export interface QueueGaveUp extends Stamp, ChannelRef {
  readonly type: 'queue-abandoned';
  readonly queue: string;
  readonly holdS: number;
}
/** Queue member a call is offered to, connected to, or that did not answer. */
export interface AgentOffer extends Stamp, ChannelRef {
  readonly type: 'agent-called' | 'agent-connected' | 'agent-rang-out' | 'agent-dumped';
  readonly queue: string;
  /** The member's interface in the queue, which may be a Local channel. */
  readonly interface: string;
  readonly memberName: string;
  /** The member's own channel, where the event names it. */
  readonly seatChannel: ChannelRef;
  /** Ring time in ms, normalised (AgentRingNoAnswer says ms, AgentConnect s); 0 where not said. */
  readonly ringMs: number;
}
export interface AgentCompleted extends Stamp, ChannelRef {
  readonly type: 'agent-completed';
  readonly queue: string;
  readonly interface: string;
  readonly memberName: string;
  readonly seatChannel: ChannelRef;
  readonly holdS: number;
  readonly talkS: number;
  /** `caller`, `agent` or `transfer`. */
  readonly reason: string;
}

/** One interface in one queue. */
export interface MemberLine {
  readonly queue: string;
  readonly interface: string;
  /** Empty where none is set: then the interface is the state interface. */
  readonly stateInterface: string;
  readonly memberName: string;
  /** `static`, `dynamic`, `realtime`. */
  readonly membership: string;
  readonly penalty: number;
  readonly inCall: boolean;
  /** 0 unknown, 1 not in use, 2 in use, 3 busy, 4 invalid, 5 unavailable, 6 ringing, 7 ringing+in use, 8 on hold. */
  readonly status: number;
  readonly paused: boolean;
  readonly pausedReason: string;
  readonly ringinuse: boolean;
  /** The member's own wrap-up in s; 0 = the queue's, which AMI never says. */
  readonly wrapupS: number;
  /** Unix s of the last talk's end, 0 for none. */
  readonly lastCallS: number;
  readonly callsTaken: number;
}
export interface MemberChanged extends Stamp {
  readonly type: 'member-added' | 'member-removed' | 'member-paused' | 'member-status' | 'member-penalty';
  readonly member: MemberLine;
}
/** DeviceStateChange: `state` as Asterisk spells it (NOT_INUSE, INUSE, BUSY, INVALID, UNAVAILABLE, RINGING, RINGINUSE, ONHOLD, UNKNOWN). */
export interface DeviceStateChanged extends Stamp {
  readonly type: 'device-state';
  readonly device: string;
  readonly state: string;
}
export interface ExchangeNotice extends Stamp {
  readonly type: 'fully-booted' | 'shutdown' | 'reloaded';
}

/** One channel as CoreShowChannels and Status say it. */
export interface ChannelLine extends ChannelRef {
  readonly linkedid: string;
  readonly state: ChannelState;
  readonly callerNumber: string;
  /** Where it is now, not what was dialled. */
  readonly context: string;
  readonly extension: string;
  readonly application: string;
  readonly data: string;
  readonly ageMs: number;
  /** Empty when in no bridge. */
  readonly bridge: string;
  /** What the caller dialled (`DNID` of Status); empty on seats' channels. */
  readonly dialledNumber: string;
  /** Absent where Status told nothing of it. */
  readonly past?: ChannelPast;
}
/** What a channel's own variables keep of what became of it, as Asterisk spells it; '' where that was never set. */
export interface ChannelPast {
  /** BLINDTRANSFER or ATTENDEDTRANSFER: the channel of the person who passed it on, until it talks again. */
  readonly passedOnBy: string;
  /** DIALSTATUS of the last Dial. */
  readonly dialStatus: string;
  /** QUEUESTATUS: how a queue gave it up last. Not set for who was answered in a queue or left it by key. */
  readonly queueStatus: string;
  /** QUEUEPOSITION: it has left a queue, in whichever way. */
  readonly hasLeftQueue: boolean;
}
export interface QueueLine {
  readonly queue: string;
  readonly waiting: number;
  readonly completed: number;
  readonly abandoned: number;
}
export interface QueueEntryLine extends ChannelRef {
  readonly queue: string;
  readonly position: number;
  readonly waitS: number;
}
/**
 * The whole picture, read between two Pings. What the exchange said after `t0` in events wins over these lines.
 * `atMs`/`pbxMs` are those of `t0`.
 */
export interface Snapshot extends Stamp {
  readonly type: 'snapshot';
  /** The first after a connection (ends blindness) or the anti-entropy check of every minute. */
  readonly purpose: 'resync' | 'check';
  /** A boot instant more than 3 s from the last one: nothing of before is alive. */
  readonly rebooted: boolean;
  readonly channels: readonly ChannelLine[];
  readonly queues: readonly QueueLine[];
  readonly members: readonly MemberLine[];
  readonly entries: readonly QueueEntryLine[];
  /** `CoreProcessedCalls` of CoreStatus, where told. */
  readonly processedCalls: number | undefined;
}
/**
 * We hear nothing any more; blind from `lastHeardMs` (our clock) until the next `resync` snapshot. Where events were
 * read late, that is the instant of the last one: what came after it was lost on its way.
 */
export interface LinkLost extends Stamp {
  readonly type: 'link-lost';
  readonly lastHeardMs: number;
}

export type PbxEvent =
  | ChannelCreated
  | ChannelStateChanged
  | ChannelGone
  | HangupRequested
  | DialBegun
  | DialEnded
  | BridgeEntered
  | BridgeLeft
  | DialplanStep
  | VariableSet
  | BlindTransferred
  | AttendedTransferred
  | MessageWaiting
  | SpyChanged
  | PickedUp
  | ParkingChanged
  | HoldChanged
  | QueueJoined
  | QueueLeft
  | QueueGaveUp
  | AgentOffer
  | AgentCompleted
  | MemberChanged
  | DeviceStateChanged
  | ExchangeNotice
  | Snapshot
  | LinkLost;
