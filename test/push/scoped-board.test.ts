import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sight } from '../../src/access/who.ts';
import type { Board } from '../../src/push/protocol.ts';
import { scopeOf } from '../../src/push/scope.ts';
import { ScopedBoard } from '../../src/push/scoped-board.ts';
import { anyBoard } from './arbitrary-boards.ts';

const PBXS = ['north', 'south'];
const HOTLINES = ['hot-gas', 'hot-water', 'hot-power'];
const QUEUES = ['line-support', 'line-billing', 'line-repairs'];
const SEATS = ['PJSIP/101', 'PJSIP/102', 'PJSIP/103'];
const AGENTS = ['Ann Lee', 'Bob', 'Cas'];
const pick = fc.constantFrom;
const some = (names: readonly string[]): fc.Arbitrary<string[]> => fc.subarray([...names]);
const maybe = (names: readonly string[]): fc.Arbitrary<string> => pick('', ...names);
const text = fc
  .tuple(pick('talks to a caller of', 'paused:', ''), maybe([...HOTLINES, ...QUEUES, ...SEATS, ...AGENTS]))
  .map(([words, name]) => `${words} ${name}`);

/** The same board in which every name is one of these, wherever a name can stand. */
function withNames(board: Board): fc.Arbitrary<Board> {
  const pbx = pick(...PBXS);
  const each = <R extends object>(rows: readonly R[], fields: Record<string, fc.Arbitrary<unknown>>) =>
    fc.tuple(...rows.map((row) => fc.record(fields).map((named) => ({ ...row, ...named }))));
  const records = {
    pbxs: fc.constant(
      board.pbxs.slice(0, 2).map((row, at) => ({ ...row, pbx: PBXS[at] ?? '', key: PBXS[at] ?? '' })),
    ),
    hotlines: fc.constant(
      board.hotlines.slice(0, 3).map((row, at) => {
        const hotline = HOTLINES[at] ?? '';
        return {
          ...row,
          pbx: 'north',
          hotline,
          title: `Title ${hotline}`,
          key: `north/${hotline}`,
          trend: {},
        };
      }),
    ),
    queues: fc.tuple(
      ...board.queues.slice(0, 3).map((row, at) =>
        fc.array(maybe(HOTLINES), { maxLength: 2 }).map((hotlines) => ({
          ...row,
          pbx: at === 2 ? 'south' : 'north',
          queue: QUEUES[at] ?? '',
          key: `north/${QUEUES[at] ?? ''}`,
          left: {},
          members: {},
          callers: hotlines.map((hotline) => ({ uniqueid: '1.1', sinceMs: 0, caller: '*****01', hotline })),
        })),
      ),
    ),
    seats: fc.tuple(
      ...board.seats.slice(0, 3).map((row, at) =>
        fc
          .record({
            pbx,
            work: fc.oneof(
              fc.tuple(pick('queue' as const), pick(...QUEUES)),
              fc.tuple(pick('hotline' as const), pick(...HOTLINES)),
              fc.tuple(pick('internal' as const, null), pick('')),
            ),
            why: text,
            pausedReason: text,
            queues: some(QUEUES),
            pausedIn: some(QUEUES),
            staticIn: some(QUEUES),
            penalties: fc.dictionary(pick(...QUEUES), fc.constant(1)),
          })
          .map(({ work: [busyWith, on], ...named }) => ({
            ...row,
            ...named,
            busyWith,
            on,
            seat: SEATS[at] ?? '',
            agent: AGENTS[at] ?? '',
            key: SEATS[at] ?? '',
          })),
      ),
    ),
    breaches: each(board.breaches, {
      pbx,
      hotline: maybe(HOTLINES),
      queue: maybe(QUEUES),
      seat: maybe(SEATS),
      agent: maybe(AGENTS),
      acknowledged: fc.constant(null),
    }),
    moves: each(board.moves, {
      pbx,
      seat: pick(...SEATS),
      agent: pick(...AGENTS),
      by: fc.constant('leader'),
      change: fc.oneof(
        fc.record({ what: fc.constant('add'), queue: pick(...QUEUES), penalty: fc.constant(0) }),
        fc.record({ what: fc.constant('pause'), queue: maybe(QUEUES), reason: text }),
      ),
      steps: fc.array(
        fc.record({
          action: fc.constant('QueuePause'),
          queue: pick(...QUEUES),
          state: fc.constant('refused'),
          said: text,
        }),
        { maxLength: 2 },
      ),
    }),
  };
  return fc.record(records) as unknown as fc.Arbitrary<Board>;
}

