import { beforeAll, describe, expect, it } from 'vitest';
import type { LinkStatus } from '../../src/ami/connection.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import type { StandingBreach } from '../../src/breaches/breach.ts';
import { applyChanges, ROW_KINDS } from '../../src/push/apply-changes.ts';
import { BoardBuilder } from '../../src/push/board-builder.ts';
import { NO_EXTRAS, type BoardExtras } from '../../src/push/board-extras.ts';
import { deltaOf } from '../../src/push/delta.ts';
import { ROWS, serverFrameSchema, type Board } from '../../src/push/protocol.ts';
import { RowKeys } from '../../src/push/row-keys.ts';
import { PRACTICE_PBX } from '../../src/simulator/practice-config.ts';
import { practiceDefinition } from '../simulation/day-definition.ts';
import { WatchedExchange } from '../simulation/watched-exchange.ts';
import { someLink, someSeat } from '../support/picture.ts';
import { someReport } from '../support/report.ts';
import { someBoard } from './some-board.ts';

const NINE_MS = Date.parse('2026-03-03T01:00:00Z');
const STEP_MS = 700;
const STEPS = 900;

const breach = (changes: Partial<StandingBreach> = {}): StandingBreach => ({
  id: 'north/away/PJSIP/13800000001/5',
  kind: 'away',
  pbx: 'north',
  hotline: '',
  queue: '',
  seat: 'Local/13800000001@out',
  agent: 'Ann',
  uniqueid: '',
  sinceMs: 5,
  untilMs: undefined,
  acknowledged: undefined,
  ...changes,
});

describe('the board of the practice exchange', () => {
  let definition: WatchDefinition;
  const links: readonly LinkStatus[] = [someLink({ pbx: PRACTICE_PBX })];
  beforeAll(async () => {
    definition = await practiceDefinition();
  });

  /** The boards of a busy quarter of an hour. */
  function* boards(): Generator<Board> {
    const watched = new WatchedExchange({ definition, seed: 5, startMs: NINE_MS, callsPerHour: 600 });
    const builder = new BoardBuilder(new RowKeys('salt'), NO_EXTRAS);
    for (let step = 1; step <= STEPS; step += 1) {
      watched.advanceTo(NINE_MS + step * STEP_MS);
      yield builder.build(watched.pipeline.report(watched.nowMs, links), watched.pipeline.seats());
    }
  }

  it('is reached by its deltas from the first on, through the protocol', () => {
    let told: Board | undefined;
    let before: Board | undefined;
    let changes = 0;
    for (const board of boards()) {
      const delta = before && deltaOf(before, board);
      if (delta !== undefined && told !== undefined) {
        const frame = { type: 'delta', after: 1, seq: 2, nowMs: 0, changes: delta };
        const read = serverFrameSchema.parse(JSON.parse(JSON.stringify(frame)));
        if (read.type === 'delta') told = applyChanges(told, read.changes);
        changes += 1;
      }
      told ??= board;
      before = board;
    }
    expect(told).toEqual(before);
    expect(changes).toBeGreaterThan(100);
    for (const kind of ROW_KINDS)
      for (const row of before?.[kind] ?? []) expect(ROWS[kind].parse(row)).toEqual(row);
  });

  it('keeps every row that says the same, and itself where all do', () => {
    let before: Board | undefined;
    let kept = 0;
    const remade: string[] = [];
    for (const board of boards()) {
      for (const kind of ROW_KINDS) {
        const known = new Map<string, object>(before?.[kind].map((row) => [row.key, row]));
        for (const row of board[kind]) {
          const earlier = known.get(row.key);
          if (earlier === row) kept += 1;
          else if (JSON.stringify(earlier) === JSON.stringify(row)) remade.push(`${kind} ${row.key}`);
        }
      }
      before = board;
    }
    expect(remade).toEqual([]);
    expect(kept).toBeGreaterThan(STEPS * 10);
  });

  it('says nothing new of a floor on which nothing happens, whoever waits', () => {
    const watched = new WatchedExchange({ definition, seed: 5, startMs: NINE_MS, callsPerHour: 600 });
    const builder = new BoardBuilder(new RowKeys('salt'), NO_EXTRAS);
    watched.advanceTo(NINE_MS + 600_000);
    const report = watched.pipeline.report(watched.nowMs, links);
    const first = builder.build(report, watched.pipeline.seats());
    expect(first.hotlines.some(({ live }) => live.longestSinceMs !== null)).toBe(true);
    const later = { ...report, atMs: report.atMs + 1_000 };
    const waitsOn = later.hotlines.map((row) => {
      const { longestWaitMs } = row.live;
      return {
        ...row,
        live: { ...row.live, longestWaitMs: longestWaitMs === null ? null : longestWaitMs + 1_000 },
      };
    });
    expect(builder.build({ ...later, hotlines: waitsOn }, watched.pipeline.seats())).toBe(first);
  });
});

