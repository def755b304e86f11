import type { WatchDefinition } from '../hotlines/definition.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import { WholeNames } from '../lib/whole-names.ts';
import type { Scope } from '../push/scope.ts';
import type { Report } from '../rates/report.ts';

/** Names that are not theirs, to be kept out of sentences: those may say any of them. */
export class TheirNames {
  readonly #foreign: WholeNames;

  /** @param own names that may be said, also where they hold one of the others */
  constructor(foreign: ReadonlySet<string>, own: ReadonlySet<string> = new Set()) {
    this.#foreign = new WholeNames(foreign, own);
  }

  /** Without the names that are not theirs. */
  said(words: string): string {
    return this.#foreign.outOf(words, '…');
  }
}

/** Every hotline, queue, seat and agent that is known and is not theirs. */
export function theirNames(scope: Scope, definition: WatchDefinition, report: Report): TheirNames {
  const own = new Set<string>();
  const all = new Set<string>();
  const learn = (isTheirs: boolean, ...names: readonly string[]): void => {
    for (const name of names) (isTheirs ? own : all).add(name);
  };
  for (const { name, title } of definition.hotlines) learn(scope.seesHotline(name), name, title);
  for (const pbx of definition.pbxs) {
    for (const { name } of pbx.queues) learn(scope.seesQueue(name), name);
  }
  for (const { queue } of report.queues) learn(scope.seesQueue(queue), queue);
  const seatNames = seatNamesOf(definition);
  for (const row of report.seats) {
    const names = seatNames(row.pbx, row.seat);
    learn(seesSeat(scope, row.queues, names), row.seat, row.agent, ...names);
  }
  for (const pbx of definition.pbxs) {
    for (const seat of pbx.seats) {
      const names = [seat.interface, seat.name];
      if (!names.some((name) => own.has(name))) learn(names.some(scope.namesSeat), ...names);
    }
  }
  return new TheirNames(all.difference(own), own);
}

/** Theirs by a queue it is a member of, or by its own name. */
export function seesSeat(scope: Scope, queues: readonly string[], names: readonly string[]): boolean {
  return queues.some(scope.seesQueue) || names.some(scope.namesSeat);
}

/** By what a seat of the Report may be named: there its interface is masked where it may be somebody's number. */
export function seatNamesOf(definition: WatchDefinition): (pbx: string, seat: string) => readonly string[] {
  const names = new Map(
    definition.pbxs.flatMap((pbx) =>
      pbx.seats.map((seat) => {
        const key = JSON.stringify([pbx.name, maskDigitRuns(seat.interface)]);
        return [key, [seat.interface, seat.name]] as const;
      }),
    ),
  );
  return (pbx, seat) => [seat, ...(names.get(JSON.stringify([pbx, seat])) ?? [])];
}
