import { type EventClass, type Header, writeBlock, writeTimestamp } from './ami-block.ts';
import { type Bridge, bridgeHeaders, type Channel, channelHeaders, STATE } from './channel.ts';
import { DEVICE, DEVICE_WORDS, deviceStateOf } from './device.ts';
import type { Random } from './random.ts';

const CAUSE_WORDS: Readonly<Record<number, string>> = {
  0: 'Unknown',
  16: 'Normal Clearing',
  17: 'User busy',
  19: 'User alerting, no answer',
  26: 'Answered elsewhere',
  34: 'Circuit/channel congestion',
  42: 'Switch congestion',
};

/** The SIP code beside a cause (TechCause of chan_pjsip, as recorded): only where a call was not up. */
const TECH_CAUSES: Readonly<Record<number, string>> = { 17: '486', 19: '480', 34: '503', 42: '503' };

export interface NewChannel {
  readonly device: string;
  readonly state: number;
  readonly context: string;
  readonly extension: string;
  readonly callerNumber?: string;
  readonly callerName?: string;
  readonly connectedNumber?: string;
  readonly dialled?: string;
  /** The channel it was made for: takes its linkedid. */
  readonly parent?: Channel;
}

/** How events go out that other threads than the channel's send, or that are told more than once. */
export interface EventHabits {
  /** Calls `send` once or more, now or later; events of one name stay in order. */
  send(name: string, send: () => void): void;
}

/** An event: the class that a login must read to see it, and its text. */
export type EmittedEvent = (eventClass: EventClass, text: string) => void;

/**
 * The state of the practice exchange: channels, bridges and devices. Whoever changes it says so in the same call, so
 * that what the lists tell is always what the events told.
 */
export class Exchange {
  readonly system: string;
  readonly channels = new Map<string, Channel>();
  /** By its own clock. */
  bootMs: number;
  /** True time; what its clock shows is `clockMs`. */
  nowMs: number;
  /** Its clock before true time; it is set, as by an operator or a time server that jumps. */
  clockAheadMs = 0;
  /** Nobody hears it: it is down. */
  isDown = false;
  processedCalls = 0;
  /** Called when a device has a new state; queues follow their members by it. */
  onDevice: (device: string, state: number) => void = () => undefined;
  /** Called when a channel has entered a bridge, has left one, or is about to be gone. */
  onStep: (channel: Channel, what: 'enters' | 'leaves' | 'goes') => void = () => undefined;

  /** What sends its events otherwise than at once and once. */
  habits: EventHabits | undefined;

  readonly #random: Random;
  readonly #sink: EmittedEvent;
  readonly #devices = new Map<string, number>();
  readonly #channelsOf = new Map<string, Set<Channel>>();
  readonly #unreachable = new Set<string>();
  readonly #boxesWithMail = new Set<string>();
  #lastUs = 0;
  #channelNumber = 0;
  #localNumber = 0;

  constructor(settings: { system: string; bootMs: number; random: Random; sink: EmittedEvent }) {
    this.system = settings.system;
    this.bootMs = settings.bootMs;
    this.nowMs = settings.bootMs;
    this.#random = settings.random;
    this.#sink = settings.sink;
  }

  /** Unix ms as the exchange has it. */
  get clockMs(): number {
    return this.nowMs + this.clockAheadMs;
  }

  /** Sends an event; where its habits say so, later or twice. */
  emit(eventClass: EventClass, name: string, headers: readonly Header[]): void {
    if (this.isDown) return;
    const send = (): void => this.#send(eventClass, name, headers);
    if (this.habits) this.habits.send(name, send);
    else send();
  }

  /** Sets the clock; whoever measures by it across this instant measures wrongly. */
  setClock(aheadMs: number): void {
    this.clockAheadMs = aheadMs;
    this.#lastUs = 0;
  }

