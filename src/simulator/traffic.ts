import { SEATS } from './company.ts';
import type { AbsencePlan, InboundPlan, InternalPlan, OutboundPlan } from './plan.ts';
import { Planner } from './planner.ts';
import type { Posts } from './posts.ts';
import type { Random } from './random.ts';
import type { Roster } from './roster.ts';
import { localMinute, type PracticeSite } from './site.ts';

/** Something somebody means to do, with the instant it begins at. */
export type Intent = InboundPlan | OutboundPlan | InternalPlan | AbsencePlan;

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
/** Shifts: from shortly before the lines open until they close. */
const DUTY = { fromMin: 7 * 60 + 50, untilMin: 20 * 60 } as const;
/** Calls of each hour of the local day as a share of the busiest hour's. */
const PROFILE: readonly number[] = [
  0.16, 0.14, 0.12, 0.12, 0.14, 0.18, 0.3, 0.45, 0.8, 1, 1, 0.9, 0.65, 0.7, 0.85, 0.9, 0.85, 0.8, 0.7, 0.6,
  0.4, 0.3, 0.25, 0.2,
];
const REASONS: readonly [string, ...string[]] = ['meal', 'tea', 'training', 'paperwork'];
const GIVES_UP_AND_REDIALS = 0.35;

/** Where the next intent of a kind comes from, and when. */
interface Source {
  nextMs: number;
  /** The intents that begin now, and when to ask again. */
  readonly decide: (atMs: number) => readonly Intent[];
}

/**
 * The people around the exchange: they decide, in order of time, what they will do. Each decision is final when it
 * is handed out, so that a book of the truth can be written from it before anything happens.
 */
export class Traffic {
  readonly #random: Random;
  readonly #roster: Roster;
  readonly #planner: Planner;
  readonly #callsPerHour: number;
  readonly #site: PracticeSite;
  readonly #sources: Source[] = [];
  readonly #redials: { atMs: number; caller: string }[] = [];
  #nextMs = Infinity;

