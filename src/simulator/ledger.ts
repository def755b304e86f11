import { TRUNK } from './company.ts';
import { type Moment, storyOf } from './call-story.ts';
import type { InboundPlan } from './plan.ts';
import { TEST_CALLER } from './planner.ts';
import { type Span, spansOf } from './seat-spans.ts';
import { localMinute, type PracticeSite } from './site.ts';
import type { Intent } from './traffic.ts';
import { judgeStory, type TrueCall } from './true-call.ts';

/** A caller from outside in the book: what it will live through, and what the norm says of it. */
export interface Entry {
  readonly plan: InboundPlan;
  readonly moments: readonly Moment[];
  readonly reachedMs: number;
  readonly endedMs: number;
  /** Undefined for callers who reach no hotline: another exchange's, and strays. */
  readonly truth: TrueCall | undefined;
}

/**
 * The practice exchange's own book of the truth, written from what its people mean to do, before any event of it is
 * sent. It knows nothing of events; all instants are true time, whatever the exchange's clock says.
 */
export class Ledger {
  readonly #site: PracticeSite;
  #entries: Entry[] = [];
  readonly #spans = new Map<string, Span[]>();
  readonly #outages: { readonly fromMs: number; readonly untilMs: number }[] = [];

  constructor(site: PracticeSite) {
    this.#site = site;
  }

  /** Everyone who called, in the order in which they decided to. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Somebody decided this; to be told at once, before it begins. */
  write(intent: Intent): void {
    const isOfCall = intent.kind === 'inbound' || intent.kind === 'outbound' || intent.kind === 'internal';
    if (
      isOfCall &&
      this.#outages.some(({ fromMs, untilMs }) => intent.atMs >= fromMs && intent.atMs < untilMs)
    )
      return;
    for (const span of spansOf(intent)) {
      const spans = this.#spans.get(span.seat);
      if (spans) spans.push(span);
      else this.#spans.set(span.seat, [span]);
    }
    if (intent.kind === 'inbound') this.#entries.push(this.#entryOf(intent, storyOf(intent)));
  }

  /**
   * The exchange is down from `fromMs` to `untilMs`: every call ends with it, and who calls meanwhile reaches nothing.
   * Breaks and shifts go on.
   */
  writeOutage(fromMs: number, untilMs: number): void {
    this.#outages.push({ fromMs, untilMs });
    this.#entries = this.#entries
      .filter(({ reachedMs }) => reachedMs < fromMs || reachedMs >= untilMs)
      .map((entry) => {
        if (entry.reachedMs >= fromMs || entry.endedMs <= fromMs) return entry;
        const before = entry.moments.filter(({ atMs }) => atMs <= fromMs);
        return this.#entryOf(entry.plan, [
          ...before,
          { what: 'ended', atMs: fromMs, by: 'exchange', blocked: false },
        ]);
      });
    for (const [seat, spans] of this.#spans) this.#spans.set(seat, cutSpans(spans, fromMs, untilMs));
  }

  /** Tears out the pages of what was over before `atMs`. */
  forget(atMs: number): void {
    this.#entries = this.#entries.filter(({ endedMs }) => endedMs >= atMs);
    for (const [seat, spans] of this.#spans)
      this.#spans.set(
        seat,
        spans.filter(({ untilMs }) => untilMs >= atMs),
      );
    while ((this.#outages[0]?.untilMs ?? Infinity) < atMs) this.#outages.shift();
  }

  /** What a seat truly does at an instant, and since when: the strongest of what it is in. */
  seatAt(
    seat: string,
    atMs: number,
  ): { readonly state: Span['state'] | 'idle'; readonly span: Span | undefined } {
    let strongest: Span | undefined;
    for (const span of this.#spans.get(seat) ?? []) {
      if (atMs < span.fromMs || atMs >= span.untilMs) continue;
      if (!strongest || RANK[span.state] > RANK[strongest.state]) strongest = span;
    }
    return { state: strongest?.state ?? 'idle', span: strongest };
  }

  /** Whether something of the seat begins or ends within `marginMs` of the instant. */
  isChanging(seat: string, atMs: number, marginMs: number): boolean {
    return (this.#spans.get(seat) ?? []).some(
      ({ fromMs, untilMs }) => Math.abs(fromMs - atMs) <= marginMs || Math.abs(untilMs - atMs) <= marginMs,
    );
  }

  #entryOf(plan: InboundPlan, moments: readonly Moment[]): Entry {
    const { hotline, trunk, caller } = plan;
    const isOpen = hotline !== undefined && this.#isOpen(hotline.staffed, plan.atMs);
    const truth =
      hotline && trunk === TRUNK ? judgeStory(moments, hotline, isOpen, caller === TEST_CALLER) : undefined;
    return { plan, moments, reachedMs: plan.atMs, endedMs: moments.at(-1)?.atMs ?? plan.atMs, truth };
  }

  #isOpen(
    staffed: { readonly fromMin: number; readonly untilMin: number } | undefined,
    atMs: number,
  ): boolean {
    const minute = localMinute(this.#site, atMs);
    return !staffed || (minute >= staffed.fromMin && minute < staffed.untilMin);
  }
}

const RANK: Readonly<Record<Span['state'], number>> = {
  offline: 1,
  paused: 2,
  'wrap-up': 3,
  ringing: 4,
  'on-hold': 5,
  dialling: 6,
  talking: 7,
};

/** What is of a call ends with the exchange or never begins; its queues forget whom they would leave in peace. */
function cutSpans(spans: readonly Span[], fromMs: number, untilMs: number): Span[] {
  return spans.flatMap((span) => {
    if (!span.ofCall || span.callFromMs >= untilMs || span.untilMs <= fromMs) return [span];
    return span.callFromMs >= fromMs || span.fromMs >= fromMs ? [] : [{ ...span, untilMs: fromMs }];
  });
}
