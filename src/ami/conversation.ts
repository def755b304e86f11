import { actionText } from './action-text.ts';
import type { BootWatch } from './boot.ts';
import type { LinkFault, LinkState, PbxConnection } from './connection.ts';
import { type EarlyEvent, EarlyEvents } from './early-events.ts';
import { EventCounts } from './event-counts.ts';
import { KNOWN_EVENTS, LIST_EVENTS, translate } from './events.ts';
import { timestampMs } from './fields.ts';
import { AmiFramer } from './framer.ts';
import type { ExchangeClock } from './exchange-clock.ts';
import { Heartbeat } from './heartbeat.ts';
import { challengeText, isLoopback, loginText, readBanner } from './login.ts';
import type { AmiMessage } from './message.ts';
import type { MemberLine, PbxEvent } from './pbx-event.ts';
import { pictureWarnings } from './picture-warnings.ts';
import { refusals } from './refusals.ts';
import type { AllowedAction } from './rights.ts';
import { SnapshotReader, type SnapshotPicture, type SnapshotProgress } from './snapshot.ts';
import type { StampWatch } from './stamp-watch.ts';

const GREETING_MS = 10_000;
const LOGIN_MS = 10_000;
const BOOT_MS = 60_000;
const SNAPSHOT_MS = 60_000;
const CHECK_EVERY_MS = 60_000;
const LONGEST_BANNER = 200;

type ConversationState =
  | { readonly name: 'greeting'; readonly dueMs: number }
  | { readonly name: 'challenging' | 'logging-in'; readonly dueMs: number; readonly actionId: string }
  | { readonly name: 'waiting-for-boot' | 'waiting-for-timestamps'; readonly dueMs: number }
  | { readonly name: 'reading-snapshot'; readonly dueMs: number; readonly reader: SnapshotReader }
  | { readonly name: 'ready'; readonly dueMs: number; readonly reader: SnapshotReader | undefined }
  | { readonly name: 'over'; readonly dueMs: number };

export type ConversationInput =
  | { readonly type: 'connected'; readonly atMs: number }
  | { readonly type: 'bytes'; readonly atMs: number; readonly chunk: Buffer }
  | { readonly type: 'time'; readonly atMs: number };

export type ConversationEffect =
  | { readonly type: 'send'; readonly text: string }
  | { readonly type: 'emit'; readonly events: PbxEvent[] }
  /** State, warnings or clock are not what they were. */
  | { readonly type: 'changed' }
  /** The connection holds, and nothing that comes over it can be used for now. */
  | { readonly type: 'unusable'; readonly fault: LinkFault }
  | { readonly type: 'failed'; readonly fault: LinkFault };

/** What is known of an exchange whatever connection it is reached by. */
export interface KeptOverConnections {
  readonly boots: BootWatch;
  readonly stamps: StampWatch;
  readonly clock: ExchangeClock;
}

/**
 * What is said on one connection, from the banner on: login, boot, picture, then events for as long as it holds. A
 * new one is made for each connection, so that nothing of the last one can be glued to it. Pure: bytes and time in,
 * text and events out; after `failed` it says nothing more.
 */
export class Conversation {
  readonly counts = new EventCounts();
  readonly framer = new AmiFramer();
  readonly clock: ExchangeClock;
  readonly warnings = new Set<string>();
  readonly #to: PbxConnection;
  readonly #token: () => string;
  readonly #boots: BootWatch;
  readonly #stamps: StampWatch;
  #state: ConversationState = { name: 'over', dueMs: Number.POSITIVE_INFINITY };
  #heartbeat: Heartbeat;
  #effects: ConversationEffect[] = [];
  /** Events of the chunk being read, handed over together. */
  #events: PbxEvent[] = [];
  #early = new EarlyEvents();
  #bootedAtMs: number | undefined;
  #release = '';
  #lastPicture: SnapshotPicture | undefined;
  #allowed: readonly AllowedAction[] | undefined;
  #rebooted = false;
  #knownUntilMs = Number.POSITIVE_INFINITY;
  #messages = 0;

  /** `token` makes ActionIDs nobody can guess; `kept` remembers over connections. */
  constructor(to: PbxConnection, token: () => string, kept: KeptOverConnections) {
    this.#to = to;
    this.#token = token;
    this.#boots = kept.boots;
    this.#stamps = kept.stamps;
    this.clock = kept.clock;
    this.#heartbeat = new Heartbeat(this.clock, 0);
  }

