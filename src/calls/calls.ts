import type { PbxEvent, Stamp } from '../ami/pbx-event.ts';
import type { HotlineDefinition, PbxDefinition, WatchDefinition } from '../hotlines/definition.ts';
import { isOpen } from '../hotlines/hours.ts';
import { createMatcher, interfaceOf } from '../hotlines/match.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import { type Call, callerOf, openCall } from './call.ts';
import { CallerNumber } from './caller-number.ts';
import type { Channel, Channels } from './channels.ts';
import { closeCall } from './closing.ts';
import { ContextRoles } from './context-roles.ts';
import type { CallsContext, SeatNames } from './context.ts';
import type { Fact, Outcome } from './facts.ts';
import { dispatch } from './handlers.ts';
import { OutboundCalls } from './outbound.ts';
import { endTalks } from './parting.ts';
import { PartyRules } from './person.ts';
import { scorePickup, scoreTaken } from './scoring.ts';
import { QueueCalls } from './queue-calls.ts';
import { NONE } from './short-list.ts';
import { isInLine, settleOpen, takeOverStage } from './stages.ts';
import { reviewTalk } from './talk.ts';

export interface CallsPorts {
  readonly channels: Channels;
  readonly names: SeatNames;
  /** Takes each fact at once, in order, frozen by the pipeline. */
  emit(fact: Fact): void;
}

/**
 * The calls of one exchange: events in, facts out. `Channels` has taken each event in before `reduce` sees it; a
 * channel that is gone is still readable then. Snapshots and lost links are for `reconcile`.
 */
export class Calls {
  readonly context: CallsContext;
  /** Open calls under their caller's uniqueid. */
  readonly open = new Map<string, Call>();
  /** A picture of the exchange was taken once. */
  hasSeen = false;
  /**
   * Calls from inside whose channel is gone while it stood in a queue: another took its place there, with no event
   * that says who (asterisk-facts 1.11). They wait for the one who comes out, at most until the next snapshot.
   */
  readonly displaced = new Map<string, Call>();
  /** Callers who hung up on a voicemail that a Local half runs, by that half: it tells of the message after the Hangup. */
  readonly recording = new Map<string, Call>();
  readonly outbound = new OutboundCalls();
  /** Ids of strays that the last run told: its channels may still be there. Until the first picture after it. */
  toldBefore: ReadonlySet<string> = NOTHING_TOLD;
  readonly #defined = new Map<string, HotlineDefinition>();
  readonly #byHotline = new Map<string, Set<Call>>();
  readonly #roles = new ContextRoles();

  constructor(definition: WatchDefinition, pbx: PbxDefinition, ports: CallsPorts) {
    this.context = {
      pbx: pbx.name,
      ...ports,
      ...rulesOf(definition, pbx),
      queues: new QueueCalls(),
    };
    this.#know(definition);
  }

  /** After a reload: calls that reach a hotline from now on go by the new definition, open ones by theirs. */
  redefine(definition: WatchDefinition, pbx: PbxDefinition): void {
    Object.assign(this.context, rulesOf(definition, pbx));
    this.#know(definition);
  }

  #know(definition: WatchDefinition): void {
    this.#defined.clear();
    for (const hotline of definition.hotlines) {
      const { pbx, name } = hotline;
      if (pbx !== this.context.pbx) continue;
      this.#defined.set(name, hotline);
      if (!this.#byHotline.has(name)) this.#byHotline.set(name, new Set());
    }
  }

  /** Facts that follow from the event go to the sink before this returns; unknown or foreign events do nothing. */
  reduce(event: PbxEvent): void {
    dispatch(this, event);
  }

  /** The definition in force of a hotline of this exchange. */
  hotlineNamed(name: string): HotlineDefinition | undefined {
    return this.#defined.get(name);
  }

  /** A call that is not over, by its caller's uniqueid, also where its caller's channel is gone. */
  find(uniqueid: string): Call | undefined {
    const call = this.open.get(uniqueid) ?? this.displaced.get(uniqueid);
    return call ?? this.recording.values().find((one) => one.uniqueid === uniqueid);
  }

  /** Goes on with a call of the last run (see `resume`). */
  takeBack(call: Call, displaced: boolean): void {
    if (call.hungUp) {
      this.recording.set(call.voicemailId, call);
      if (call.hotline) this.#byHotline.get(call.hotline.name)?.add(call);
    } else if (displaced) this.displaced.set(call.uniqueid, call);
    else this.#keep(call);
  }

  callsOf(hotline: string): ReadonlySet<Call> {
    return this.#byHotline.get(hotline) ?? NO_CALLS;
  }

  /** Entries held of any kind: 0 when nobody is on the line. */
  get kept(): number {
    const { open, displaced, recording, outbound, context } = this;
    return open.size + displaced.size + recording.size + outbound.size + context.queues.size;
  }

  /** The open call whose caller this channel is. */
  ownOf(uniqueid: string): Call | undefined {
    return this.context.channels.get(uniqueid)?.call;
  }

