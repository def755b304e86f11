import { WholeNames } from '../lib/whole-names.ts';
import type { Board } from './protocol.ts';

/** A board of what is theirs, out of a larger one. */
export type Theirs = Pick<Board, 'hotlines' | 'queues' | 'seats'>;

/** So many names of rows that are gone are remembered, the latest. */
const MOST_REMEMBERED = 5000;

/**
 * Names on a board that are not theirs, to be kept out of what is free text: it may say any of them, also of somebody who
 * has left it.
 */
export class ForeignNames {
  readonly #remembered = new Set<string>();
  #names = '';
  #foreign = new WholeNames([], []);

  /** Whether others are hushed than before. */
  learn(all: Theirs, theirs: Theirs): boolean {
    const own = namesOn(theirs);
    for (const name of namesOn(all)) this.#remembered.add(name);
    for (const name of this.#remembered) {
      if (this.#remembered.size <= MOST_REMEMBERED) break;
      this.#remembered.delete(name);
    }
    const foreign = [...this.#remembered].filter((name) => name !== '' && !own.has(name));
    const names = `${foreign.join('\n')}\n\n${[...own].join('\n')}`;
    if (names === this.#names) return false;
    this.#names = names;
    const before = this.#foreign;
    this.#foreign = new WholeNames(foreign, own);
    return !this.#foreign.areThoseOf(before);
  }

  /** The text; '' where it says a name that is not theirs. */
  hush(text: string): string {
    return this.#foreign.areSaidIn(text) ? '' : text;
  }
}

function namesOn({ hotlines, queues, seats }: Theirs): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { hotline, title } of hotlines) names.add(hotline).add(title);
  for (const { queue } of queues) names.add(queue);
  for (const { seat, agent, queues: its } of seats) {
    names.add(seat).add(agent);
    for (const queue of its) names.add(queue);
  }
  return names;
}
