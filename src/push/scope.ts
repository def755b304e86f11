import type { Sight } from '../access/who.ts';

/** What somebody may see, made ready to be asked: two that may see the same have one key. */
export interface Scope {
  readonly key: string;
  /** Nothing is left out. */
  readonly seesAll: boolean;
  seesHotline(name: string): boolean;
  seesQueue(name: string): boolean;
  /** By the seat's own name, whatever its queues. */
  namesSeat(name: string): boolean;
}

export function scopeOf(sight: Sight): Scope {
  const hotlines = namesOf(sight.hotlines);
  const queues = namesOf(sight.queues);
  const seesAll = hotlines === 'all' && queues === 'all';
  const seats = seesAll ? [] : sorted(sight.seats);
  const named = new Set(seats);
  const knowsHotline = hotlines === 'all' ? undefined : new Set(hotlines);
  const knowsQueue = queues === 'all' ? undefined : new Set(queues);
  return {
    key: seesAll ? 'all' : JSON.stringify([hotlines, queues, seats]),
    seesAll,
    seesHotline: (name) => knowsHotline?.has(name) ?? true,
    seesQueue: (name) => knowsQueue?.has(name) ?? true,
    namesSeat: (name) => named.has(name),
  };
}

const namesOf = (names: 'all' | readonly string[]): 'all' | readonly string[] =>
  names === 'all' ? 'all' : sorted(names);

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
