import { DESKS, type PracticeQueue, queueOf } from './company.ts';
import type { Round, StageEnding, StagePlan } from './plan.ts';
import type { Posts } from './posts.ts';
import type { Random } from './random.ts';
import type { Roster } from './roster.ts';

/** How long the caller bears it, and what else may end the wait. All from joining, in ms. */
export interface Limits {
  readonly patienceMs: number;
  /** Presses a key then; undefined: never. */
  readonly keyMs: number | undefined;
}

const RETRY_MS = 1000;
/** How long after joining (or after a seat comes free) the first phone is dialled. */
const OFFER_MS = 40;
const REFUSES = 0.04;
const DEVICE_BUSY = 0.01;
const PICKED_UP = 0.12;

/** Decides what happens to one caller in one queue, and books the seats it takes. */
export class StagePlanner {
  readonly #roster: Roster;
  readonly #posts: Posts;
  readonly #pickups: boolean;
  readonly #waiting = new Map<string, { fromMs: number; untilMs: number }[]>();

  constructor(around: { readonly roster: Roster; readonly posts: Posts; readonly pickups: boolean }) {
    this.#roster = around.roster;
    this.#posts = around.posts;
    this.#pickups = around.pickups;
  }

  planQueue(random: Random, name: string, joinMs: number, limits: Limits): StagePlan {
    const queue = queueOf(name);
    const refused = this.#refusal(queue, joinMs);
    if (refused) return { queue: name, waitMs: 0, rounds: [], end: refused };
    const { limitMs, end } = firstLimit(limits, queue.timeoutS * 1000);
    const rounds: Round[] = [];
    let atMs = joinMs + OFFER_MS;
    let answered = false;
    while (!answered) {
      const round = this.#planRound(random, queue, atMs, joinMs, limitMs);
      if (!round) break;
      rounds.push(round);
      answered = round.end === 'answered';
      atMs = joinMs + round.afterMs + round.ringMs + RETRY_MS;
    }
    const last = rounds.at(-1);
    const waitMs = answered && last ? last.afterMs + last.ringMs : limitMs;
    this.#noteWaiting(name, joinMs, joinMs + waitMs);
    return { queue: name, waitMs, rounds, end: answered ? 'answered' : end };
  }

  /** A `Dial` of these phones, those that are free; undefined when none is. */
  planDial(random: Random, seats: readonly string[], atMs: number, patienceMs: number, limitMs: number) {
    const free = seats.filter((seat) => this.#roster.isFree(seat, atMs));
    const winner = random.pick([free[0] ?? '', ...free.slice(1)]);
    if (winner === '') return undefined;
    const reactionMs = random.chance(0.12) ? Infinity : reactionOf(random);
    const waitMs = Math.min(reactionMs, patienceMs, limitMs);
    const answered = waitMs === reactionMs;
    const end: StageEnding = answered ? 'answered' : patienceMs < limitMs ? 'hang-up' : 'timeout';
    const picker = answered ? this.#passerBy(random, atMs) : undefined;
    const round: Round = {
      afterMs: 0,
      ringMs: waitMs,
      seats: free,
      end: answered ? 'answered' : 'cut',
      winner: answered ? winner : '',
      ...(picker === undefined ? {} : { pickedUpBy: picker }),
    };
    for (const seat of free) this.#roster.book(seat, atMs + waitMs + RETRY_MS);
    return { queue: '', waitMs, rounds: [round], end } satisfies StagePlan;
  }

  #refusal(queue: PracticeQueue, joinMs: number): StageEnding | undefined {
    if (this.#posts.of(queue.name).every((seat) => this.#roster.isAway(seat, joinMs))) return 'join-empty';
    const waiting = this.#waiting.get(queue.name) ?? [];
    const now = waiting.filter((one) => one.fromMs <= joinMs && joinMs < one.untilMs).length;
    return queue.maxLength > 0 && now >= queue.maxLength ? 'full' : undefined;
  }

  #noteWaiting(queue: string, fromMs: number, untilMs: number): void {
    const still = (this.#waiting.get(queue) ?? []).filter((one) => one.untilMs > fromMs - 600_000);
    still.push({ fromMs, untilMs });
    this.#waiting.set(queue, still);
  }

  #planRound(
    random: Random,
    queue: PracticeQueue,
    earliestMs: number,
    joinMs: number,
    limitMs: number,
  ): Round | undefined {
    const members = this.#posts.of(queue.name);
    const next = this.#roster.nextSeat(members, earliestMs);
    if (!next || next.atMs >= joinMs + limitMs) return undefined;
    const seats =
      queue.strategy === 'ringall'
        ? members.filter((seat) => this.#roster.isFree(seat, next.atMs))
        : [next.seat];
    const afterMs = next.atMs - joinMs;
    const ringOutMs = queue.ringS * 1000;
    const draw = random.next();
    const saysBusy = draw < DEVICE_BUSY;
    const wishMs = saysBusy ? 300 : draw < DEVICE_BUSY + REFUSES ? Infinity : reactionOf(random);
    const ringMs = Math.min(wishMs, ringOutMs, limitMs - afterMs);
    const isCut = ringMs < Math.min(wishMs, ringOutMs);
    const answers = !isCut && !saysBusy && wishMs < ringOutMs;
    const end = isCut ? 'cut' : answers ? 'answered' : saysBusy ? 'busy' : 'no-answer';
    const winner = answers ? random.pick([seats[0] ?? next.seat, ...seats.slice(1)]) : '';
    for (const seat of seats) {
      this.#roster.noteOffer(seat, next.atMs);
      this.#roster.book(seat, next.atMs + ringMs + RETRY_MS);
    }
    const picker = answers ? this.#colleagueOf(random, queue, winner, next.atMs) : undefined;
    return { afterMs, ringMs, seats, end, winner, ...(picker === undefined ? {} : { pickedUpBy: picker }) };
  }

  /** Somebody of the same queue who is free and takes the call instead. */
  #colleagueOf(random: Random, queue: PracticeQueue, rung: string, atMs: number): string | undefined {
    if (!this.#pickups || queue.strategy === 'ringall' || queue.viaLocal || !random.chance(PICKED_UP))
      return undefined;
    return this.#posts.of(queue.name).find((seat) => seat !== rung && this.#roster.isFree(seat, atMs));
  }

  /** Somebody of another office who hears the phones ring. */
  #passerBy(random: Random, atMs: number): string | undefined {
    if (!this.#pickups || !random.chance(PICKED_UP)) return undefined;
    return DESKS.find((seat) => this.#roster.isFree(seat, atMs));
  }
}

/** How long a person takes to pick up: most within two rings, some after four. */
function reactionOf(random: Random): number {
  return Math.round(1200 + Math.min(random.exponential(3200), 11_000));
}

function firstLimit(
  limits: Limits,
  timeoutMs: number,
): { readonly limitMs: number; readonly end: StageEnding } {
  const keyMs = limits.keyMs ?? Infinity;
  if (keyMs < limits.patienceMs && keyMs < timeoutMs) return { limitMs: keyMs, end: 'key' };
  if (limits.patienceMs < timeoutMs) return { limitMs: limits.patienceMs, end: 'hang-up' };
  return { limitMs: timeoutMs, end: 'timeout' };
}
