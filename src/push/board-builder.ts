import type { StandingBreach } from '../breaches/breach.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import type { Move } from '../moves/move.ts';
import type { HotlineReport, PbxReport, QueueReport, Report } from '../rates/report.ts';
import type { LiveSeat } from '../seats/live.ts';
import type { BoardExtras } from './board-extras.ts';
import type { Board, Row, RowKind } from './protocol.ts';
import type { RowKeys } from './row-keys.ts';
import { keepRows, keepSame } from './same-value.ts';
import { SeatRows } from './seat-rows.ts';
import { ToldFigures } from './told-figures.ts';
import { ToldRows } from './told-rows.ts';

/**
 * (Report, live seats, what is known beside) -> the whole board. Rows and lists of rows keep their identity as long as
 * they say the same; nothing in a row moves by time alone.
 */
export class BoardBuilder {
  readonly #keys: RowKeys;
  readonly #extras: BoardExtras;
  readonly #seats: SeatRows;
  readonly #breaches: ToldRows<StandingBreach, Row<'breaches'>>;
  readonly #moves: ToldRows<Move, Row<'moves'>>;
  readonly #known = new Map<RowKind, ReadonlyMap<string, Row<RowKind>>>();
  readonly #figures = new ToldFigures();
  #board: Board | undefined;

  constructor(keys: RowKeys, extras: BoardExtras) {
    this.#keys = keys;
    this.#extras = extras;
    this.#seats = new SeatRows(keys, extras);
    this.#breaches = new ToldRows((breach) => this.#breach(breach));
    this.#moves = new ToldRows((move) => this.#move(move));
  }

  /** @param live the seats that the Report was made of, in its order */
  build(report: Report, live: readonly LiveSeat[]): Board {
    const before = this.#board;
    const { atMs } = report;
    const next: Board = {
      pbxs: this.#rows(
        'pbxs',
        report.pbxs.map((row) => pbxRow(row, atMs)),
      ),
      hotlines: this.#rows(
        'hotlines',
        report.hotlines.map((row) => this.#hotline(row, atMs)),
      ),
      queues: this.#rows(
        'queues',
        report.queues.map((row) => this.#queue(row, atMs)),
      ),
      seats: this.#seats.build(report, live),
      breaches: this.#breaches.build(this.#extras.breaches()),
      moves: this.#moves.build(this.#extras.moves()),
    };
    this.#board = before !== undefined && isSameBoard(before, next) ? before : Object.freeze(next);
    return this.#board;
  }

  /** The breach of this key on the board that was built last: `StandingBreach.id`. */
  breachOf(key: string): string | undefined {
    return this.#breaches.idOf(key);
  }

  /** The move of this key on the board that was built last: `Move.id`. */
  moveOf(key: string): string | undefined {
    return this.#moves.idOf(key);
  }

  #rows<Kind extends 'pbxs' | 'hotlines' | 'queues'>(
    kind: Kind,
    rows: readonly Row<Kind>[],
  ): readonly Row<Kind>[] {
    // Under its kind a map holds rows of that kind alone.
    const known = this.#known.get(kind) as ReadonlyMap<string, Row<Kind>> | undefined;
    const kept = rows.map((row) => keepSame(known?.get(row.key), row));
    const before = this.#board?.[kind] as readonly Row<Kind>[] | undefined;
    const list = keepRows(before, kept);
    if (list !== before) this.#known.set(kind, new Map(list.map((row) => [row.key, row])));
    return list;
  }

  #hotline(row: HotlineReport, atMs: number): Row<'hotlines'> {
    const { pbx, hotline } = row;
    const { calls, waiting, longestWaitMs, talking } = row.live;
    const longestSinceMs = longestWaitMs === null ? null : atMs - longestWaitMs;
    const key = `${pbx}/${hotline}`;
    return {
      key,
      ...row,
      live: { calls, waiting, longestSinceMs, talking },
      figures: this.#figures.of(`hotline ${key}`, row.figures, atMs),
      trend: this.#extras.trend(pbx, hotline),
      callBacks: this.#extras.callBacks(pbx, hotline),
    };
  }

  #queue(report: QueueReport, atMs: number): Row<'queues'> {
    const { longestWaitMs: _running, ...row } = report;
    const { pbx, queue } = row;
    const key = `${pbx}/${queue}`;
    return {
      key,
      ...row,
      figures: this.#figures.of(`queue ${key}`, row.figures, atMs),
      callers: row.callers.map(({ uniqueid, sinceMs }) => {
        const { caller, hotline } = this.#extras.callerOf(pbx, uniqueid);
        return { uniqueid, sinceMs, caller, hotline };
      }),
      patience: this.#extras.patience(pbx, queue),
    };
  }

  #breach(breach: StandingBreach): Row<'breaches'> {
    const { id, kind, pbx, hotline, queue, seat, agent, uniqueid, sinceMs } = breach;
    return {
      key: this.#keys.breach(id),
      kind,
      pbx,
      hotline,
      queue,
      seat: seat === '' ? '' : this.#keys.seat(pbx, seat),
      agent: maskDigitRuns(agent),
      uniqueid,
      sinceMs,
      untilMs: breach.untilMs ?? null,
      acknowledged: breach.acknowledged ?? null,
    };
  }

  #move({ id, seat, endedAtMs, follows, change, ...move }: Move): Row<'moves'> {
    return {
      ...move,
      key: this.#keys.move(id),
      seat: this.#keys.seat(move.pbx, seat),
      agent: maskDigitRuns(move.agent),
      // Typed by hand: somebody may have put a caller's number there.
      change: change.what === 'pause' ? { ...change, reason: maskDigitRuns(change.reason) } : change,
      endedAtMs: endedAtMs ?? null,
      follows: follows === '' ? '' : this.#keys.move(follows),
    };
  }
}

/** The blind time that runs is told by its beginning; the sum is of those before it. */
function pbxRow(row: PbxReport, atMs: number): Row<'pbxs'> {
  const runningMs = row.blindSinceMs === null ? 0 : Math.max(0, atMs - row.blindSinceMs);
  return { key: row.pbx, ...row, blindMs: Math.max(0, row.blindMs - runningMs) };
}

const isSameBoard = (one: Board, other: Board): boolean =>
  one.pbxs === other.pbxs &&
  one.hotlines === other.hotlines &&
  one.queues === other.queues &&
  one.seats === other.seats &&
  one.breaches === other.breaches &&
  one.moves === other.moves;
