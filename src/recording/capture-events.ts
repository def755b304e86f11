import { BootWatch } from '../ami/boot.ts';
import { type EarlyEvent, EarlyEvents } from '../ami/early-events.ts';
import { KNOWN_EVENTS, STAMPS_ALONE, translate } from '../ami/events.ts';
import { timestampMs } from '../ami/fields.ts';
import type { AmiMessage } from '../ami/message.ts';
import type { PbxEvent } from '../ami/pbx-event.ts';
import { CaptureReader, type CaptureItem } from './capture.ts';
import { PassingPicture, type PassedPicture } from './passing-picture.ts';
import { ServerSide } from './server-side.ts';

/** A session reads its first picture within this; what came without one is then taken as it is. */
const PICTURE_MS = 60_000;

const ENOUGH_WITHOUT_TIME = 100;

/** What was met in a capture, for the last lines of a replay. */
export interface CaptureCounts {
  readonly messages: number;
  readonly events: number;
  readonly pictures: number;
  readonly connections: number;
  /** Blocks that could not be read. */
  readonly broken: number;
  /** Known events without a Timestamp. */
  readonly unstamped: number;
}

/**
 * What the daemon would have seen of a capture, live: the events of each connection, its pictures, and the blindness
 * between two connections. The exchange's clock is taken for ours. Pure; bytes in, events out, never throws.
 */
export class CaptureEvents {
  readonly #reader = new CaptureReader();
  #side = new ServerSide();
  #picture = new PassingPicture();
  readonly #boots = new BootWatch();
  #early = new EarlyEvents();
  /** Before the first picture of a connection what comes is kept back, until it is known what of it is older. */
  #isEarly = true;
  #earlySinceMs: number | undefined;
  #hasPicture = false;
  #uptimeS: number | undefined;
  #lastMs: number | undefined;
  #out: PbxEvent[] = [];
  #messages = 0;
  #events = 0;
  #pictures = 0;
  #connections = 0;
  #unstamped = 0;
  #isWithoutTime = false;
  #strays = 0;

  get counts(): CaptureCounts {
    return {
      messages: this.#messages,
      events: this.#events,
      pictures: this.#pictures,
      connections: this.#connections,
      broken: this.#reader.broken + this.#strays + this.#side.strays,
      unstamped: this.#unstamped,
    };
  }

  /** The last instant the capture tells of, exchange clock; undefined before the first. */
  get lastMs(): number | undefined {
    return this.#lastMs;
  }

  /** Whether so many events came without a Timestamp, and none with one, that none will have one. */
  get isWithoutTime(): boolean {
    return this.#isWithoutTime;
  }

  push(chunk: Buffer): PbxEvent[] {
    return this.#take(this.#reader.push(chunk));
  }

  /** The capture ends here: what was kept back comes now. */
  end(): PbxEvent[] {
    const events = this.#take(this.#reader.end());
    this.#leave();
    return [...events, ...this.#handOver()];
  }

  #take(items: readonly CaptureItem[]): PbxEvent[] {
    for (const item of items) {
      if (item.type === 'connection') this.#connect();
      else for (const message of this.#side.take(item.message)) this.#hear(message);
    }
    return this.#handOver();
  }

  #handOver(): PbxEvent[] {
    const events = this.#out;
    this.#out = [];
    return events;
  }

  /** A banner: whatever was open on the connection before is out of sight until the next picture. */
  #connect(): void {
    if (this.#connections > 0) {
      this.#leave();
      const atMs = this.#lastMs;
      // A connection on which nothing was understood showed nothing: we are as blind as before it.
      if (atMs !== undefined && this.#events + this.#pictures > 0) {
        this.#out.push({ type: 'link-lost', pbxMs: atMs, atMs, lastHeardMs: atMs });
      }
    }
    this.#connections += 1;
    this.#strays += this.#side.strays;
    this.#side = new ServerSide();
    this.#picture = new PassingPicture();
    this.#early = new EarlyEvents();
    this.#isEarly = true;
    this.#earlySinceMs = undefined;
    this.#hasPicture = false;
    this.#uptimeS = undefined;
  }

  #leave(): void {
    for (const message of this.#side.end()) this.#hear(message);
    const picture = this.#picture.close();
    if (picture !== undefined) this.#show(picture);
    this.#stopWaiting();
  }

  #hear(message: AmiMessage): void {
    this.#messages += 1;
    const name = message.event;
    if (name === '') {
      this.#note(timestampMs(message));
      if (this.#picture.takeAnswer(message)) this.#showPicture();
    } else if (!this.#picture.takeLine(message) && KNOWN_EVENTS.has(name)) this.#onEvent(name, message);
  }

  #onEvent(name: string, message: AmiMessage): void {
    const pbxMs = timestampMs(message);
    if (name === 'FullyBooted') this.#uptimeS = uptimeOf(message);
    if (Number.isNaN(pbxMs)) {
      // The FullyBooted that a login is greeted with is written without one (manager.c, session_do).
      if (name !== 'FullyBooted') this.#unstamped += 1;
      if (this.#events === 0 && this.#unstamped >= ENOUGH_WITHOUT_TIME) this.#isWithoutTime = true;
      return;
    }
    if (this.#picture.isClosedBy(pbxMs)) this.#showPicture();
    this.#note(pbxMs);
    this.#events += 1;
    if (!this.#isEarly) return this.#hand([{ message, pbxMs }]);
    this.#earlySinceMs ??= pbxMs;
    const isKept = this.#early.keep(message, pbxMs);
    if (!isKept || pbxMs - this.#earlySinceMs > PICTURE_MS) this.#stopWaiting();
  }

  #showPicture(): void {
    const picture = this.#picture.close();
    if (picture !== undefined) this.#show(picture);
  }

  #show(picture: PassedPicture): void {
    const { startup, ...lists } = picture;
    const isFirst = !this.#hasPicture;
    const bootedAtMs = this.#uptimeS === undefined ? undefined : picture.pbxMs - this.#uptimeS * 1_000;
    const rebooted = isFirst && this.#boots.observe(bootedAtMs, startup);
    const { before, after } = this.#early.splitAt(picture.pbxMs);
    this.#pictures += 1;
    this.#hasPicture = true;
    this.#isEarly = false;
    this.#hand(before);
    const purpose = isFirst ? 'resync' : 'check';
    this.#out.push({ type: 'snapshot', purpose, rebooted, atMs: picture.pbxMs, ...lists });
    this.#hand(after);
  }

  #stopWaiting(): void {
    this.#isEarly = false;
    const { before, after } = this.#early.splitAt(0);
    this.#hand([...before, ...after]);
  }

  #hand(events: readonly EarlyEvent[]): void {
    for (const { message } of events) {
      const event = translate(message, STAMPS_ALONE);
      if (event !== undefined) this.#out.push(event);
    }
  }

  #note(pbxMs: number): void {
    if (pbxMs > (this.#lastMs ?? 0)) this.#lastMs = pbxMs;
  }
}

function uptimeOf(message: AmiMessage): number | undefined {
  const uptime = message.get('Uptime');
  return /^\d+$/.test(uptime) ? Number(uptime) : undefined;
}
