import type { WatchDefinition } from '../hotlines/definition.ts';
import type { Scope } from '../push/scope.ts';
import type { Report } from '../rates/report.ts';

/** Names that are not theirs, to be kept out of sentences: those may say any of them. */
export class TheirNames {
  readonly #foreign: RegExp | undefined;

  constructor(foreign: ReadonlySet<string>) {
    const names = [...foreign].filter((name) => name !== '');
    const any = names.map((name) => name.replaceAll(/[$()*+.?[\\\]^{|}-]/g, String.raw`\$&`)).join('|');
    // `gas` is said in `queue gas`, not in `gasoline`.
    if (names.length > 0)
      this.#foreign = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${any})(?![\\p{L}\\p{N}_-])`, 'gu');
  }

  /** Without the names that are not theirs. */
  said(words: string): string {
    return this.#foreign === undefined ? words : words.replaceAll(this.#foreign, '…');
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
  return new TheirNames(all.difference(own));
}

/** Theirs by a queue it is a member of, or by its own name. */
export function seesSeat(scope: Scope, queues: readonly string[], names: readonly string[]): boolean {
  return queues.some(scope.seesQueue) || names.some(scope.namesSeat);
}

/** Interface and configured name of a seat. */
export function seatNamesOf(definition: WatchDefinition): (pbx: string, seat: string) => readonly string[] {
  const names = new Map(
    definition.pbxs.flatMap((pbx) =>
      pbx.seats.map((seat) => [JSON.stringify([pbx.name, seat.interface]), seat.name] as const),
    ),
  );
  return (pbx, seat) => {
    const name = names.get(JSON.stringify([pbx, seat]));
    return name === undefined ? [seat] : [seat, name];
  };
}
