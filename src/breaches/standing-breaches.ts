import type { Fact } from '../calls/facts.ts';
import type { RosterDefinition, WatchDefinition } from '../hotlines/definition.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import { Roster } from '../roster/roster.ts';
import { AwaySeats } from './away.ts';
import type { Acknowledgement, BreachKind, StandingBreach } from './breach.ts';
import type { FloorRules } from './floor-rules.ts';
import { HandOverWatch } from './hand-over-watch.ts';
import type { Finding, FloorLook } from './look.ts';
import { UnstaffedQueues } from './unstaffed.ts';

/** What is over and acknowledged is shown for so long after the later of the two, */
const SHOWN_AFTER_MS = 3_600_000;
/** what nobody acknowledges for so long after it was over. */
const SHOWN_UNREAD_MS = 24 * 3_600_000;
/**
 * The newest of one kind on one hotline or queue: a list of more is read by nobody. Each has its own, so that call-backs
 * that nobody works push no emergency out, and what happens on one hotline takes nothing from who sees another.
 */
const MOST_OF_ONE_LIST = 200;

/** A blind time that is still running is a breach from then on; one that is over is told by its fact, however short. */
const CONNECTING_MS = 3000;

/** What the list is made by. */
export interface BreachTerms {
  readonly definition: WatchDefinition;
  readonly rules: FloorRules;
  readonly roster: RosterDefinition | undefined;
}

export type Acknowledged = 'done' | 'already' | 'not-found';

/**
 * Every breach that stands, and those that are over and not yet read: calls by their facts, the rest by looking at the
 * floor from time to time. One owner, mutated in place; entries are frozen and stay the same objects while nothing of
 * them changes.
 */
export class StandingBreaches {
  readonly #breaches = new Map<string, StandingBreach>();
  readonly #acknowledged = new Map<string, Acknowledgement>();
  readonly #unstaffed = new UnstaffedQueues();
  readonly #away = new AwaySeats();
  readonly #handOver = new HandOverWatch();
  #terms: BreachTerms;
  #roster: Roster | undefined;
  #list: readonly StandingBreach[] | undefined;

  constructor(terms: BreachTerms) {
    this.#terms = terms;
    this.#roster = terms.roster && new Roster(terms.roster);
  }

  redefine(terms: BreachTerms): void {
    this.#terms = terms;
    this.#roster = terms.roster && new Roster(terms.roster);
  }

  /** Who acknowledged what before the restart, whether it was found again already or will be. */
  restore(acknowledgements: Iterable<readonly [id: string, Acknowledgement]>): void {
    for (const [id, acknowledged] of acknowledgements) {
      this.#acknowledged.set(id, acknowledged);
      const breach = this.#breaches.get(id);
      if (breach !== undefined && breach.acknowledged === undefined) this.#set({ ...breach, acknowledged });
    }
  }

