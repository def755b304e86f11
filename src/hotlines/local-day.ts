import { Temporal } from 'temporal-polyfill';

/** A stretch of a local day in which the clock on the wall does not jump. */
interface Stretch {
  readonly fromMs: number;
  readonly untilMs: number;
  /** Add to an instant to get the wall clock as if it were UTC. */
  readonly offsetMs: number;
}

const MINUTE_MS = 60_000;

/**
 * One date in one zone, from its first instant to the next date's: 23 or 25 hours where the clock changes. Costs some
 * Temporal arithmetic once; after that every question is plain numbers.
 */
export class LocalDay {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** 0 Monday .. 6 Sunday */
  readonly weekdayIndex: number;
  readonly fromMs: number;
  readonly untilMs: number;
  private readonly midnightMs: number;
  private readonly stretches: readonly Stretch[];

  private constructor(date: Temporal.PlainDate, zone: string) {
    const first = date.toZonedDateTime(zone);
    const next = date.add({ days: 1 }).toZonedDateTime(zone);
    this.date = date.toString();
    this.weekdayIndex = date.dayOfWeek - 1;
    this.fromMs = first.epochMilliseconds;
    this.untilMs = next.epochMilliseconds;
    this.midnightMs = Date.UTC(date.year, date.month - 1, date.day);
    this.stretches = stretchesOf(first, this.untilMs);
  }

  static at(zone: string, atMs: number): LocalDay {
    const date = Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs))
      .toZonedDateTimeISO(zone)
      .toPlainDate();
    const day = new LocalDay(date, zone);
    // Where the clock goes back over midnight (St. John's until 2011) a date comes twice; the days stay one after the other.
    return atMs < day.untilMs ? day : new LocalDay(date.add({ days: 1 }), zone);
  }

  static of(zone: string, date: string): LocalDay {
    return new LocalDay(Temporal.PlainDate.from(date), zone);
  }

  holds(atMs: number): boolean {
    return atMs >= this.fromMs && atMs < this.untilMs;
  }

  /** What a clock on the wall shows, in whole minutes since midnight. */
  wallMinute(atMs: number): number {
    return Math.floor((atMs + this.stretchAt(atMs).offsetMs - this.midnightMs) / MINUTE_MS);
  }

  /** The instants next to `atMs` at which the wall shows minutes from `fromMin` until `untilMin`, without a jump. */
  instantsAround(atMs: number, fromMin: number, untilMin: number): { fromMs: number; untilMs: number } {
    const { fromMs, untilMs, offsetMs } = this.stretchAt(atMs);
    const instantOf = (minute: number): number => this.midnightMs + minute * MINUTE_MS - offsetMs;
    return { fromMs: Math.max(fromMs, instantOf(fromMin)), untilMs: Math.min(untilMs, instantOf(untilMin)) };
  }

  /** The first instant at which the wall shows `minute` or later: right after the jump where the clock leaps over it. */
  instantOf(minute: number): number {
    const wallMs = this.midnightMs + minute * MINUTE_MS;
    for (const { fromMs, untilMs, offsetMs } of this.stretches) {
      const atMs = Math.max(fromMs, wallMs - offsetMs);
      if (atMs < untilMs) return atMs;
    }
    return this.untilMs;
  }

  private stretchAt(atMs: number): Stretch {
    const stretch = this.stretches.findLast((candidate) => candidate.fromMs <= atMs) ?? this.stretches[0];
    return stretch ?? { fromMs: this.fromMs, untilMs: this.untilMs, offsetMs: 0 };
  }

  /** `YYYY-MM-DD` of the date `days` away (negative: before). */
  dateFromHere(days: number): string {
    return Temporal.PlainDate.from(this.date).add({ days }).toString();
  }
}

function stretchesOf(first: Temporal.ZonedDateTime, untilMs: number): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let from = first;
  for (;;) {
    const next = from.getTimeZoneTransition('next');
    const endMs = Math.min(next?.epochMilliseconds ?? untilMs, untilMs);
    const offsetMs = from.offsetNanoseconds / 1e6;
    stretches.push({ fromMs: from.epochMilliseconds, untilMs: endMs, offsetMs });
    if (next === null || endMs >= untilMs) return stretches;
    from = next;
  }
}
