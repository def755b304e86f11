import type { ChannelCreated, DialplanStep, PbxEvent, Snapshot } from '../ami/pbx-event.ts';
import { interfaceOf, type Matcher } from '../hotlines/match.ts';
import { maskNumber } from '../lib/mask.ts';

/** Applications whose Newexten the event filter of config/asterisk lets through. */
const FILTERED_APPLICATIONS = new Set(['queue', 'voicemail', 'dial', 'busy', 'congestion']);
/** `ChannelState` 4, "Ring": what a channel is created in when somebody outside calls (channel.h AST_STATE_RING). */
const INBOUND_OFFER = 4;

/** Inbound calls of one number that no hotline names. The number is ours: what was dialled, not who called. */
export interface StrayNumber {
  readonly number: string;
  readonly trunk: string;
  calls: number;
}

/** Calls to a hotline's number from an interface that is no trunk and no seat of the configuration. */
export interface UnknownOrigin {
  readonly number: string;
  /** As its channels are called. */
  readonly interface: string;
  calls: number;
}

/**
 * What the doctor remembers of the calls that passed: counts by hotline, trunk and dialled number. Callers' numbers
 * are not looked at. One owner, mutated in place.
 */
export class Traffic {
  /** Events the core has a use for. */
  useful = 0;
  /** Steps of the dialplan that the event filter would have kept away. */
  idleSteps = 0;
  /** Inbound channels of hotlines that came and went in the watch, and how many were ended by the far end. */
  inboundEnded = 0;
  inboundHangupRequests = 0;
  /** Hotline -> calls that began in the watch. */
  readonly calls = new Map<string, number>();
  /** Hotline -> calls in progress when it began. */
  readonly inProgress = new Map<string, number>();
  readonly strays = new Map<string, StrayNumber>();
  readonly unknownOrigins = new Map<string, UnknownOrigin>();
  /** Calls in progress on a trunk that fit no hotline by what a list says of them. */
  straysInProgress = 0;
  /** Interfaces of trunks that had a channel, in either direction. */
  readonly trunks = new Set<string>();
  /** Contexts the dialplan went through. */
  readonly contexts = new Set<string>();
  readonly #matcher: Matcher;
  readonly #roleContexts: ReadonlySet<string>;
  readonly #inbound = new Set<string>();
  /** Channels seen to be created before the first picture. */
  readonly #seen = new Set<string>();
  #hasPicture = false;

  /** @param roleContexts contexts the configuration names: their steps are asked for, by the filter too. */
  constructor(matcher: Matcher, roleContexts: ReadonlySet<string>) {
    this.#matcher = matcher;
    this.#roleContexts = roleContexts;
  }

  take(event: PbxEvent): void {
    if (event.type === 'snapshot') return this.#takeSnapshot(event);
    if (event.type === 'link-lost') return;
    this.useful += 1;
    if (event.type === 'channel-created') this.#takeChannel(event);
    else if (event.type === 'dialplan-step') this.#takeStep(event);
    else if (event.type === 'hangup-requested') {
      if (this.#inbound.has(event.uniqueid)) this.inboundHangupRequests += 1;
    } else if (event.type === 'channel-gone' && this.#inbound.delete(event.uniqueid)) this.inboundEnded += 1;
  }

  #takeChannel(event: ChannelCreated): void {
    this.#takeTrunk(event.channel);
    if (!this.#hasPicture) this.#seen.add(event.uniqueid);
    if (event.state !== INBOUND_OFFER) return;
    const { channel, context, extension } = event;
    const match = this.#matcher.match({ channel, context, extension, callerNumber: '' });
    if (match.kind === 'hotline') {
      this.#inbound.add(event.uniqueid);
      addTo(this.calls, match.hotline.name);
    } else if (match.kind === 'unattributed') {
      // In a context, without a trunk, it may be a phone that calls a customer: then the number is not ours to show.
      const isOurs = this.#matcher.trunkOf(channel) !== undefined;
      const number = isOurs ? extension : maskNumber(extension);
      const key = `${match.trunk} ${number}`;
      const known = this.strays.get(key);
      if (known === undefined) this.strays.set(key, { number, trunk: match.trunk, calls: 1 });
      else known.calls += 1;
    } else if (match.kind === 'unknown-origin') {
      const from = interfaceOf(channel);
      const key = `${from} ${extension}`;
      const known = this.unknownOrigins.get(key);
      if (known !== undefined) known.calls += 1;
      else this.unknownOrigins.set(key, { number: extension, interface: from, calls: 1 });
    }
  }

  #takeStep(event: DialplanStep): void {
    this.contexts.add(event.context);
    const isAskedFor =
      FILTERED_APPLICATIONS.has(event.application.toLowerCase()) || this.#roleContexts.has(event.context);
    if (!isAskedFor) this.idleSteps += 1;
  }

  #takeSnapshot(snapshot: Snapshot): void {
    const isFirst = !this.#hasPicture;
    this.#hasPicture = true;
    for (const line of snapshot.channels) {
      this.#takeTrunk(line.channel);
      this.contexts.add(line.context);
      // Later pictures list what events told of; so does the first one what came while it was being read.
      if (!isFirst || line.dialledNumber === '' || this.#seen.has(line.uniqueid)) continue;
      const { channel, context, dialledNumber: extension } = line;
      const match = this.#matcher.match({ channel, context, extension, callerNumber: '' });
      if (match.kind === 'hotline') addTo(this.inProgress, match.hotline.name);
      else if (match.kind === 'unattributed') this.straysInProgress += 1;
    }
  }

  #takeTrunk(channel: string): void {
    const trunk = this.#matcher.trunkOf(channel);
    this.trunks.add(trunk?.interface ?? interfaceOf(channel));
  }
}

function addTo(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