  /** The call a channel belongs to: its own caller's, or that of the caller at the root of its dial. */
  callOf(uniqueid: string): Call | undefined {
    const channel = this.context.channels.get(uniqueid);
    return channel && (channel.call ?? this.context.channels.rootOf(channel).call);
  }

  /** Calls that are not over and may be otherwise for what happened to this channel. */
  touchedBy(uniqueid: string): readonly Call[] {
    const call = this.find(uniqueid) ?? this.recording.get(uniqueid) ?? this.callOf(uniqueid);
    const talkers = this.context.channels.get(uniqueid)?.talkers ?? NONE;
    return call ? [call, ...talkers] : talkers;
  }

  /** The call whose caller stands in a queue by this channel: its own, or a Local half that it dialled. */
  queueing(uniqueid: string): Call | undefined {
    const channel = this.context.channels.get(uniqueid);
    if (!channel) return undefined;
    return channel.call ?? (channel.isLocal ? this.context.channels.rootOf(channel).call : undefined);
  }

  /**
   * The call whose open stage is in `queue` by this channel. Where none is, and somebody's place there was taken,
   * this is who took it.
   */
  inQueue(uniqueid: string, queue: string, at: Stamp): Call | undefined {
    const call = this.queueing(uniqueid);
    if (call?.open?.queue === queue) return call;
    if (!call || call.open) return undefined;
    for (const before of this.displaced.values()) {
      if (before.open?.queue !== queue) continue;
      this.takePlace(call, before, at);
      return call;
    }
    return undefined;
  }

  /** `call` goes on where `from` stood in a queue. */
  takePlace(call: Call, from: Call, at: Stamp): void {
    takeOverStage(this.context, call, from, at);
    this.displaced.delete(from.uniqueid);
  }

  /** A Local half that seemed to be a caller from inside is known to stand there for `call`. */
  takeIn(call: Call, inside: Call, at: Stamp): void {
    this.#drop(inside);
    call.step = inside.step ?? call.step;
    if (inside.open) this.takePlace(call, inside, at);
    endTalks(this.context, inside, at);
  }

  /** What a caller is on the line for, for the seats that talk to it; undefined for a channel of no call. */
  busyWith(uniqueid: string): { busyWith: 'queue' | 'hotline'; on: string } | undefined {
    const call = this.ownOf(uniqueid);
    if (!call) return undefined;
    const queue = call.open?.queue || call.answeringQueue;
    if (queue !== '') return { busyWith: 'queue', on: queue };
    return call.hotline && { busyWith: 'hotline', on: call.hotline.name };
  }

  /** An inbound channel appeared: is it for a hotline? `takenUp` when a snapshot showed it in mid-life. */
  admit(channel: Channel, context: string, extension: string, takenUp: boolean): Call | undefined {
    if (!channel.inbound || channel.admitted) return undefined;
    channel.admitted = true;
    const { matcher, names, pbx, emit } = this.context;
    const match = matcher.match({
      channel: channel.name,
      context,
      extension,
      callerNumber: channel.callerNumber,
    });
    if (match.kind === 'unattributed') {
      const id = `${pbx}/${channel.uniqueid}/unattributed`;
      if (!this.toldBefore.has(id))
        emit({ type: 'unattributed', id, pbx, atMs: channel.createdAtMs, trunk: match.trunk });
    }
    // A member of a queue is a phone, configured or not.
    if (match.kind === 'unknown-origin' && names.seatOf(interfaceOf(channel.name)) === undefined) {
      const id = `${pbx}/${channel.uniqueid}/unknown-origin`;
      const from = maskDigitRuns(interfaceOf(channel.name));
      if (!this.toldBefore.has(id))
        emit({ type: 'unknown-origin', id, pbx, atMs: channel.createdAtMs, interface: from });
    }
    if (match.kind !== 'hotline') return undefined;
    const { hotline } = match;
    const open = hotline.emergency || isOpen(hotline.hours, channel.createdAtMs);
    const { emergency } = hotline;
    const hours = open ? 'open' : 'closed';
    const call = openCall(channel, { pbx, hotline, hours, test: match.test, takenUp, emergency });
    call.askedSeen = !takenUp;
    this.#keep(call);
    emit({
      type: 'call-opened',
      id: `${call.id}/opened`,
      pbx,
      uniqueid: call.uniqueid,
      hotline: hotline.name,
      kind: hotline.kind,
      hours: call.hours,
      emergency: call.emergency,
      test: call.test,
      takenUp,
      reachedAtMs: call.reachedAtMs,
      atMs: call.reachedAtMs,
    });
    this.#hear(call, hotline);
    return call;
  }

