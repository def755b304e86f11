import type { BreachKind, StandingBreach } from '../../src/breaches/breach.ts';
import type { OverdueCallBack } from '../../src/breaches/look.ts';
import { StandingBreaches, type BreachTerms } from '../../src/breaches/standing-breaches.ts';
import { ReportBuilder } from '../../src/rates/build-report.ts';
import { Tally } from '../../src/rates/tally.ts';
import { runningSpans } from '../../src/running-spans.ts';
import type { LiveSeat } from '../../src/seats/live.ts';
import { someHotline, someHours, someWatch } from '../support/definitions.ts';
import { someCalls, someLink, someSeat } from '../support/picture.ts';

const MINUTE_MS = 60_000;
const DAY = [{ fromMin: 8 * 60, untilMin: 18 * 60 }];
/** Tuesday, eight in the morning: the hotline opens. */
export const OPENS_MS = Date.parse('2026-03-03T08:00:00Z');
export const at = (minute: number): number => OPENS_MS + minute * MINUTE_MS;

/** Exchange `north`, open from 8 to 18. */
export function watchByDay() {
  const week = { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY, sat: [], sun: [] };
  return someWatch({ hotlines: [someHotline({ hours: someHours({ week }) })] });
}

/** A floor whose seats do what they are told, looked at every ten seconds; instants are minutes after opening. */
export class Floor {
  readonly breaches: StandingBreaches;
  readonly seats = new Map<string, LiveSeat>();
  overdue: readonly OverdueCallBack[] = [];
  isSeen = true;
  #blindSinceMs: number | undefined;
  #nowMs: number;
  readonly #builder: ReportBuilder;

  constructor(fromMinute: number, terms: Partial<BreachTerms> = {}) {
    const definition = watchByDay();
    const rules = {
      unstaffedMs: 30_000,
      awayMs: 20 * MINUTE_MS,
      pausesMs: new Map([['lunch', 45 * MINUTE_MS]]),
    };
    this.breaches = new StandingBreaches({ definition, rules, roster: undefined, ...terms });
    this.#nowMs = at(fromMinute);
    this.#builder = new ReportBuilder(new Tally(terms.definition ?? definition), this.#nowMs);
  }

  seat(name: string, changes: Partial<LiveSeat> = {}): void {
    const before = this.seats.get(name) ?? someSeat({ interface: name, sinceMs: this.#nowMs });
    const since = { sinceMs: this.#nowMs, intervalFromMs: this.#nowMs };
    this.seats.set(name, { ...before, ...since, ...changes });
  }

  pause(name: string, reason: string): void {
    const memberships = new Map([['support', { status: 1, paused: true }]]);
    this.seat(name, { state: 'paused', paused: true, pausedReason: reason, memberships });
  }

  /** Lets time pass, looking as it does. */
  until(minute: number): void {
    while (this.#nowMs < at(minute)) {
      this.#nowMs = Math.min(at(minute), this.#nowMs + 10_000);
      this.look();
    }
  }

  look(): void {
    const nowMs = this.#nowMs;
    this.#blindSinceMs = this.isSeen ? undefined : (this.#blindSinceMs ?? nowMs);
    const blindSince = new Map(this.#blindSinceMs === undefined ? [] : [['north', this.#blindSinceMs]]);
    const seats = [...this.seats.values()];
    const links = [someLink({ state: this.isSeen ? 'ready' : 'waiting-to-retry' })];
    const report = this.#builder.build({ nowMs, calls: [someCalls()], seats, links, blindSince });
    this.breaches.look({ nowMs, report, seats, spans: runningSpans(seats, nowMs), overdue: this.overdue });
  }

  of(kind: BreachKind): readonly StandingBreach[] {
    return this.breaches.list().filter((breach) => breach.kind === kind);
  }

  /** `from-until` in minutes after opening, `-` while it lasts. */
  spans(kind: BreachKind): readonly string[] {
    const minute = (ms: number): number => (ms - OPENS_MS) / MINUTE_MS;
    return this.of(kind).map(
      ({ seat, queue, sinceMs, untilMs }) =>
        `${seat}${queue} ${minute(sinceMs)} to ${untilMs === undefined ? '-' : minute(untilMs)}`,
    );
  }
}
