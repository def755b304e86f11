import type { EventClass } from './ami-block.ts';
import type { AmiClient, ClientEffect } from './ami-client.ts';

/** Of the lists that race with events: how long each action takes, and how late events are. */
const ACTION_MS = 15;
const EVENT_LAG_MS = 25;

/**
 * What one AMI client is sent, in order and in time, by virtual time: usually at once; held back while the line
 * stalls; and where lists race with events, an answer overtakes the events that were queued before it, as
 * manager.c writes answers at once and events only between two actions.
 */
export class AmiLine {
  readonly #client: AmiClient;
  readonly #isRacing: boolean;
  #ready = '';
  #events = '';
  #eventsDueMs = Infinity;
  #actions: { readonly dueMs: number; readonly text: string }[] = [];
  #stalledUntilMs = -Infinity;
  /** Of the next event so many characters are sent, and nothing ever after. */
  #lastCharacters: number | undefined;
  #isDead = false;
  #closing: (ClientEffect & { readonly type: 'close' }) | undefined;

  constructor(client: AmiClient, isRacing: boolean) {
    this.#client = client;
    this.#isRacing = isRacing;
  }

  get isLoggedIn(): boolean {
    return this.#client.isLoggedIn;
  }
  /** It ended in the middle of a message. */
  get isDead(): boolean {
    return this.#isDead;
  }

  /** The exchange closes it, after what has been taken: a refused login, a Logoff. */
  get closing(): (ClientEffect & { readonly type: 'close' }) | undefined {
    return this.#closing;
  }

  /** Something happened on the exchange. */
  hear(eventClass: EventClass, text: string, atMs: number): void {
    if (this.#isDead || !this.#client.wants(eventClass)) return;
    if (this.#lastCharacters !== undefined) {
      this.#ready += this.#events + text.slice(0, this.#lastCharacters);
      this.#isDead = true;
    } else if (!this.#isRacing) this.#ready += text;
    else {
      if (this.#events === '') this.#eventsDueMs = atMs + EVENT_LAG_MS;
      this.#events += text;
    }
  }

  /** The client said this: one or more whole actions. */
  receive(text: string, atMs: number): void {
    if (this.#isDead) return;
    if (!this.#isRacing) return this.#answer(text);
    let dueMs = Math.max(atMs, this.#actions.at(-1)?.dueMs ?? -Infinity);
    for (const action of text.split(/(?<=\r\n\r\n)/)) {
      this.#actions.push({ dueMs, text: action });
      dueMs += ACTION_MS;
    }
  }

  /** Nothing is written before `untilMs`. */
  stall(untilMs: number): void {
    this.#stalledUntilMs = Math.max(this.#stalledUntilMs, untilMs);
  }

  /** The next event is the last, and of it only so much arrives. */
  breakInNextEvent(characters: number): void {
    this.#lastCharacters = characters;
  }

  /** The next instant at which there is something to take; Infinity when nothing waits. */
  get dueMs(): number {
    if (this.#ready !== '') return this.#stalledUntilMs;
    const dueMs = this.#actions[0]?.dueMs ?? this.#eventsDueMs;
    return Math.max(dueMs, this.#stalledUntilMs);
  }

  /** What arrives at the client now. */
  take(atMs: number): string {
    // What waited for the line to go on is written before anything new is read.
    if (this.#eventsDueMs < atMs - EVENT_LAG_MS) this.#flushEvents();
    while (this.#actions[0] !== undefined && this.#actions[0].dueMs <= atMs) {
      this.#answer(this.#actions.shift()?.text ?? '');
      this.#flushEvents();
    }
    if (this.#events !== '' && this.#eventsDueMs <= atMs && this.#actions.length === 0) this.#flushEvents();
    if (atMs < this.#stalledUntilMs) return '';
    const text = this.#ready;
    this.#ready = '';
    return text;
  }

  #answer(text: string): void {
    for (const effect of this.#client.receive(text)) {
      if (effect.type === 'send') this.#ready += effect.text;
      else this.#closing = effect;
    }
  }

  #flushEvents(): void {
    this.#ready += this.#events;
    this.#events = '';
    this.#eventsDueMs = Infinity;
  }
}
