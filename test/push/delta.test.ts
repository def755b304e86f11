import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, ROW_KINDS } from '../../src/push/apply-changes.ts';
import { deltaOf } from '../../src/push/delta.ts';
import { serverFrameSchema, type Board, type Changes, type Row } from '../../src/push/protocol.ts';
import { someSeat } from '../support/picture.ts';
import { anyBoard } from './arbitrary-boards.ts';
import { someBoard } from './some-board.ts';

/** Rows have no order: what is told last stands last. */
const sorted = (board: Board): Board =>
  Object.fromEntries(
    ROW_KINDS.map((kind) => [kind, board[kind].toSorted((one, other) => (one.key < other.key ? -1 : 1))]),
  ) as unknown as Board;

/** Over the wire and back. */
const told = (changes: Changes): Changes => JSON.parse(JSON.stringify(changes)) as Changes;

describe('a delta', () => {
  it('brings any board to any other', () => {
    fc.assert(
      fc.property(anyBoard, anyBoard, (before, after) => {
        const changes = deltaOf(before, after);
        const reached = changes === undefined ? before : applyChanges(before, told(changes));
        expect(sorted(reached)).toEqual(sorted(after));
      }),
      { numRuns: 300 },
    );
  });

  it('is a frame of the protocol', () => {
    fc.assert(
      fc.property(anyBoard, anyBoard, (before, after) => {
        const changes = deltaOf(before, after) ?? {};
        const frame = { type: 'delta', after: 1, seq: 2, nowMs: 0, changes };
        expect(serverFrameSchema.parse(frame)).toEqual(frame);
      }),
      { numRuns: 50 },
    );
  });

  it('says nothing where nothing changed, though every object is another', () => {
    fc.assert(
      fc.property(anyBoard, (board) => {
        expect(deltaOf(board, JSON.parse(JSON.stringify(board)) as Board)).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it('says of a row that was there only the fields that changed, beside its key', () => {
    fc.assert(
      fc.property(anyBoard, (board) => {
        const [seat] = board.seats;
        fc.pre(seat !== undefined && seat.agent !== 'Zoe');
        const after = {
          ...board,
          seats: board.seats.map((row) => (row === seat ? { ...row, agent: 'Zoe' } : row)),
        };
        expect(deltaOf(board, after)).toEqual({ seats: { set: [{ key: seat?.key, agent: 'Zoe' }] } });
      }),
      { numRuns: 50 },
    );
  });
});

describe('a delta of figures', () => {
  const before = someBoard([someSeat()]);
  const [hotline] = before.hotlines;
  const withRows = (changes: Partial<Row<'hotlines'>>): Board => ({
    ...before,
    hotlines: before.hotlines.map((row) => (row === hotline ? { ...row, ...changes } : row)),
  });
  const [target] = hotline?.targets ?? [];
  const [rate] = target?.rates ?? [];

  it('says what changed of one window of one target, and leaves the others what they are', () => {
    if (hotline === undefined || target === undefined || rate === undefined) throw new Error('no rate');
    const rates = target.rates.map((one) => (one === rate ? { ...one, hits: 7 } : one));
    const targets = hotline.targets.map((one) => (one === target ? { ...one, rates } : one));
    const after = withRows({ targets });
    const changes = deltaOf(before, after);
    expect(changes).toEqual({
      hotlines: {
        set: [{ key: hotline.key, targets: { [target.target]: { rates: { [rate.window]: { hits: 7 } } } } }],
      },
    });
    const reached = applyChanges(before, told(changes ?? {}));
    expect(reached).toEqual(after);
    expect(reached.hotlines[0]?.targets[0]?.rates[1]).toBe(rates[1]);
    expect(reached.hotlines[0]?.targets[1]).toBe(hotline.targets[1]);
  });

  it.each([
    ['another order', (all: Row<'hotlines'>['figures']) => all.toReversed()],
    ['one less', (all: Row<'hotlines'>['figures']) => all.slice(1)],
    ['none', () => []],
  ])('tells the list whole where it has %s', (_what, changed) => {
    const figures = changed(hotline?.figures ?? []);
    const changes = deltaOf(before, withRows({ figures }));
    expect(changes?.hotlines?.set?.[0]?.figures).toEqual(figures);
    expect(applyChanges(before, told(changes ?? {}))).toEqual(withRows({ figures }));
  });
});

describe('a board after a delta', () => {
  it('shares every row and every kind that the delta does not name', () => {
    fc.assert(
      fc.property(anyBoard, anyBoard, (before, after) => {
        const changes = deltaOf(before, after) ?? {};
        const reached = applyChanges(before, changes);
        const unnamed = ROW_KINDS.filter((kind) => changes[kind] === undefined);
        expect(unnamed.filter((kind) => reached[kind] !== before[kind])).toEqual([]);
        const strangers = ROW_KINDS.flatMap((kind) => {
          const named = new Set(changes[kind]?.set?.map(({ key }) => key));
          const known = new Set<unknown>(before[kind]);
          return reached[kind].filter((row) => !named.has(row.key) && !known.has(row));
        });
        expect(strangers).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