  constructor(settings: {
    readonly random: Random;
    readonly roster: Roster;
    readonly posts: Posts;
    readonly site: PracticeSite;
    readonly callsPerHour: number;
    readonly startMs: number;
    /** Colleagues pick up what rings elsewhere. */
    readonly pickups: boolean;
  }) {
    this.#random = settings.random;
    this.#roster = settings.roster;
    this.#planner = new Planner(settings);
    this.#site = settings.site;
    this.#callsPerHour = settings.callsPerHour;
    const { startMs } = settings;
    if (settings.callsPerHour <= 0) return;
    this.#addSource(
      startMs + this.#gapMs(startMs),
      (atMs) => this.#newCall(atMs),
      (atMs) => this.#gapMs(atMs),
    );
    this.#addSource(
      startMs,
      (atMs) => this.#dueRedials(atMs),
      () => 5000,
    );
    this.#addSource(
      startMs + this.#seatCallGapMs(),
      (atMs) => this.#seatCall(atMs),
      () => this.#seatCallGapMs(),
    );
    for (const seat of SEATS) {
      if (!seat.keepsShifts) continue;
      const gap = (): number => MINUTE_MS * (4 + this.#random.exponential(22));
      this.#addSource(startMs + gap(), (atMs) => this.#takeBreak(seat.interface, atMs), gap);
      this.#addSource(
        startMs,
        (atMs) => this.#goHome(seat.interface, atMs),
        () => MINUTE_MS,
      );
    }
  }

  #addSource(nextMs: number, decide: Source['decide'], gapMs: (atMs: number) => number): void {
    const source: Source = {
      nextMs: Math.round(nextMs),
      decide: (atMs) => {
        source.nextMs = atMs + Math.max(1, Math.round(gapMs(atMs)));
        return decide(atMs);
      },
    };
    this.#sources.push(source);
    this.#nextMs = Math.min(this.#nextMs, source.nextMs);
  }

  /** When somebody decides next. */
  nextMs(): number {
    return this.#nextMs;
  }

  /** From now on nobody decides anything any more. */
  stop(): void {
    this.#sources.length = 0;
    this.#nextMs = Infinity;
  }

  /** What is decided at `nextMs()`; an intent may begin later, never earlier. */
  decide(): readonly Intent[] {
    const atMs = this.#nextMs;
    const decided = this.#sources
      .filter((source) => source.nextMs === atMs)
      .flatMap((source) => source.decide(atMs));
    this.#nextMs = this.#sources.reduce((least, source) => Math.min(least, source.nextMs), Infinity);
    return decided;
  }

  #gapMs(atMs: number): number {
    const hour = Math.floor(localMinute(this.#site, atMs) / 60);
    const perHour = this.#callsPerHour * (PROFILE[hour] ?? 1);
    return this.#random.exponential(3_600_000 / perHour);
  }

  #seatCallGapMs(): number {
    return this.#random.exponential(3_600_000 / (this.#callsPerHour * 0.12));
  }

  #newCall(atMs: number): readonly Intent[] {
    return [this.#inbound(atMs, undefined)];
  }

  #inbound(atMs: number, caller: string | undefined): InboundPlan {
    const random = this.#random.fork();
    const plan = this.#planner.planInbound(random, atMs, caller);
    const lost = plan.talk === undefined && plan.voicemail === undefined && plan.caller !== '';
    if (lost && random.chance(GIVES_UP_AND_REDIALS)) {
      this.#redials.push({ atMs: endOf(plan) + random.between(15, 400) * 1000, caller: plan.caller });
    }
    return plan;
  }

  #dueRedials(atMs: number): readonly Intent[] {
    const due = this.#redials.filter((one) => one.atMs <= atMs);
    for (const one of due) this.#redials.splice(this.#redials.indexOf(one), 1);
    return due.map((one) => this.#inbound(atMs, one.caller));
  }

  #seatCall(atMs: number): readonly Intent[] {
    const random = this.#random.fork();
    const free = SEATS.filter((seat) => this.#roster.isFree(seat.interface, atMs));
    const [first, ...rest] = free.map((seat) => seat.interface);
    if (first === undefined) return [];
    const seat = random.pick([first, ...rest]);
    const ringMs = random.between(2, 14) * 1000;
    const talkMs = random.chance(0.8) ? Math.round(Math.max(5000, random.exponential(50_000))) : 0;
    this.#roster.book(seat, atMs + ringMs + talkMs + 2000);
    const others = rest.filter((one) => one !== seat);
    const [other] = others;
    if (random.chance(0.4) && other !== undefined) {
      const to = random.pick([other, ...others.slice(1)]);
      this.#roster.book(to, atMs + ringMs + talkMs + 2000);
      return [{ kind: 'internal', atMs, seat, to, ringMs, talkMs }];
    }
    const number = `138${String(random.between(0, 99_999_999)).padStart(8, '0')}`;
    return [
      {
        kind: 'outbound',
        atMs,
        seat,
        number,
        ringMs,
        talkMs,
        endedBy: random.chance(0.5) ? 'seat' : 'far-end',
      },
    ];
  }

  #takeBreak(seat: string, atMs: number): readonly Intent[] {
    const random = this.#random.fork();
    if (this.#roster.isAway(seat, atMs) || !this.#isOnDuty(atMs)) return [];
    const beginMs = this.#roster.freeFromMs(seat, atMs);
    if (random.chance(0.06)) {
      const untilMs = beginMs + random.between(40, 180) * 1000;
      return [this.#absence({ kind: 'phone-off', atMs: beginMs, untilMs, seat, reason: '' })];
    }
    const untilMs = beginMs + random.between(90, 600) * 1000;
    return [this.#absence({ kind: 'break', atMs: beginMs, untilMs, seat, reason: random.pick(REASONS) })];
  }

  #goHome(seat: string, atMs: number): readonly Intent[] {
    if (this.#isOnDuty(atMs) || this.#roster.isAway(seat, atMs)) return [];
    const beginMs = this.#roster.freeFromMs(seat, atMs);
    // Already planned to begin later, or the shift begins anyway: the next look decides.
    if (this.#isOnDuty(beginMs)) return [];
    const minutes = (DUTY.fromMin - localMinute(this.#site, beginMs) + 1440) % 1440;
    const untilMs = beginMs + minutes * MINUTE_MS + this.#random.between(0, 8 * 60) * 1000;
    if (untilMs - beginMs > DAY_MS) return [];
    return [this.#absence({ kind: 'off-duty', atMs: beginMs, untilMs, seat, reason: '' })];
  }

  #isOnDuty(atMs: number): boolean {
    const minute = localMinute(this.#site, atMs);
    return minute >= DUTY.fromMin && minute < DUTY.untilMin;
  }

  #absence(plan: AbsencePlan): AbsencePlan {
    this.#roster.addAbsence(plan);
    return plan;
  }
}

/** About when a call that got nobody is over. */
function endOf(plan: InboundPlan): number {
  const waitedMs = plan.stages.reduce((sum, stage) => sum + stage.waitMs, 0);
  return plan.atMs + plan.ringsOutMs + plan.closedMs + (plan.attendant?.menuMs ?? 0) + waitedMs;
}
