import type { LinkLost, PbxEvent, Snapshot } from './ami/pbx-event.ts';
import type { Call } from './calls/call.ts';
import { Calls } from './calls/calls.ts';
import { Channels } from './calls/channels.ts';
import type { BlindTime, Corrected, Fact, TalkPlace } from './calls/facts.ts';
import { LiveCallsView } from './calls/live-view.ts';
import { MissedCalls } from './calls/missed-calls.ts';
import type { Outbound } from './calls/outbound.ts';
import { stateOfOutbound } from './calls/outbound-state.ts';
import { loseSight, reconcile } from './calls/reconcile.ts';
import { type LeftCall, resume, type Resumed } from './calls/resume.ts';
import { stateOf } from './calls/state-of.ts';
import type { PbxDefinition, WatchDefinition } from './hotlines/definition.ts';
import type { BusyLookup } from './seats/busy-lookup.ts';
import { listeningIn } from './seats/listening-state.ts';
import { Seats } from './seats/reduce.ts';

/** How often ends of channels that no list can name any more are forgotten, by the exchange's clock. */
const SWEEP_MS = 10_000;

/**
 * One exchange: its channels, its calls and its seats, in the order in which an event goes through them. One writer,
 * no I/O; facts go to `emit` while `reduce` runs.
 */
export class Exchange {
  readonly name: string;
  readonly live: LiveCallsView;
  readonly #channels = new Channels();
  readonly #missed = new MissedCalls();
  readonly #calls: Calls;
  readonly #seats: Seats;
  readonly #emit: (fact: Fact) => void;
  /** By seat: a wrap-up belongs to the talk before it. */
  readonly #lastTalks = new Map<string, TalkPlace>();
  #sweptPbxMs = 0;
  /** Since when we are blind, our clock; undefined while we see, or before we ever saw. */
  #blindSinceMs: number | undefined;

