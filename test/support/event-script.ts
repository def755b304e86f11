import type { ChannelRef, ChannelLine, MemberLine, PbxEvent, Snapshot } from '../../src/ami/pbx-event.ts';

/** When a script begins: the exchange's clock and ours run together unless told otherwise. */
export const SCRIPT_START_MS = 1_700_000_000_000;

type Distributed<E> = E extends PbxEvent ? Omit<E, 'pbxMs' | 'atMs'> : never;
/** An event without its instants. */
export type Untimed = Distributed<PbxEvent>;

/**
 * Writes what an exchange says, one event a line, in seconds since the start:
 * `const s = new EventScript(take); s.at(2).created('c1', 'PJSIP/carrier', 4); s.up('c1')`. A channel is named once,
 * by a short name that serves as its uniqueid; each event goes to `take` as soon as it is written.
 */
export class EventScript {
  readonly #take: (event: PbxEvent) => void;
  readonly #names = new Map<string, string>();
  #nowMs = SCRIPT_START_MS;

  constructor(take: (event: PbxEvent) => void) {
    this.#take = take;
  }

  get nowMs(): number {
    return this.#nowMs;
  }
  /** Sets the instant of what follows, in s since the start. */
  at(seconds: number): this {
    this.#nowMs = SCRIPT_START_MS + seconds * 1000;
    return this;
  }
  /** Any event, at the present instant. */
  say(event: Untimed): this {
    this.#take({ ...event, pbxMs: this.#nowMs, atMs: this.#nowMs } as PbxEvent);
    return this;
  }
  ref(id: string): ChannelRef {
    return { uniqueid: id, channel: this.#names.get(id) ?? '' };
  }

  /** A channel that began before the script does. */
  name(id: string, channel: string): this {
    this.#names.set(id, channel);
    return this;
  }

  /** A channel of `face` (`PJSIP/carrier`); state 4 comes from outside, 0 is dialled by the exchange. */
  created(id: string, face: string, state = 0): this {
    this.#names.set(id, face.startsWith('Local/') ? face : `${face}-${id.padStart(8, '0')}`);
    const where = { linkedid: id, callerNumber: '', context: '', extension: '' };
    return this.say({ type: 'channel-created', ...this.ref(id), state, ...where });
  }
  state(id: string, state: number): this {
    return this.say({ type: 'channel-state', ...this.ref(id), state });
  }
  rings(id: string): this {
    return this.state(id, 5);
  }
  up(id: string): this {
    return this.state(id, 6);
  }
  gone(...ids: readonly string[]): this {
    for (const id of ids) this.say({ type: 'channel-gone', ...this.ref(id), cause: 16 });
    return this;
  }
  dials(dialler: string, dialled: string): this {
    const [from, to] = [this.ref(dialler), this.ref(dialled)];
    return this.say({ type: 'dial-begun', dialler: from, dialled: to, dialString: '' });
  }
  dialEnds(dialler: string, dialled: string, status: string): this {
    return this.say({ type: 'dial-ended', dialler: this.ref(dialler), dialled: this.ref(dialled), status });
  }
  enters(bridge: string, ...ids: readonly string[]): this {
    const kind = { bridgeType: 'basic', technology: 'simple_bridge' };
    for (const id of ids) this.say({ type: 'bridge-entered', ...this.ref(id), bridge, ...kind });
    return this;
  }
  leaves(bridge: string, ...ids: readonly string[]): this {
    for (const id of ids) this.say({ type: 'bridge-left', ...this.ref(id), bridge });
    return this;
  }
  holds(id: string): this {
    return this.say({ type: 'held', ...this.ref(id) });
  }
  unholds(id: string): this {
    return this.say({ type: 'unheld', ...this.ref(id) });
  }
  joins(queue: string, caller: string): this {
    return this.say({ type: 'queue-joined', ...this.ref(caller), queue, position: 1 });
  }
  offers(queue: string, caller: string, face: string, seatChannel: string): this {
    return this.#agent('agent-called', queue, caller, face, seatChannel);
  }
  connects(queue: string, caller: string, face: string, seatChannel: string): this {
    return this.#agent('agent-connected', queue, caller, face, seatChannel);
  }
  completes(queue: string, caller: string, face: string, seatChannel: string): this {
    const told = { queue, interface: face, memberName: '', seatChannel: this.ref(seatChannel) };
    const talk = { holdS: 0, talkS: 0, reason: 'caller' };
    return this.say({ type: 'agent-completed', ...this.ref(caller), ...told, ...talk });
  }
  member(type: 'added' | 'removed' | 'paused' | 'status' | 'penalty', line: Partial<MemberLine>): this {
    return this.say({ type: `member-${type}`, member: memberLine(line) });
  }
  device(device: string, state: string): this {
    return this.say({ type: 'device-state', device, state });
  }
  listens(spy: string, spied: string): this {
    return this.say({ type: 'spy-started', spy: this.ref(spy), spied: this.ref(spied) });
  }
  snapshot(changes: Partial<Snapshot> = {}): this {
    const none = { channels: [], queues: [], members: [], entries: [], processedCalls: undefined };
    return this.say({ type: 'snapshot', purpose: 'check', rebooted: false, ...none, ...changes });
  }
  /** The link is lost now; last heard `lastHeardS` after the start. */
  linkLost(lastHeardS: number): this {
    return this.say({ type: 'link-lost', lastHeardMs: SCRIPT_START_MS + lastHeardS * 1000 });
  }

  #agent(
    type: 'agent-called' | 'agent-connected',
    queue: string,
    caller: string,
    face: string,
    seat: string,
  ): this {
    const told = { queue, interface: face, memberName: '', seatChannel: this.ref(seat), ringMs: 0 };
    return this.say({ type, ...this.ref(caller), ...told });
  }
}

/** A free, unpaused member `PJSIP/101` of queue `gas-sales`, with what a test is about filled in by it. */
export function memberLine(changes: Partial<MemberLine> = {}): MemberLine {
  return {
    queue: 'gas-sales',
    interface: 'PJSIP/101',
    stateInterface: '',
    memberName: '',
    membership: 'dynamic',
    penalty: 0,
    inCall: false,
    status: 1,
    paused: false,
    pausedReason: '',
    ringinuse: true,
    wrapupS: 0,
    lastCallS: 0,
    callsTaken: 0,
    ...changes,
  };
}

/** A line of CoreShowChannels for a channel that is Up in nothing. */
export function channelLine(changes: Partial<ChannelLine> & ChannelRef): ChannelLine {
  const where = { linkedid: changes.uniqueid, callerNumber: '', context: '', extension: '' };
  const doing = { application: '', data: '', ageMs: 0, bridge: '', dialledNumber: '' };
  return { state: 6, ...where, ...doing, ...changes };
}
