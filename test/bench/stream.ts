import { Deadlines } from '../../src/lib/deadlines.ts';
import type { Slot, Story } from './story.ts';

const CHUNK_CHARACTERS = 131_072;
/** Between two copies of a story at one site, seconds. */
const GAP_S = 2;
/** Copies begin spread over this time, so that they lie over one another. */
const SPREAD_S = 60;
/** A recording has fewer channels than this. */
const CHANNELS_A_COPY = 64;

/** One copy of a recording that is being played. */
export class Copy {
  readonly #story: Story;
  readonly #shiftS: number;
  readonly #number: number;
  #next = 0;

  /** @param number of the copy: no two of a stream share one. */
  constructor(story: Story, startMs: number, number: number) {
    this.#story = story;
    this.#shiftS = startMs / 1_000 - story.baseS;
    this.#number = number;
  }

  /** Instant of the next event; undefined when it is played to its end. */
  get nextMs(): number | undefined {
    const event = this.#story.events[this.#next];
    return event && (this.#story.baseS + event.offsetS + this.#shiftS) * 1_000;
  }

  /** The next event's text. */
  take(): string {
    let text = '';
    for (const piece of this.#story.events[this.#next]?.pieces ?? []) {
      text += typeof piece === 'string' ? piece : this.#fill(piece);
    }
    this.#next += 1;
    return text;
  }

  #fill({ kind, value, rest }: Slot): string {
    switch (kind) {
      case 'instant':
        return (value + this.#shiftS).toFixed(6);
      case 'second':
        return String(Math.floor(value + this.#shiftS));
      case 'uniqueid':
        return `${Math.floor(value + this.#shiftS)}.${this.#number * CHANNELS_A_COPY + Number(rest)}`;
      case 'channel':
        return hex(this.#number * CHANNELS_A_COPY + value);
      case 'bridge':
        return hex(this.#number) + rest;
    }
  }
}

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');

export interface StreamPlan {
  /** One entry for each story at each site: it is played again and again, one copy at a time. */
  readonly stories: readonly Story[];
  readonly startMs: number;
  /** No copy begins when so many events, and so many calls, have been played or begun. */
  readonly events: number;
  readonly calls?: number;
  /** Copies of streams before this one, where the same reader reads both. */
  readonly firstNumber?: number;
}

/** Plays stories over one another, each copy calls of its own; says what was played, which is whole at the end. */
export class Stream {
  readonly #plan: StreamPlan;
  readonly outcomes = new Map<string, number>();
  events = 0;
  calls = 0;
  copies = 0;
  /** The exchange's clock where the stream has come to. */
  atMs: number;

  constructor(plan: StreamPlan) {
    this.#plan = plan;
    this.atMs = plan.startMs;
  }

  *chunks(): Generator<Buffer> {
    const { stories, startMs } = this.#plan;
    const playing = new Deadlines<{ readonly story: Story; copy: Copy }>();
    stories.forEach((story, index) => {
      const copy = this.#begin(story, startMs + (index * SPREAD_S * 1_000) / stories.length);
      playing.set(copy.nextMs ?? 0, { story, copy });
    });
    let text = '';
    for (let due = playing.takeDue(Infinity); due; due = playing.takeDue(Infinity)) {
      const { item } = due;
      this.atMs = due.dueMs;
      text += item.copy.take();
      this.events += 1;
      if (item.copy.nextMs === undefined && this.#goesOn()) {
        item.copy = this.#begin(item.story, due.dueMs + GAP_S * 1_000);
      }
      if (item.copy.nextMs !== undefined) playing.set(item.copy.nextMs, item);
      if (text.length < CHUNK_CHARACTERS) continue;
      yield Buffer.from(text, 'latin1');
      text = '';
    }
    yield Buffer.from(text + lastEvent(this.atMs), 'latin1');
    this.events += 1;
  }

  #goesOn(): boolean {
    const { events, calls } = this.#plan;
    return this.events < events || (calls !== undefined && this.calls < calls);
  }

  #begin(story: Story, startMs: number): Copy {
    for (const { outcome, test } of story.truth.calls) {
      this.calls += 1;
      if (!test) this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    }
    this.copies += 1;
    return new Copy(story, startMs, (this.#plan.firstNumber ?? 0) + this.copies);
  }
}

/** What a reader knows the end by: nothing else in a stream tells of a reload. */
export function lastEvent(atMs: number): string {
  const instant = (atMs / 1_000).toFixed(6);
  return `Event: Reload\r\nPrivilege: system,all\r\nTimestamp: ${instant}\r\nModule: All\r\nStatus: 0\r\n\r\n`;
}