  /** It comes up again: nothing of before is left but which phones are there, and what lies in the mailboxes. */
  reboot(): void {
    this.isDown = false;
    this.bootMs = this.clockMs;
    this.processedCalls = 0;
    this.channels.clear();
    this.#devices.clear();
    this.#channelsOf.clear();
    this.#channelNumber = 0;
    this.#localNumber = 0;
    for (const device of this.#unreachable) this.#devices.set(device, DEVICE.unavailable);
  }

  /** Stamped as it is sent; events of one instant are some microseconds apart, as on a real exchange. */
  #send(eventClass: EventClass, name: string, headers: readonly Header[]): void {
    if (this.isDown) return;
    this.#lastUs = Math.max(Math.round(this.clockMs * 1000), this.#lastUs + this.#random.between(40, 400));
    this.#sink(
      eventClass,
      writeBlock([
        ['Event', name],
        ['Privilege', `${eventClass},all`],
        ['Timestamp', writeTimestamp(this.#lastUs)],
        ...(this.system === '' ? [] : [['SystemName', this.system] as const]),
        ...headers,
      ]),
    );
  }

  newUuid(): string {
    const hex = (length: number): string => this.#random.hex(length);
    return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  }

  /** Making a channel alone does not stir its device: that comes with its first state (asterisk 22, recorded). */
  create(wish: NewChannel): Channel {
    const serial = this.#channelNumber.toString(16).padStart(8, '0');
    return this.#addChannel(wish, `${wish.device}-${serial}`, wish.device);
  }

  /** Both halves of `Local/…`; the names end in `;1` (towards the one who dials) and `;2` (into the dialplan). */
  createLocal(wish: Omit<NewChannel, 'device' | 'state'>): {
    readonly outer: Channel;
    readonly inner: Channel;
  } {
    const device = `Local/${wish.extension}@${wish.context}`;
    const name = `${device}-${this.#localNumber.toString(16).padStart(8, '0')}`;
    this.#localNumber += 1;
    const outer = this.#addChannel({ ...wish, state: STATE.down }, `${name};1`, device);
    const inner = this.#addChannel({ ...wish, state: STATE.ring }, `${name};2`, device);
    return { outer, inner };
  }

  #addChannel(wish: Omit<NewChannel, 'device'>, name: string, device: string): Channel {
    const prefix = this.system === '' ? '' : `${this.system}-`;
    const uniqueid = `${prefix}${Math.floor(this.clockMs / 1000)}.${this.#channelNumber}`;
    this.#channelNumber += 1;
    // pbx.c counts a call for each channel that runs the dialplan: callers, and the inner halves of Local pairs.
    const runsDialplan = wish.state === STATE.ring;
    if (runsDialplan) this.processedCalls += 1;
    const channel: Channel = {
      name,
      uniqueid,
      linkedid: wish.parent?.linkedid ?? uniqueid,
      state: wish.state,
      callerNumber: wish.callerNumber ?? '',
      callerName: wish.callerName ?? '',
      connectedNumber: wish.connectedNumber ?? '',
      connectedName: '',
      context: wish.context,
      extension: wish.extension,
      priority: 1,
      application: '',
      data: '',
      dialled: wish.dialled ?? '',
      device,
      createdMs: this.clockMs,
      runsDialplan,
      bridge: undefined,
      held: false,
      techCause: '',
      variables: new Map(),
    };
    this.channels.set(uniqueid, channel);
    this.#channelsOf.set(device, (this.#channelsOf.get(device) ?? new Set()).add(channel));
    this.emit('call', 'Newchannel', channelHeaders(channel));
    return channel;
  }

  setState(channel: Channel, state: number): void {
    if (channel.state === state) return;
    channel.state = state;
    this.emit('call', 'Newstate', channelHeaders(channel));
    this.#refreshDevice(channel.device);
  }

  /** The dialplan runs an application. */
  step(channel: Channel, context: string, extension: string, application: string, data: string): void {
    channel.priority =
      channel.context === context && channel.extension === extension ? channel.priority + 1 : 1;
    channel.context = context;
    channel.extension = extension;
    channel.application = application;
    channel.data = data;
    this.emit('dialplan', 'Newexten', [
      ...channelHeaders(channel),
      ['Extension', extension],
      ['Application', application],
      ['AppData', data],
    ]);
  }

  /** `Dial` of the dialplan, which empties DIALSTATUS first. */
  dial(channel: Channel, context: string, extension: string, data: string): void {
    this.step(channel, context, extension, 'Dial', data);
    this.setVariable(channel, 'DIALSTATUS', '');
  }

  /** The same at the place a transfer has just put the channel in: no new place, so no Newexten. */
  dialAfterTransfer(channel: Channel, data: string): void {
    channel.application = 'Dial';
    channel.data = data;
    this.setVariable(channel, 'DIALSTATUS', '');
  }

  setVariable(channel: Channel, name: string, value: string): void {
    channel.variables.set(name, value);
    this.emit('dialplan', 'VarSet', [...channelHeaders(channel), ['Variable', name], ['Value', value]]);
  }

  dialBegin(dialler: Channel | undefined, dialled: Channel, dialString: string): void {
    this.emit('call', 'DialBegin', [
      ...(dialler ? channelHeaders(dialler) : []),
      ...channelHeaders(dialled, 'Dest'),
      ['DialString', dialString],
    ]);
  }

  dialEnd(dialler: Channel | undefined, dialled: Channel, status: string): void {
    this.emit('call', 'DialEnd', [
      ...(dialler ? channelHeaders(dialler) : []),
      ...channelHeaders(dialled, 'Dest'),
      ['DialStatus', status],
    ]);
  }

  newBridge(): Bridge {
    const members = new Set<Channel>();
    return { id: this.newUuid(), type: 'basic', technology: 'simple_bridge', name: '', members };
  }