describe('a row', () => {
  it('of a seat has a key of its own though two look alike once they are masked', () => {
    const twins = ['Local/13800000001@out', 'Local/13811110001@out'];
    const keys = new RowKeys('salt');
    const board = someBoard(
      twins.map((one) => someSeat({ interface: one })),
      { keys },
    );
    expect(board.seats.map(({ key }) => key)).toEqual([
      'north/Local/138****0001@out',
      'north/Local/138****0001@out#2',
    ]);
    expect(board.seats.map(({ key }) => keys.seatOf(key)?.interface)).toEqual(twins);
    const alone = someBoard([someSeat({ interface: 'Local/13811110001@out' })], { keys });
    expect(alone.seats[0]?.key).toBe('north/Local/138****0001@out#2');
  });

  it('of a breach is named by nothing that it is about', () => {
    const extras: Partial<BoardExtras> = { breaches: () => [breach(), breach({ id: 'another' })] };
    const board = someBoard([], { extras });
    expect(board.breaches.map(({ seat }) => seat)).toEqual(Array(2).fill('north/Local/138****0001@out'));
    expect(new Set(board.breaches.map(({ key }) => key)).size).toBe(2);
    expect(JSON.stringify(board)).not.toMatch(/13800000001/);
    const others = someBoard([], { extras, keys: new RowKeys('another run') });
    expect(others.breaches[0]?.key).not.toBe(board.breaches[0]?.key);
  });

  it('of a move says no number that was written into the reason of a pause', () => {
    const move = {
      id: '1',
      pbx: 'north',
      seat: 'PJSIP/101',
      agent: 'Ann',
      by: 'li',
      askedAtMs: 1,
      endedAtMs: 2,
      change: { what: 'pause', queue: '', reason: 'calls 13800000001 back' },
      state: 'done',
      steps: [],
      canUndo: true,
      follows: '',
    } as const;
    const board = someBoard([], { extras: { moves: () => [move] } });
    expect(board.moves.map(({ change }) => change)).toEqual([
      { what: 'pause', queue: '', reason: 'calls 138****0001 back' },
    ]);
  });

  it('of an exchange that is not heard tells when that began, and the blind time before it', () => {
    const keys = new RowKeys('salt');
    const builder = new BoardBuilder(keys, NO_EXTRAS);
    const pbx = {
      pbx: 'north',
      link: 'connecting',
      release: '22',
      blindSinceMs: 10_000,
      blindMs: 7_000,
      clockOffsetMs: 0,
      unattributed: 0,
      trunks: [],
    } as const;
    const report = {
      seq: 1,
      sinceMs: 0,
      definitionHash: '',
      pbxs: [pbx],
      hotlines: [],
      queues: [],
      seats: [],
    };
    const first = builder.build({ ...report, atMs: 12_000 }, []);
    expect(first.pbxs[0]).toMatchObject({ blindSinceMs: 10_000, blindMs: 5_000 });
    const later = { ...report, pbxs: [{ ...pbx, blindMs: 17_000 }] };
    expect(builder.build({ ...later, atMs: 22_000 }, [])).toBe(first);
  });

  it('of a seat says where it is paused, and what those who know say of it', () => {
    const memberships = new Map([
      ['support', { status: 1, paused: true }],
      ['billing', { status: 1, paused: false }],
    ]);
    const posts = { penalties: { support: 3 }, staticIn: ['billing'] };
    const call = { uniqueid: '1.1', caller: '138****0001', direction: 'in' } as const;
    const extras: Partial<BoardExtras> = { posts: () => posts, callAt: () => call };
    expect(someBoard([someSeat({ memberships })], { extras }).seats).toMatchObject([
      { queues: ['support', 'billing'], pausedIn: ['support'], ...posts, ...call },
    ]);
  });

  it('is the same though those who know make their answers anew', () => {
    const extras: BoardExtras = {
      ...NO_EXTRAS,
      callAt: () => ({ uniqueid: '1.1', caller: '', direction: 'in' }),
      posts: () => ({ penalties: { support: 1 }, staticIn: [] }),
      breaches: () => [breach()],
      callBacks: () => ({ open: 1, overdue: 0 }),
    };
    const builder = new BoardBuilder(new RowKeys('salt'), extras);
    const seats = [someSeat()];
    const report = someReport([], { seats });
    expect(builder.build(report, seats)).toBe(builder.build(report, seats));
  });

  it('is not made of a Report and seats that do not go together', () => {
    const builder = new BoardBuilder(new RowKeys('salt'), NO_EXTRAS);
    const report = { seq: 1, atMs: 0, sinceMs: 0, definitionHash: '', pbxs: [], hotlines: [], queues: [] };
    const [row] = someBoard().seats;
    if (row === undefined) throw new Error('there is a seat');
    expect(() => builder.build({ ...report, seats: [row] }, [])).toThrow(
      'the seats are not those of the Report',
    );
  });
});