  /** Every fact once, in the order they are told, those of before a restart first. */
  hear(fact: Fact): void {
    if (fact.type === 'seat-interval' && this.#roster) this.#handOver.hear(fact, this.#roster);
    if (fact.type === 'blind') {
      const { pbx, fromMs, untilMs } = fact;
      // What was seen to run is that blind time: it may have been told to begin a moment later.
      const running = [...this.#breaches.values()].find(
        (breach) => breach.kind === 'blind' && breach.pbx === pbx && breach.untilMs === undefined,
      );
      if (running !== undefined) this.#set({ ...running, untilMs });
      else this.#put('blind', { pbx, about: '', sinceMs: fromMs, untilMs }, '');
    }
    if (fact.type !== 'breach') return;
    const { pbx, hotline, uniqueid, reachedAtMs, atMs, breach } = fact;
    const finding = { pbx, hotline, about: uniqueid, sinceMs: reachedAtMs, untilMs: atMs };
    this.#put(breach, finding, uniqueid);
  }

  /** Looks at the floor; to be asked every second or so. */
  look(look: FloorLook): void {
    const { report, overdue, nowMs } = look;
    const { definition, rules } = this.#terms;
    this.#stand('queue-unstaffed', this.#unstaffed.look(look, definition, rules), nowMs);
    this.#stand('away', this.#away.look(look, this.#roster, rules), nowMs);
    if (this.#roster) this.#stand('hand-over-gap', this.#handOver.look(look, this.#roster), nowMs);
    const blind = report.pbxs.flatMap(({ pbx, blindSinceMs }) =>
      // Connecting takes a moment, also at a start, where there was nothing to be seen.
      blindSinceMs === null || nowMs - blindSinceMs < CONNECTING_MS
        ? []
        : [{ pbx, about: '', sinceMs: blindSinceMs }],
    );
    this.#stand('blind', blind, nowMs);
    const late = overdue.map(({ id, pbx, hotline, dueAtMs }) => ({
      pbx,
      hotline,
      about: id,
      sinceMs: dueAtMs,
    }));
    this.#stand('call-back-overdue', late, nowMs);
    this.#forget(nowMs);
  }

  /** Acknowledges by name; the first who does is the one that is named. */
  acknowledge(id: string, acknowledgement: Acknowledgement): Acknowledged {
    const breach = this.#breaches.get(id);
    if (breach === undefined) return 'not-found';
    if (breach.acknowledged !== undefined) return 'already';
    this.#acknowledged.set(id, acknowledgement);
    this.#set({ ...breach, acknowledged: acknowledgement });
    return 'done';
  }

  /** Those that last first, then the newest; the same array as long as nothing changed. */
  list(): readonly StandingBreach[] {
    this.#list ??= Object.freeze(
      [...this.#breaches.values()].sort(
        (one, other) => lastsFirst(one) - lastsFirst(other) || other.sinceMs - one.sinceMs,
      ),
    );
    return this.#list;
  }

  /** What was found of a kind; what stood and is not found any more is over. */
  #stand(kind: BreachKind, findings: readonly Finding[], nowMs: number): void {
    const found = new Set(findings.map((finding) => this.#put(kind, finding, '')));
    for (const breach of this.#breaches.values()) {
      if (breach.kind !== kind || breach.untilMs !== undefined || found.has(breach.id)) continue;
      this.#set({ ...breach, untilMs: nowMs });
    }
  }

  #put(kind: BreachKind, finding: Finding, uniqueid: string): string {
    const { pbx, hotline = '', queue = '', seat = '', agent = '', about, sinceMs, untilMs } = finding;
    // An interface may hold somebody's number.
    const id = [kind, pbx, maskDigitRunsUnlessCall(about, uniqueid), Math.round(sinceMs)].join('/');
    const before = this.#breaches.get(id);
    if (before !== undefined && before.untilMs === untilMs) return id;
    const acknowledged = before?.acknowledged ?? this.#acknowledged.get(id);
    this.#set({ id, kind, pbx, hotline, queue, seat, agent, uniqueid, sinceMs, untilMs, acknowledged });
    return id;
  }

  #set(breach: StandingBreach): void {
    this.#breaches.set(breach.id, Object.freeze(breach));
    this.#list = undefined;
  }

  #forget(nowMs: number): void {
    const listed = new Map<string, number>();
    for (const breach of this.list()) {
      const list = listOf(breach);
      const place = (listed.get(list) ?? 0) + 1;
      listed.set(list, place);
      if (place <= MOST_OF_ONE_LIST && nowMs < shownUntilMs(breach)) continue;
      this.#breaches.delete(breach.id);
      this.#acknowledged.delete(breach.id);
      this.#list = undefined;
    }
  }
}

function maskDigitRunsUnlessCall(about: string, uniqueid: string): string {
  return about === uniqueid ? about : maskDigitRuns(about);
}

const listOf = ({ kind, pbx, hotline, queue }: StandingBreach): string =>
  JSON.stringify([kind, pbx, hotline, queue]);

const lastsFirst = ({ untilMs }: StandingBreach): number => (untilMs === undefined ? 0 : 1);

function shownUntilMs({ untilMs, acknowledged }: StandingBreach): number {
  if (untilMs === undefined) return Infinity;
  if (acknowledged === undefined) return untilMs + SHOWN_UNREAD_MS;
  return Math.max(untilMs, acknowledged.atMs) + SHOWN_AFTER_MS;
}