const anyNamedBoard = anyBoard.chain(withNames);
const anySight: fc.Arbitrary<Sight> = fc.record({
  hotlines: fc.oneof(some(HOTLINES), fc.constant('all' as const)),
  queues: fc.oneof(some(QUEUES), fc.constant('all' as const)),
  seats: some(SEATS),
});
const byKey = (key: string): readonly string[] => [key];

/** Names that nothing makes theirs: not their own sight, and no seat of a queue of theirs. */
function foreignNames(board: Board, { hotlines, queues, seats }: Sight): string[] {
  const seesQueue = (queue: string): boolean => queues === 'all' || queues.includes(queue);
  const seesHotline = (hotline: string): boolean => hotlines === 'all' || hotlines.includes(hotline);
  const theirs = board.seats.filter((row) => seats.includes(row.seat) || row.queues.some(seesQueue));
  const isTheirSeat = (name: string): boolean =>
    theirs.some(({ seat, agent }) => seat === name || agent === name) ||
    !board.seats.some(({ seat, agent }) => seat === name || agent === name);
  return [
    ...HOTLINES.filter(
      (name) => !seesHotline(name) && board.hotlines.some(({ hotline }) => hotline === name),
    ),
    ...QUEUES.filter((name) => !seesQueue(name) && board.queues.some(({ queue }) => queue === name)),
    ...[...SEATS, ...AGENTS].filter((name) => !isTheirSeat(name)),
  ];
}

describe('what a scope sees', () => {
  it('says no name that is not theirs, anywhere', () => {
    fc.assert(
      fc.property(anyNamedBoard, anyNamedBoard, anySight, (first, second, sight) => {
        fc.pre(sight.hotlines !== 'all' || sight.queues !== 'all');
        const scoped = new ScopedBoard(scopeOf(sight), byKey);
        for (const board of [first, second]) {
          const said = JSON.stringify(scoped.of(board));
          expect(foreignNames(board, sight).filter((name) => said.includes(name))).toEqual([]);
          // A call that is seen is one whose number may be asked for.
          const ofSeatsAlone = scoped
            .of(board)
            .breaches.filter(({ hotline, queue }) => hotline + queue === '');
          expect(ofSeatsAlone.filter(({ uniqueid }) => uniqueid !== '')).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is all of what is theirs, and the whole board for whoever sees everything', () => {
    fc.assert(
      fc.property(anyNamedBoard, anySight, (board, sight) => {
        const seen = new ScopedBoard(scopeOf(sight), byKey).of(board);
        const isAll = sight.hotlines === 'all' && sight.queues === 'all';
        expect(seen === board).toBe(isAll);
        const { hotlines, queues, seats } = sight;
        const named = (names: 'all' | readonly string[], name: string) =>
          names === 'all' || names.includes(name);
        expect(seen.hotlines).toEqual(board.hotlines.filter(({ hotline }) => named(hotlines, hotline)));
        expect(seen.queues.map(({ key }) => key)).toEqual(
          board.queues.filter(({ queue }) => named(queues, queue)).map(({ key }) => key),
        );
        const isTheirs = (row: Board['seats'][number]): boolean =>
          seats.includes(row.seat) || row.queues.some((queue) => named(queues, queue)) || isAll;
        expect(seen.seats.map(({ key, state, busyWith }) => [key, state, busyWith])).toEqual(
          board.seats.filter(isTheirs).map(({ key, state, busyWith }) => [key, state, busyWith]),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every row that did not change', () => {
    fc.assert(
      fc.property(anyNamedBoard, anySight, (board, sight) => {
        const scoped = new ScopedBoard(scopeOf(sight), byKey);
        const first = scoped.of(board);
        const second = scoped.of({ ...board, pbxs: [...board.pbxs] });
        for (const kind of ['pbxs', 'hotlines', 'queues', 'seats', 'breaches', 'moves'] as const) {
          for (const [at, row] of first[kind].entries()) expect(second[kind][at]).toBe(row);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is one scope for two who see the same, in whatever order it is written', () => {
    const one = scopeOf({ hotlines: ['a', 'b'], queues: ['q'], seats: [] });
    expect(scopeOf({ hotlines: ['b', 'a', 'b'], queues: ['q'], seats: [] }).key).toBe(one.key);
    expect(scopeOf({ hotlines: ['a'], queues: ['q'], seats: [] }).key).not.toBe(one.key);
    expect(scopeOf({ hotlines: 'all', queues: 'all', seats: ['x'] }).key).toBe('all');
    expect(scopeOf({ hotlines: ['all'], queues: ['all'], seats: [] }).seesAll).toBe(false);
  });
});
