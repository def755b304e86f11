import type { AmiBlock } from './ami-client.ts';
import type { Placed } from './pbx-config.ts';
import type { Span } from './scenario.ts';

/** One call as a phone of the outside world lived it, by that world's clock (unix ms). */
export interface PhoneCall {
  readonly phone: string;
  readonly dialling: boolean;
  readonly fromMs: number;
  upMs: number | undefined;
  endMs: number | undefined;
  readonly holds: { fromMs: number; untilMs: number | undefined }[];
}

interface Actor {
  readonly key: string;
  readonly name: string;
  readonly call: PhoneCall;
}

/**
 * What happened, as the outside world saw it: marks by scenario (`caller0.up`, `a.ring`, `a.end.2`, or what a script
 * wrote down) and the life of every phone. Fed with the outside world's events only; knows nothing of the PBX.
 */
export class Timeline {
  readonly #marks = new Map<string, Map<string, number>>();
  readonly #actors = new Map<string, Actor>();
  readonly #phones = new Map<string, { readonly key: string; readonly name: string }>();
  readonly #counts = new Map<string, number>();
  readonly #waiting = new Set<() => void>();
  readonly phoneCalls: PhoneCall[] = [];
  /** Channels alive, by scenario. */
  readonly #open = new Map<string, number>();

  constructor(placed: readonly Placed[]) {
    for (const { scenario, names } of placed) {
      this.#marks.set(scenario.key, new Map());
      for (const seat of Object.keys(scenario.seats ?? {})) {
        this.#phones.set(names.phone(seat), { key: scenario.key, name: seat });
      }
      for (const mobile of Object.keys(scenario.mobiles ?? {})) {
        this.#phones.set(names.mobile(mobile), { key: scenario.key, name: mobile });
      }
    }
  }

  /** The driver says who a channel it is about to originate will be. */
  expect(uniqueid: string, key: string, name: string, phone: string): void {
    const call = { phone, dialling: true, fromMs: 0, upMs: undefined, endMs: undefined, holds: [] };
    this.#actors.set(uniqueid, { key, name, call });
    this.#open.set(key, (this.#open.get(key) ?? 0) + 1);
  }

  take(event: AmiBlock): void {
    const atMs = Number(event['timestamp']) * 1000;
    const uniqueid = event['uniqueid'] ?? '';
    if (event['event'] === 'Newchannel') this.#born(event, uniqueid, atMs);
    if (event['event'] === 'Registry') this.#registered(event, atMs);
    const actor = this.#actors.get(uniqueid);
    if (actor === undefined) {
      for (const look of this.#waiting) look();
      return;
    }
    if (event['event'] === 'Newstate') this.#state(actor, event, atMs);
    else if (event['event'] === 'UserEvent') this.#said(actor, event['name'] ?? '', atMs);
    else if (event['event'] === 'Hangup') this.#gone(actor, uniqueid, atMs);
    for (const look of this.#waiting) look();
  }

  mark(key: string, name: string): number | undefined {
    return this.#marks.get(key)?.get(name);
  }
  marks(key: string): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#marks.get(key) ?? []);
  }
  /** Writes down something the driver did itself. */
  note(key: string, name: string, atMs: number): void {
    this.#write(key, name, atMs);
    for (const look of this.#waiting) look();
  }
  /** Seconds; undefined while one of its marks is not there. */
  seconds(key: string, span: Span): number | undefined {
    if (typeof span === 'number') return span;
    const [from, to] = span.map((name) => this.mark(key, name));
    return from === undefined || to === undefined ? undefined : (to - from) / 1000;
  }

  /** Resolves when the mark is there. */
  reached(key: string, name: string): Promise<void> {
    return this.#until(() => this.mark(key, name) !== undefined);
  }
  /** Resolves when no channel of the scenario is left in the outside world. */
  quiet(key: string): Promise<void> {
    return this.#until(() => (this.#open.get(key) ?? 0) === 0);
  }

  #until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  #born(event: AmiBlock, uniqueid: string, atMs: number): void {
    const expected = this.#actors.get(uniqueid);
    if (expected !== undefined) {
      const call = { ...expected.call, fromMs: atMs };
      this.#actors.set(uniqueid, { ...expected, call });
      this.phoneCalls.push(call);
      this.#write(expected.key, `${expected.name}.start`, atMs);
      return;
    }
    const phone = this.#phones.get(event['exten'] ?? '');
    if (phone === undefined) return;
    const nth = this.#count(`${phone.key}/${phone.name}`);
    const call: PhoneCall = {
      phone: event['exten'] ?? '',
      dialling: false,
      fromMs: atMs,
      upMs: undefined,
      endMs: undefined,
      holds: [],
    };
    this.phoneCalls.push(call);
    this.#actors.set(uniqueid, {
      key: phone.key,
      name: nth === 1 ? phone.name : `${phone.name}#${nth}`,
      call,
    });
    this.#open.set(phone.key, (this.#open.get(phone.key) ?? 0) + 1);
    this.#write(phone.key, `${nth === 1 ? phone.name : `${phone.name}#${nth}`}.ring`, atMs);
  }

  /** A phone has told the exchange where it is (`a.registered`, `a.registered#2`), or taken it back. */
  #registered(event: AmiBlock, atMs: number): void {
    const phone = this.#phones.get(/^sip:([^@]*)@/.exec(event['username'] ?? '')?.[1] ?? '');
    if (phone === undefined) return;
    const what = `${phone.name}.${(event['status'] ?? '').toLowerCase()}`;
    const nth = this.#count(`${phone.key}/${what}`);
    this.#write(phone.key, nth === 1 ? what : `${what}#${nth}`, atMs);
  }

  #state(actor: Actor, event: AmiBlock, atMs: number): void {
    if (event['channelstatedesc'] === 'Ringing') this.#write(actor.key, `${actor.name}.ringing`, atMs);
    if (event['channelstatedesc'] !== 'Up') return;
    actor.call.upMs = atMs;
    this.#write(actor.key, `${actor.name}.up`, atMs);
  }

  #said(actor: Actor, name: string, atMs: number): void {
    this.#write(actor.key, `${actor.name}.${name}`, atMs);
    if (name === 'hold') actor.call.holds.push({ fromMs: atMs, untilMs: undefined });
    const held = actor.call.holds.at(-1);
    if (name === 'unhold' && held !== undefined) held.untilMs = atMs;
  }

  #gone(actor: Actor, uniqueid: string, atMs: number): void {
    actor.call.endMs = atMs;
    this.#write(actor.key, `${actor.name}.end`, atMs);
    this.#actors.delete(uniqueid);
    this.#open.set(actor.key, (this.#open.get(actor.key) ?? 0) - 1);
  }

  #write(key: string, name: string, atMs: number): void {
    const marks = this.#marks.get(key);
    if (marks !== undefined && !marks.has(name)) marks.set(name, atMs);
  }
  #count(of: string): number {
    const count = (this.#counts.get(of) ?? 0) + 1;
    this.#counts.set(of, count);
    return count;
  }
}