  constructor(
    definition: WatchDefinition,
    pbx: PbxDefinition,
    ports: { readonly startedAtMs: number; readonly emit: (fact: Fact) => void },
  ) {
    const { emit, startedAtMs } = ports;
    const channels = this.#channels;
    this.name = pbx.name;
    this.#emit = (fact) => emit(this.#placed(fact));
    const busy: BusyLookup = (uniqueid) => this.#calls.busyWith(uniqueid);
    this.#seats = new Seats({ pbx, channels, busy, emit: this.#emit, startedAtMs });
    this.#calls = new Calls(definition, pbx, { channels, names: this.#seats.members, emit: this.#emit });
    this.live = new LiveCallsView(this.#calls);
    channels.watchPeaks(pbx.trunks.map((trunk) => trunk.interface));
  }

  get seats(): Seats {
    return this.#seats;
  }
  get blindSinceMs(): number | undefined {
    return this.#blindSinceMs;
  }
  get openCalls(): number {
    return this.#calls.open.size;
  }
  /** Entries held for channels, bridges, talks and queues that are live: 0 when nothing is. */
  get kept(): number {
    return this.#channels.kept + this.#calls.kept;
  }
  get openChannels(): number {
    return this.#channels.size;
  }

  /** After a reload: open calls end by the definition they began under. */
  redefine(definition: WatchDefinition, pbx: PbxDefinition): void {
    this.#calls.redefine(definition, pbx);
    this.#seats.redefine(pbx);
    this.#channels.watchPeaks(pbx.trunks.map((trunk) => trunk.interface));
  }

  /**
   * Goes on where the last run ended, before the first event: blind since it last saw the exchange, with the calls that
   * were open then.
   */
  resume(last: { calls: readonly LeftCall[]; seenUntilMs: number; facts: readonly Fact[] }): Resumed {
    const { calls, seenUntilMs, facts } = last;
    this.#calls.hasSeen = true;
    this.#blindSinceMs = seenUntilMs;
    for (const fact of facts) if (fact.pbx === this.name) this.#placed(fact);
    this.#seats.resume(seenUntilMs, facts);
    const listening = calls.flatMap(({ state }) => listeningIn(state) ?? []);
    this.#seats.listening.resume(listening, seenUntilMs, facts);
    const ofCalls = calls.filter(({ state }) => !listeningIn(state));
    return resume(this.#calls, ofCalls, { lostAtMs: seenUntilMs, facts });
  }

  /** What the next start needs of each call that is not over and that one of these channels has a part in. */
  *openCallStates(uniqueids: Iterable<string>): Generator<LeftCall> {
    const { context, outbound, displaced } = this.#calls;
    const found = new Set<Call>();
    const foundOutbound = new Set<Outbound>();
    for (const uniqueid of uniqueids) {
      for (const call of this.#calls.touchedBy(uniqueid)) found.add(call);
      const call = outbound.of(uniqueid);
      if (call) foundOutbound.add(call);
      const listening = this.#seats.listening.stateOf(uniqueid);
      if (listening) yield { uniqueid, state: listening };
    }
    for (const call of foundOutbound)
      yield { uniqueid: call.seatChannel.uniqueid, state: stateOfOutbound(context, call) };
    for (const call of found)
      yield { uniqueid: call.uniqueid, state: stateOf(context, call, displaced.has(call.uniqueid)) };
  }

  /** Whether the call of this caller, or of this seat to a number outside, is not over, or a talk is listened to. */
  isOpen(uniqueid: string): boolean {
    const call = this.#calls.find(uniqueid) ?? this.#calls.outbound.of(uniqueid);
    return call !== undefined || this.#seats.listening.isOpen(uniqueid);
  }

  /** Says of a wrap-up which talk it belongs to: only here both are known. */
  #placed(fact: Fact): Fact {
    if (fact.type === 'talk-ended') {
      this.#lastTalks.set(fact.seat, { hotline: fact.hotline, queue: fact.queue });
    }
    if (fact.type !== 'seat-interval' || fact.state !== 'wrap-up') return fact;
    const wrapsUp = this.#lastTalks.get(fact.seat);
    return wrapsUp === undefined ? fact : { ...fact, wrapsUp };
  }

  /** Takes one event in. Time passes first: what fell due before the event's instant happens before it. */
  reduce(event: PbxEvent): void {
    this.#seats.advance(event.atMs);
    switch (event.type) {
      case 'snapshot':
        this.#takeSnapshot(event);
        break;
      case 'link-lost':
        this.#loseSight(event);
        break;
      case 'channel-created':
        this.#missed.hear(event);
        this.#read(event);
        break;
      case 'channel-gone':
        this.#read(event);
        this.#channels.forget(event.uniqueid, event.pbxMs);
        break;
      default:
        this.#read(event);
    }
    const { pbxMs } = event;
    if (Math.abs(pbxMs - this.#sweptPbxMs) <= SWEEP_MS) return;
    this.#sweptPbxMs = pbxMs;
    this.#channels.sweep(pbxMs);
  }

  #read(event: PbxEvent): void {
    this.#channels.apply(event);
    this.#calls.reduce(event);
    this.#seats.reduce(event);
  }

  #loseSight(event: LinkLost): void {
    this.#blindSinceMs ??= event.lastHeardMs;
    loseSight(this.#calls, event);
    this.#seats.reduce(event);
  }

  #takeSnapshot(snapshot: Snapshot): void {
    const missedCalls = this.#missed.missedUntil(snapshot);
    this.#seats.learnMembers(snapshot);
    const calls = reconcile(this.#calls, snapshot);
    this.#seats.reduce(snapshot);
    this.#seats.listening.find(snapshot);
    const seats = this.#seats.corrected;
    const base = { pbx: this.name, atMs: snapshot.atMs };
    if (snapshot.purpose === 'resync') {
      if (this.#blindSinceMs !== undefined) {
        const fact: BlindTime = {
          type: 'blind',
          id: `${this.name}/blind/${this.#blindSinceMs}`,
          ...base,
          fromMs: this.#blindSinceMs,
          untilMs: snapshot.atMs,
          openCalls: calls.openCalls,
          endedUnknown: calls.endedUnknown,
          takenUp: calls.takenUp,
          rebooted: snapshot.rebooted,
          missedCalls,
        };
        this.#blindSinceMs = undefined;
        this.#emit(fact);
      }
    } else if (calls.channels + calls.queues + seats > 0) {
      const fact: Corrected = {
        type: 'corrected',
        id: `${this.name}/corrected/${snapshot.pbxMs}`,
        ...base,
        channels: calls.channels,
        queues: calls.queues,
        seats,
      };
      this.#emit(fact);
    }
  }
}
