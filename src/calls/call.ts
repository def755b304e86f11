import type { HotlineDefinition } from '../hotlines/definition.ts';
import type { DialplanStep, Stamp } from '../ami/pbx-event.ts';
import type { Channel } from './channels.ts';
import type { Answer, Hours, Result, Stage, Target } from './facts.ts';
import { NONE } from './short-list.ts';

/** A try at a person that has not ended. */
export interface OpenStage {
  /** '' for a direct dial. */
  readonly queue: string;
  /** The channel that stands in the queue: the caller's own, or a Local half that it dialled. */
  readonly enteredAs: string;
  readonly startedPbxMs: number;
  readonly startedAtMs: number;
  readonly takenUp: boolean;
  /** As it was when the stage began. */
  readonly source: 'hotline' | 'internal';
  /** QueueCallerLeave was seen: the wait is over, its end not known yet. */
  leftPbxMs: number | undefined;
  /** QueueCallerAbandon was seen: the caller, or the queue, gave up. */
  gaveUp: boolean;
  /** The member AgentConnect named: its interface in the queue, its name. */
  connected: { readonly interface: string; readonly memberName: string } | undefined;
  /** The queue's own leg said ANSWER, which alone proves nothing. */
  legAnswered: boolean;
  /** How the last leg of a direct dial ended. */
  legStatus: string;
  touchedPbxMs: number;
}

/** A person in one talk with the caller. */
export interface Partner {
  readonly channel: Channel;
  readonly by: 'seat' | 'outside';
  readonly seat: string;
  readonly agent: string;
  readonly queue: string;
  readonly fromPbxMs: number;
  holdFromPbxMs: number | undefined;
  holdMs: number;
  /** Announced as the one who passed the caller on. */
  transferred: boolean;
  /** Left the caller's bridge, and its channel lives: it may come back (a consultation, a Local channel optimised away). */
  parted: (Stamp & { readonly blind: boolean }) | undefined;
}

/**
 * All channels of one caller's call, kept under the caller's channel. Without a hotline it is an internal caller
 * in a queue, followed for the queue's figures only. Mutated in place by `Calls`.
 */
export interface Call {
  readonly pbx: string;
  readonly uniqueid: string;
  /** What the ids of its facts begin with: `pbx/uniqueid`. */
  readonly id: string;
  readonly caller: Channel;
  readonly hotline: HotlineDefinition | undefined;
  readonly hours: Hours;
  readonly test: boolean;
  readonly takenUp: boolean;
  reachedPbxMs: number;
  reachedAtMs: number;
  emergency: boolean;
  /** Open when the link was lost and not seen alive since. */
  stale: boolean;
  /** When we saw it again after a gap, or found it: -Infinity where it was never out of sight. */
  seenSincePbxMs: number;
  /** A try at a person ended while we could not see: perhaps by an answer. */
  perhapsAnswered: boolean;
  /** An attendant's context was seen; on an attendant hotline Up alone is enough. */
  attended: boolean;
  wasUp: boolean;
  upPbxMs: number | undefined;
  askedPbxMs: number | undefined;
  askedAtMs: number | undefined;
  /** We saw the caller ask; else the instant above is the latest it can have been. */
  askedSeen: boolean;
  /** Found in the first picture ever: it belongs to the time before the watch, of which no window claims to know. */
  beforeWatch: boolean;
  voicemail: boolean;
  /** The channel that runs the voicemail: the caller's own, or a Local half. */
  voicemailId: string;
  message: 'left' | 'none' | undefined;
  /** How the caller hung up on a voicemail that a Local half runs: the end is told once that half is gone. */
  hungUp: (Stamp & { readonly cause: number; readonly byCaller: boolean }) | undefined;
  readonly stages: Stage[];
  /** When a try at a person last began or ended: a list read before it is older. */
  stagedPbxMs: number;
  open: OpenStage | undefined;
  /** The last Queue or Dial application of the caller's channel (or a Local half of it), for refusals that have no event. */
  step: DialplanStep | undefined;
  answer: Answer | undefined;
  /**
   * What each rate has said of this call, once; `unseen` where its decision fell before we watched (a call taken up in
   * mid-life): that rate never says anything of it.
   */
  readonly scored: Record<Target, Result | 'unseen' | undefined>;
  partners: readonly Partner[];
  /** Persons who left the talk and have not hung up. */
  parted: readonly Partner[];
  /** The queue out of which the present talk came, '' for none. */
  answeringQueue: string;
  talkFromPbxMs: number | undefined;
  talkMs: number;
  holdMs: number;
  transfers: number;
  /** Seats that let it ring out: each counts once. */
  rangOut: Set<string> | undefined;
  /** After a person's answer it went where no person is (a queue, a voicemail, a parking place) and has not come back. */
  adrift: boolean;
  /** The hotlines it was passed to after its own. */
  passedTo: readonly string[];
}

export function openCall(
  caller: Channel,
  begin: Pick<Call, 'pbx' | 'hotline' | 'hours' | 'test' | 'takenUp' | 'emergency'>,
): Call {
  const { uniqueid } = caller;
  return {
    pbx: begin.pbx,
    uniqueid,
    id: `${begin.pbx}/${uniqueid}`,
    caller,
    hotline: begin.hotline,
    hours: begin.hours,
    test: begin.test,
    takenUp: begin.takenUp,
    reachedPbxMs: caller.createdPbxMs,
    reachedAtMs: caller.createdAtMs,
    emergency: begin.emergency,
    stale: false,
    seenSincePbxMs: -Infinity,
    perhapsAnswered: false,
    attended: false,
    wasUp: false,
    upPbxMs: undefined,
    askedPbxMs: undefined,
    askedAtMs: undefined,
    askedSeen: true,
    beforeWatch: false,
    voicemail: false,
    voicemailId: '',
    message: undefined,
    hungUp: undefined,
    stages: [],
    stagedPbxMs: -Infinity,
    open: undefined,
    step: undefined,
    answer: undefined,
    scored: { auto: undefined, transfer: undefined, direct: undefined, 'after-hours': undefined },
    partners: NONE,
    parted: NONE,
    answeringQueue: '',
    talkFromPbxMs: undefined,
    talkMs: 0,
    holdMs: 0,
    transfers: 0,
    rangOut: undefined,
    adrift: false,
    passedTo: NONE,
  };
}

/** The caller's channel; undefined once it is gone for good. */
export const callerOf = ({ caller }: Call): Channel | undefined => (caller.forgotten ? undefined : caller);
