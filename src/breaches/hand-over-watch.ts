import type { SeatInterval } from '../calls/facts.ts';
import { checkHandOver } from '../roster/hand-over.ts';
import type { SeatSpan } from '../roster/presence.ts';
import type { Roster } from '../roster/roster.ts';
import type { Finding, FloorLook } from './look.ts';

/** A hand-over is a change of agents within an hour of the end of a shift (roster/hand-over.ts); some of the time before it too. */
const BEFORE_MS = 75 * 60_000;
const AFTER_MS = 3_600_000;

/**
 * The hand-over while it happens: seats left at the end of a shift before their successor was there. What seats did is
 * remembered around the ends of shifts only. That a queue is left with nobody in the middle of a shift is told by the queue.
 */
export class HandOverWatch {
  #spans: SeatSpan[] = [];
  /** Of the last shift that ended: told until the next one does. */
  #findings: Finding[] = [];
  #judgedMs = -Infinity;

  hear(fact: SeatInterval, roster: Roster): void {
    const { fromMs, untilMs } = roster.shiftAt(fact.atMs);
    if (fact.atMs >= untilMs - BEFORE_MS || fact.fromMs <= fromMs + AFTER_MS) this.#spans.push(fact);
  }

  look({ nowMs, spans }: FloorLook, roster: Roster): Finding[] {
    const running = roster.shiftAt(nowMs);
    if (nowMs > running.fromMs + AFTER_MS) {
      // Nothing of the last end is judged any more; what belongs to the next one has its time.
      this.#spans = this.#spans.filter(({ atMs }) => atMs >= running.untilMs - BEFORE_MS);
      return this.#findings;
    }
    const ended = roster.shiftAt(running.fromMs - 1);
    if (ended.untilMs !== this.#judgedMs) this.#findings = [];
    this.#judgedMs = ended.untilMs;
    const { findings } = checkHandOver(roster, ended, [...this.#spans, ...spans], nowMs);
    this.#findings = findings
      .filter(({ when }) => when === 'shift-end')
      .map(({ pbx, seat, agent, leftAtMs, relievedAtMs }) => ({
        pbx,
        seat,
        agent,
        about: seat,
        sinceMs: leftAtMs,
        ...(relievedAtMs !== undefined && { untilMs: relievedAtMs }),
      }));
    return this.#findings;
  }
}