  get release(): string {
    return this.#release;
  }
  get messages(): number {
    return this.#messages;
  }
  /** What the login may do, as ListCommands answered; undefined before, and where it was refused. */
  get allowed(): readonly AllowedAction[] | undefined {
    return this.#allowed;
  }
  /**
   * Up to when everything is known, our clock: what was received last, or the instant of its own where that was an
   * event. One read late out of a backlog says that whatever came after it was still on its way.
   */
  get lastHeardMs(): number {
    return Math.min(this.#knownUntilMs, this.#heartbeat.lastHeardMs);
  }
  /** Whether its picture showed another boot than the connection before. */
  get rebooted(): boolean {
    return this.#rebooted;
  }

  /** The state as the status shows it; undefined when it is over. */
  get linkState(): LinkState | undefined {
    const { name } = this.#state;
    if (name === 'over') return undefined;
    return name === 'greeting' || name === 'challenging' ? 'logging-in' : name;
  }

  /** When `time` is to be told at the latest. */
  get dueMs(): number {
    const { dueMs } = this.#state;
    return this.#beats ? Math.min(dueMs, this.#heartbeat.dueMs) : dueMs;
  }

  /** Whether the far end is asked if it is still there. */
  get #beats(): boolean {
    return this.#isLoggedIn && this.#state.name !== 'over';
  }
  get #isLoggedIn(): boolean {
    const { name } = this.#state;
    return name !== 'greeting' && name !== 'challenging' && name !== 'logging-in';
  }

  /** Our clock was set back by so much (negative ms). */
  shift(byMs: number): void {
    this.#heartbeat.shift(byMs);
    this.#state = { ...this.#state, dueMs: this.#state.dueMs + byMs };
  }

  step(input: ConversationInput): ConversationEffect[] {
    this.clock.read(input.atMs);
    switch (input.type) {
      case 'connected':
        this.#heartbeat = new Heartbeat(this.clock, input.atMs);
        this.#enter({ name: 'greeting', dueMs: input.atMs + GREETING_MS });
        break;
      case 'bytes':
        this.#onBytes(input.chunk, input.atMs);
        break;
      case 'time':
        this.#onTime(input.atMs);
        break;
    }
    this.#emit();
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  #onBytes(chunk: Buffer, atMs: number): void {
    this.#heartbeat.heard(atMs);
    const messages = this.framer.push(chunk);
    if (this.framer.hasDropped) this.warnings.add(refusals.dropped());
    if (this.#state.name === 'greeting') this.#onGreeting(atMs);
    for (const message of messages) {
      if (this.#state.name === 'over') return;
      this.#messages += 1;
      const name = message.event;
      if (name === '') this.#onAnswer(message, atMs);
      else this.#onEvent(name, message, atMs);
    }
  }

  #onGreeting(atMs: number): void {
    const { banner, heldBytes } = this.framer;
    if (banner === undefined) {
      if (heldBytes > LONGEST_BANNER) this.#fail(refusals.notAsterisk(this.#to, 'a line without end'));
      return;
    }
    const read = readBanner(banner);
    if (read === undefined) return this.#fail(refusals.notAsterisk(this.#to, banner));
    this.#release = read.release;
    const { tls, host } = this.#to;
    if (tls === undefined && !isLoopback(host)) {
      this.warnings.add(
        `The connection to ${host} is not encrypted: who can see the network can read every call.`,
      );
    }
    if (tls === undefined) {
      const actionId = this.#token();
      this.#send(challengeText(actionId));
      this.#enter({ name: 'challenging', actionId, dueMs: atMs + LOGIN_MS });
    } else this.#logIn(undefined, atMs);
  }

  #logIn(challenge: string | undefined, atMs: number): void {
    const actionId = this.#token();
    const text = loginText(this.#to, actionId, challenge);
    if (text === undefined) return this.#fail(refusals.unsafeLogin(this.#to));
    this.#send(text);
    this.#enter({ name: 'logging-in', actionId, dueMs: atMs + LOGIN_MS });
  }

  #onAnswer(message: AmiMessage, atMs: number): void {
    const state = this.#state;
    const actionId = message.actionId;
    if (state.name === 'challenging' || state.name === 'logging-in') {
      if (actionId !== state.actionId) return;
      if (message.response !== 'Success')
        return this.#fail(refusals.loginRefused(this.#to, message.get('Message')));
      if (state.name === 'challenging') return this.#logIn(message.get('Challenge'), atMs);
      return this.#enter({ name: 'waiting-for-boot', dueMs: atMs + BOOT_MS });
    }
    this.#knownUntilMs = atMs;
    this.#heartbeat.answered(actionId, atMs, timestampMs(message));
    this.#takeForSnapshot(message, atMs);
  }

  #onEvent(name: string, message: AmiMessage, atMs: number): void {
    const { name: state } = this.#state;
    if (state === 'ready') {
      const event = translate(message, this.clock);
      if (event !== undefined) {
        this.counts.countKnown(name, true);
        this.#events.push(event);
        this.#knownUntilMs = event.atMs;
        return;
      }
    } else if (!this.#isLoggedIn) return;
    if (LIST_EVENTS.has(name)) {
      if (!this.#takeForSnapshot(message, atMs)) this.counts.countUnknown(name);
    } else if (!KNOWN_EVENTS.has(name)) this.counts.countUnknown(name);
    else if (name === 'FullyBooted' && state === 'waiting-for-boot') this.#onBooted(message, atMs);
    else if (message.has('Timestamp')) this.#onStamped(name, message, atMs);
    else this.#onUnstamped(name);
  }

  /** An event that was not handed over at once. The first one after some without its time makes sight possible. */
  #onStamped(name: string, message: AmiMessage, atMs: number): void {
    if (this.#state.name === 'ready') return this.counts.countKnown(name, false);
    this.#stamps.observe(true);
    if (this.#state.name === 'waiting-for-timestamps') this.#readPicture(atMs);
    if (!this.#early.keep(message, this.clock.pbxMs(timestampMs(message))))
      this.#fail(refusals.flooded(this.#early.count));
  }

  /** Nothing can be measured by such an event, nor by the lists: what came after it would not be known either. */
  #onUnstamped(name: string): void {
    this.counts.countKnown(name, false);
    // The one that a login is greeted with is written without a Timestamp always (manager.c, session_do).
    if (name === 'FullyBooted') return;
    this.#stamps.observe(false);
    const { name: state } = this.#state;
    if (state === 'ready' || state === 'reading-snapshot') this.#waitForTimestamps();
  }

  /** `manager reload` switches them on for connections that stand already (manager.c, timestampevents). */
  #waitForTimestamps(): void {
    this.#emit();
    this.#early = new EarlyEvents();
    this.#enter({ name: 'waiting-for-timestamps', dueMs: Number.POSITIVE_INFINITY });
    this.#effects.push({ type: 'unusable', fault: refusals.timestamps() });
  }

  #onBooted(message: AmiMessage, atMs: number): void {
    const uptime = message.get('Uptime');
    this.#bootedAtMs = /^\d+$/.test(uptime) ? atMs - Number(uptime) * 1_000 : undefined;
    if (this.#stamps.isMissing) this.#waitForTimestamps();
    else this.#readPicture(atMs);
  }

  #readPicture(atMs: number): void {
    const reader = this.#startReading('resync', atMs);
    this.#enter({ name: 'reading-snapshot', reader, dueMs: atMs + SNAPSHOT_MS });
  }

  #startReading(purpose: SnapshotReader['purpose'], atMs: number): SnapshotReader {
    const reader = new SnapshotReader(purpose, this.#to.user, () => {
      const actionId = this.#token();
      this.#heartbeat.sent(actionId, atMs);
      return actionId;
    });
    this.#send(reader.open(purpose === 'resync'));
    return reader;
  }

  /** Whether the message belonged to the lists being read. */
  #takeForSnapshot(message: AmiMessage, atMs: number): boolean {
    const state = this.#state;
    const reader = state.name === 'reading-snapshot' || state.name === 'ready' ? state.reader : undefined;
    const progress = reader?.take(message, this.clock.setMs);
    if (reader === undefined || progress === undefined) return false;
    this.#onProgress(reader, progress, atMs);
    return true;
  }

  #onProgress(reader: SnapshotReader, progress: SnapshotProgress, atMs: number): void {
    if (progress.type === 'send') this.#send(progress.text);
    else if (progress.type === 'failed') this.#fail(progress.fault);
    else if (progress.type === 'complete') this.#onPicture(reader.purpose, progress.picture, atMs);
  }

  #onPicture(purpose: SnapshotReader['purpose'], picture: SnapshotPicture, atMs: number): void {
    const offsetMs = this.clock.offsetMs;
    if (purpose === 'resync') this.#rebooted = this.#boots.observe(this.#bootedAtMs, picture.startup);
    for (const one of pictureWarnings(this.#to.user, picture, this.#lastPicture, this.counts))
      this.warnings.add(one);
    const { before, after } = this.#early.splitAt(picture.pbxMs);
    this.#hand(before);
    this.#events.push({
      type: 'snapshot',
      purpose,
      pbxMs: picture.pbxMs,
      atMs: picture.pbxMs - offsetMs,
      rebooted: purpose === 'resync' && this.#rebooted,
      channels: picture.channels,
      queues: picture.queues,
      members: picture.members.map((line) => this.#onTimeLine(line)),
      entries: picture.entries,
      // A call that began while the lists were read may or may not be in the count: then it tells nothing.
      processedCalls: after.some(beginsInDialplan) ? undefined : picture.processedCalls,
    });
    this.#hand(after);
    this.#lastPicture = picture;
    this.#allowed = picture.allowed ?? this.#allowed;
    this.#enter({ name: 'ready', reader: undefined, dueMs: atMs + CHECK_EVERY_MS });
  }

  #onTimeLine(line: MemberLine): MemberLine {
    const { setMs } = this.clock;
    return setMs === 0 || line.lastCallS === 0 ? line : { ...line, lastCallS: line.lastCallS - setMs / 1000 };
  }

  /** Hands over what was kept back; its times are mapped by the clock as it is known now. */
  #hand(events: readonly EarlyEvent[]): void {
    const { offsetMs } = this.clock;
    for (const { message, pbxMs } of events) {
      const event = translate(message, { offsetMs, pbxMs: () => pbxMs });
      this.counts.countKnown(message.event, event !== undefined);
      if (event !== undefined) this.#events.push(event);
    }
  }

  #onTime(atMs: number): void {
    const state = this.#state;
    if (atMs >= state.dueMs) this.#onDeadline(state, atMs);
    if (!this.#beats) return;
    const due = this.#heartbeat.check(atMs);
    if (due === 'silent') this.#fail(refusals.silent(atMs - this.#heartbeat.lastHeardMs));
    else if (due === 'ping') {
      const actionId = this.#token();
      this.#heartbeat.sent(actionId, atMs);
      this.#send(actionText('Ping', actionId) ?? '');
    }
  }

  #onDeadline(state: ConversationState, atMs: number): void {
    if (state.name === 'greeting') this.#fail(refusals.silentGreeting(this.#to));
    else if (state.name === 'waiting-for-boot') this.#fail(refusals.boot(this.#to, BOOT_MS));
    else if (state.name === 'challenging' || state.name === 'logging-in')
      this.#fail(refusals.silentLogin(this.#to));
    else if (state.name === 'reading-snapshot')
      this.#fail(refusals.snapshot(SNAPSHOT_MS, state.reader.waitingFor));
    else if (state.name === 'ready') {
      if (state.reader !== undefined)
        return this.#fail(refusals.snapshot(SNAPSHOT_MS, state.reader.waitingFor));
      const reader = this.#startReading('check', atMs);
      this.#state = { name: 'ready', reader, dueMs: atMs + SNAPSHOT_MS };
    }
  }

  #emit(): void {
    if (this.#events.length === 0) return;
    this.#effects.push({ type: 'emit', events: this.#events });
    this.#events = [];
  }

  #send(text: string): void {
    this.#effects.push({ type: 'send', text });
  }

  #enter(state: ConversationState): void {
    this.#state = state;
    this.#effects.push({ type: 'changed' });
  }

  #fail(fault: LinkFault): void {
    this.#state = { name: 'over', dueMs: Number.POSITIVE_INFINITY };
    // What was understood before it still happened.
    this.#emit();
    this.#effects.push({ type: 'failed', fault });
  }
}

const beginsInDialplan = ({ message }: EarlyEvent): boolean =>
  message.event === 'Newchannel' && message.get('ChannelState') === '4';