  /** Who called: for the journal alone (norm.md section 7). */
  #hear(call: Call, hotline: HotlineDefinition): void {
    const { callerNumber } = call.caller;
    if (callerNumber === '') return;
    this.context.emit({
      type: 'caller-heard',
      id: `${call.id}/caller`,
      pbx: call.pbx,
      uniqueid: call.uniqueid,
      hotline: hotline.name,
      number: new CallerNumber(callerNumber),
      atMs: call.reachedAtMs,
    });
  }

  /** A caller in a queue that reached no hotline: followed for the queue's figures (`source: internal`). */
  admitInternal(channel: Channel, takenUp: boolean): Call {
    const nowhere = { hotline: undefined, hours: 'open', test: false, emergency: false } as const;
    const call = openCall(channel, { pbx: this.context.pbx, takenUp, ...nowhere });
    this.#keep(call);
    return call;
  }

  /** The caller's channel is gone, seen (`cause`) or vanished while we could not see. */
  close(call: Call, end: { cause: number; blind: boolean }, at: Stamp): Outcome | undefined {
    this.#drop(call);
    if (call.hotline) this.#byHotline.get(call.hotline.name)?.delete(call);
    else if (!end.blind && isInLine(call)) this.displaced.set(call.uniqueid, call);
    return closeCall(this.context, call, end, at);
  }

  /** The caller's channel is gone, seen: the end, or the beginning of the wait for a message. */
  hangUp(call: Call, event: Stamp & { readonly cause: number }): void {
    const { channels } = this.context;
    const { cause, pbxMs, atMs } = event;
    const half = call.voicemail ? channels.get(call.voicemailId) : undefined;
    if (!half?.isLocal || half.gone || call.message) {
      this.close(call, { cause, blind: false }, event);
      return;
    }
    const byCaller = callerOf(call)?.hangupRequested === true;
    call.hungUp = { pbxMs, atMs, cause, byCaller };
    settleOpen(this.context, call, event);
    endTalks(this.context, call, event);
    this.#drop(call);
    this.recording.set(half.uniqueid, call);
  }

  /** The half that ran a voicemail is gone: no message comes any more. */
  endRecording(uniqueid: string): void {
    const call = this.recording.get(uniqueid);
    if (!call?.hungUp) return;
    this.recording.delete(uniqueid);
    this.close(call, { cause: call.hungUp.cause, blind: false }, call.hungUp);
  }

  pickUp(call: Call, at: Stamp, seen: boolean): void {
    if (call.wasUp) return;
    call.wasUp = true;
    if (seen) call.upPbxMs = at.pbxMs;
    scorePickup(this.context, call, at);
    if (call.attended) scoreTaken(this.context, call, at);
    if (!call.hotline) return;
    this.context.emit({
      type: 'call-decided',
      id: `${call.id}/picked-up`,
      pbx: call.pbx,
      uniqueid: call.uniqueid,
      hotline: call.hotline.name,
      what: 'picked-up',
      answer: undefined,
      atMs: at.atMs,
    });
  }

  reachVoicemail(call: Call, uniqueid: string, at: Stamp): void {
    settleOpen(this.context, call, at);
    call.voicemail = true;
    call.voicemailId = uniqueid;
    if (call.answer) call.adrift = true;
    scoreTaken(this.context, call, at);
  }

  /** What the contexts of the call's own hotline mean for it (norm.md section 2.2, section 4). */
  enterContext(call: Call, context: string, at: Stamp): void {
    if (!call.hotline) return;
    for (const role of this.#roles.of(call.hotline, context)) {
      if (role === 'emergency') call.emergency = true;
      else if (role === 'voicemail' || role === 'callback') {
        if (!call.voicemail) this.reachVoicemail(call, call.uniqueid, at);
        if (role === 'callback') call.message = 'left';
      } else {
        call.attended = true;
        if (role === 'closed' || call.wasUp) scoreTaken(this.context, call, at);
      }
    }
  }

  /** Bridges changed around a channel: every caller whose talk it touches is looked at again. */
  review(channel: Channel | undefined, at: Stamp): void {
    if (!channel) return;
    const { call: own, talkers } = channel;
    if (own) reviewTalk(this.context, own, at);
    for (const end of this.context.channels.talkOf(channel)) {
      if (end !== channel && end.call) reviewTalk(this.context, end.call, at);
    }
    for (const talker of talkers) if (talker !== own) reviewTalk(this.context, talker, at);
  }

  /** A channel left a bridge: whoever is left in it, and beyond a Local half, may have lost a partner. */
  reviewLeft(channel: Channel | undefined, bridge: string, at: Stamp): void {
    const { channels } = this.context;
    this.review(channel, at);
    if (channel?.isLocal) this.review(channels.otherHalfOf(channel), at);
    for (const member of channels.membersOf(bridge)) if (member !== channel) this.review(member, at);
  }

  #keep(call: Call): void {
    call.caller.call = call;
    this.open.set(call.uniqueid, call);
    if (call.hotline) this.#byHotline.get(call.hotline.name)?.add(call);
  }

  #drop(call: Call): void {
    if (call.caller.call === call) call.caller.call = undefined;
    this.open.delete(call.uniqueid);
  }
}

const rulesOf = (
  definition: WatchDefinition,
  pbx: PbxDefinition,
): Pick<CallsContext, 'parties' | 'matcher' | 'emergencyQueues'> => ({
  parties: new PartyRules(pbx),
  matcher: createMatcher(definition, pbx.name),
  emergencyQueues: new Set(pbx.queues.filter(({ emergency }) => emergency).map(({ name }) => name)),
});

const NO_CALLS: ReadonlySet<Call> = new Set();
const NOTHING_TOLD: ReadonlySet<string> = new Set();