  /** `swapped`: the channel whose place it takes, as when a Local pair optimises away. */
  enter(channel: Channel, bridge: Bridge, swapped?: Channel): void {
    bridge.members.add(channel);
    channel.bridge = bridge;
    channel.variables.delete('BLINDTRANSFER');
    // bridge_channel.c ast_bridge_channel_join: the oldest linkedid of those in it becomes everyone's.
    const oldest = [...bridge.members].map((one) => one.linkedid).sort(byAge)[0] ?? channel.linkedid;
    for (const one of bridge.members) one.linkedid = oldest;
    this.emit('call', 'BridgeEnter', [
      ...bridgeHeaders(bridge),
      ...channelHeaders(channel),
      ...(swapped ? [['SwapUniqueid', swapped.uniqueid] as const] : []),
    ]);
    this.onStep(channel, 'enters');
  }

  leave(channel: Channel): void {
    const bridge = channel.bridge;
    if (!bridge) return;
    bridge.members.delete(channel);
    channel.bridge = undefined;
    this.emit('call', 'BridgeLeave', [...bridgeHeaders(bridge), ...channelHeaders(channel)]);
    this.onStep(channel, 'leaves');
  }

  /** A phone puts the other side on hold; it is the other side's device that is ONHOLD then (chan_pjsip_indicate). */
  setHold(channel: Channel, held: boolean, music = ''): void {
    this.emit('call', held ? 'Hold' : 'Unhold', [
      ...channelHeaders(channel),
      ...(music === '' ? [] : [['MusicClass', music] as const]),
    ]);
    for (const other of channel.bridge?.members ?? []) {
      if (other !== channel) this.#setHeld(other, held);
    }
  }

  /** The exchange tells the caller that it rings, which stirs the caller's device (recorded). */
  indicateRinging(channel: Channel): void {
    this.#refreshDevice(channel.device);
  }

  /** The hold ends with no event of its own, as at the end of an attended transfer. */
  releaseHold(channel: Channel): void {
    this.#setHeld(channel, false);
  }

  #setHeld(channel: Channel, held: boolean): void {
    channel.held = held;
    this.#refreshDevice(channel.device);
  }

  /** A message was left in the mailbox; carries the Uniqueid of whoever left it. */
  messageWaiting(channel: Channel, mailbox: string): void {
    this.emit('call', 'MessageWaiting', [
      ...channelHeaders(channel),
      ['Mailbox', mailbox],
      ['Waiting', 1],
      ['New', 1],
      ['Old', 0],
    ]);
    if (this.#boxesWithMail.has(mailbox)) return;
    this.#boxesWithMail.add(mailbox);
    this.tellDevice(`MWI:${mailbox}`, DEVICE.inUse);
  }

  /** The far end of the channel asks to end it. */
  hangupRequest(channel: Channel, cause = 16): void {
    const techCause = cause === 19 ? '487' : (TECH_CAUSES[cause] ?? '');
    channel.techCause = techCause;
    this.emit('call', 'HangupRequest', [
      ...channelHeaders(channel),
      ['Cause', cause],
      ...techHeader(techCause),
    ]);
  }

  hangup(channel: Channel, cause: number): void {
    if (!this.channels.delete(channel.uniqueid)) return;
    this.#channelsOf.get(channel.device)?.delete(channel);
    this.leave(channel);
    this.onStep(channel, 'goes');
    this.emit('call', 'Hangup', [
      ...channelHeaders(channel),
      ['Cause', cause],
      ['Cause-txt', CAUSE_WORDS[cause] ?? 'Unknown'],
      ...techHeader(channel.techCause || (TECH_CAUSES[cause] ?? '')),
    ]);
    this.#refreshDevice(channel.device);
  }

  /** A phone that is switched off is UNAVAILABLE. */
  setReachable(device: string, reachable: boolean): void {
    if (reachable) this.#unreachable.delete(device);
    else this.#unreachable.add(device);
    this.#refreshDevice(device);
  }

  deviceState(device: string): number {
    return this.#devices.get(device) ?? DEVICE.idle;
  }

  #refreshDevice(device: string): void {
    const channels = this.#channelsOf.get(device) ?? NO_CHANNELS;
    const state = deviceStateOf(channels, !this.#unreachable.has(device));
    // A Local device is not cached, so each change of its channels is told again (recorded).
    const cached = !device.startsWith('Local/');
    if (cached && state === this.deviceState(device)) return;
    this.#devices.set(device, state);
    this.tellDevice(device, state);
    this.onDevice(device, state);
  }

  tellDevice(device: string, state: number): void {
    this.emit('call', 'DeviceStateChange', [
      ['Device', device],
      ['State', DEVICE_WORDS[state] ?? 'UNKNOWN'],
    ]);
  }
}

const NO_CHANNELS: ReadonlySet<Channel> = new Set();

function techHeader(techCause: string): readonly Header[] {
  return techCause === '' ? [] : [['TechCause', techCause]];
}

function byAge(a: string, b: string): number {
  return ageKey(a) - ageKey(b);
}

/** `SYSTEM-seconds.number`: the second decides, then the number. */
function ageKey(uniqueid: string): number {
  const [seconds = '0', number = '0'] = uniqueid.slice(uniqueid.lastIndexOf('-') + 1).split('.');
  return Number(seconds) * 1e6 + Number(number);
}
