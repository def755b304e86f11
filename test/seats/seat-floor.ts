import type { PbxEvent, Snapshot } from '../../src/ami/pbx-event.ts';
import { Channels } from '../../src/calls/channels.ts';
import type { Fact, Listened, SeatInterval } from '../../src/calls/facts.ts';
import type { PbxDefinition } from '../../src/hotlines/definition.ts';
import type { BusyFor } from '../../src/seats/busy-lookup.ts';
import type { LiveSeat } from '../../src/seats/live.ts';
import { Seats } from '../../src/seats/reduce.ts';
import { somePbx } from '../support/definitions.ts';
import { EventScript, SCRIPT_START_MS } from '../support/event-script.ts';

/** Seats over a channel picture of their own, fed by a script; who calls for what is told by the test. */
export class SeatFloor {
  readonly channels = new Channels();
  readonly facts: SeatInterval[] = [];
  readonly listened: Listened[] = [];
  readonly callers = new Map<string, BusyFor>();
  readonly seats: Seats;
  readonly script: EventScript;

  constructor(changes: Partial<PbxDefinition> = {}) {
    this.seats = new Seats({
      pbx: somePbx({ queues: [{ name: 'gas-sales', wrapupS: undefined, emergency: false }], ...changes }),
      channels: this.channels,
      busy: (uniqueid) => this.callers.get(uniqueid),
      emit: (fact: Fact) => {
        if (fact.type === 'seat-interval') this.facts.push(fact);
        else if (fact.type === 'listened') this.listened.push(fact);
      },
      startedAtMs: SCRIPT_START_MS,
    });
    this.script = new EventScript((event) => this.take(event));
  }

  take(event: PbxEvent): void {
    this.seats.advance(event.atMs);
    if (event.type === 'queue-joined')
      this.callers.set(event.uniqueid, { busyWith: 'queue', on: event.queue });
    if (event.type === 'snapshot') this.#putRight(event);
    this.channels.apply(event);
    this.seats.reduce(event);
    if (event.type === 'snapshot') this.seats.listening.find(event);
    if (event.type === 'channel-gone') this.channels.forget(event.uniqueid, event.pbxMs);
  }

  /** Lets time pass up to `seconds` after the start. */
  advance(seconds: number): this {
    this.script.at(seconds);
    this.seats.advance(this.script.nowMs);
    return this;
  }

  seat(key = 'PJSIP/101'): LiveSeat {
    const seat = this.seats.seat(key);
    if (!seat) throw new Error(`no seat ${key}`);
    return seat;
  }
  /** `state busyWith on since`, since in s after the start: `talking queue gas-sales 3`. */
  show(key = 'PJSIP/101'): string {
    const { state, busyWith, on, sinceMs } = this.seat(key);
    return [state, busyWith, on, (sinceMs - SCRIPT_START_MS) / 1000]
      .filter((part) => (part ?? '') !== '')
      .join(' ');
  }
  /** Intervals that ended: `state busyWith from-until`. */
  intervals(key = 'PJSIP/101'): string[] {
    return this.facts
      .filter((fact) => fact.seat === key)
      .map(({ state, busyWith, fromMs, atMs }) => {
        const [from, until] = [fromMs, atMs].map((ms) => (ms - SCRIPT_START_MS) / 1000);
        return `${state}${busyWith === undefined ? '' : ` ${busyWith}`} ${from}-${until}`;
      });
  }

  /** What the calls do with the shared picture before the seats see a snapshot. */
  #putRight(snapshot: Snapshot): void {
    const lines = new Map(snapshot.channels.map((line) => [line.uniqueid, line]));
    for (const channel of this.channels.all()) {
      if (!lines.has(channel.uniqueid)) this.channels.forget(channel.uniqueid, snapshot.pbxMs);
    }
    for (const line of snapshot.channels) {
      const channel = this.channels.get(line.uniqueid) ?? this.channels.takeUp(line, snapshot);
      this.channels.correct(channel, line);
    }
  }
}
