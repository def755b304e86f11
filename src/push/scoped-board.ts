import { ForeignNames } from './foreign-names.ts';
import type { Board, Row } from './protocol.ts';
import { keepRows, keepSame } from './same-value.ts';
import type { Scope } from './scope.ts';

type SeatRow = Row<'seats'>;
type BreachRow = Row<'breaches'>;
type MoveRow = Row<'moves'>;

/** By what a seat may be named in somebody's sight: interface and configured name, by the key of its row. */
export type SeatNames = (key: string) => readonly string[];

/**
 * The whole board -> what one scope sees of it: no row and no name that is not theirs. Rows keep their identity where
 * the whole board's rows do.
 */
export class ScopedBoard {
  readonly #scope: Scope;
  readonly #namesOf: SeatNames;
  readonly #foreign = new ForeignNames();
  /** The row that was made of one of the whole board. */
  #made = new WeakMap<object, object>();
  #whole: Board | undefined;
  #board: Board | undefined;

  constructor(scope: Scope, namesOf: SeatNames) {
    this.#scope = scope;
    this.#namesOf = namesOf;
  }

  of(whole: Board): Board {
    if (this.#scope.seesAll) return whole;
    if (this.#board === undefined || this.#whole !== whole) this.#board = this.#filter(whole, this.#board);
    this.#whole = whole;
    return this.#board;
  }

  #filter(whole: Board, before: Board | undefined): Board {
    const { seesHotline, seesQueue } = this.#scope;
    const hotlines = whole.hotlines.filter(({ hotline }) => seesHotline(hotline));
    const queues = whole.queues.filter(({ queue }) => seesQueue(queue));
    const seats = whole.seats.filter((row) => this.#seesSeat(row));
    const own = seats.map((row) => ({ ...row, queues: row.queues.filter(seesQueue) }));
    if (this.#foreign.learn(whole, { hotlines, queues, seats: own })) this.#made = new WeakMap();
    const pbxs = new Set([...hotlines, ...queues, ...seats].map(({ pbx }) => pbx));
    const keys = new Set(seats.map(({ key }) => key));
    return {
      pbxs: keepRows(
        before?.pbxs,
        whole.pbxs.filter(({ pbx }) => pbxs.has(pbx)).map((row) => this.#keep(row, withoutTrunks)),
      ),
      hotlines: keepRows(before?.hotlines, hotlines),
      queues: keepRows(
        before?.queues,
        queues.map((row) => this.#keep(row, (one) => this.#queue(one))),
      ),
      seats: keepRows(
        before?.seats,
        seats.map((row) => this.#keep(row, (one) => this.#seat(one))),
      ),
      breaches: this.#kept(
        before?.breaches,
        whole.breaches.flatMap((row) => this.#breach(row, keys, pbxs)),
      ),
      moves: this.#kept(
        before?.moves,
        whole.moves.flatMap((row) => this.#move(row, keys)),
      ),
    };
  }

  /** What a row becomes hangs on nothing but the row and the names that are not theirs. */
  #keep<R extends object>(row: R, shown: (row: R) => R): R {
    const known = this.#made.get(row);
    if (known !== undefined) return known as R;
    const made = Object.freeze(shown(row));
    this.#made.set(row, made);
    return made;
  }

  /** Few rows, which hang on which seats are theirs at the moment. */
  #kept<R extends { readonly key: string }>(
    before: readonly R[] | undefined,
    rows: readonly R[],
  ): readonly R[] {
    const known = new Map(before?.map((row) => [row.key, row]));
    return keepRows(
      before,
      rows.map((row) => keepSame(known.get(row.key), row)),
    );
  }

  #seesSeat(row: SeatRow): boolean {
    const { seesQueue, namesSeat } = this.#scope;
    return row.queues.some(seesQueue) || this.#namesOf(row.key).some(namesSeat);
  }

  #queue(row: Row<'queues'>): Row<'queues'> {
    const callers = row.callers.map((caller) => ({
      ...caller,
      hotline: this.#scope.seesHotline(caller.hotline) ? caller.hotline : '',
    }));
    return { ...row, callers };
  }

  /** Busy with what is not theirs it is busy all the same: with whom and for what stays unsaid. */
  #seat(row: SeatRow): SeatRow {
    const { seesQueue } = this.#scope;
    const isForeign = row.on !== '' && !this.#seesWork(row);
    return {
      ...row,
      on: isForeign ? '' : row.on,
      why: isForeign ? '' : this.#foreign.hush(row.why),
      caller: isForeign ? '' : row.caller,
      uniqueid: isForeign ? '' : row.uniqueid,
      pausedReason: this.#foreign.hush(row.pausedReason),
      queues: row.queues.filter(seesQueue),
      pausedIn: row.pausedIn.filter(seesQueue),
      staticIn: row.staticIn.filter(seesQueue),
      penalties: Object.fromEntries(Object.entries(row.penalties).filter(([queue]) => seesQueue(queue))),
    };
  }

  #seesWork({ busyWith, on }: SeatRow): boolean {
    const { seesQueue, seesHotline } = this.#scope;
    if (busyWith === 'queue') return seesQueue(on);
    if (busyWith === 'hotline') return seesHotline(on);
    return seesQueue(on) && seesHotline(on);
  }

  /** Theirs by any of what it is about; what else it names stays unsaid. */
  #breach(row: BreachRow, seats: ReadonlySet<string>, pbxs: ReadonlySet<string>): readonly BreachRow[] {
    const hotline = this.#scope.seesHotline(row.hotline) ? row.hotline : '';
    const queue = this.#scope.seesQueue(row.queue) ? row.queue : '';
    const seat = seats.has(row.seat) ? row.seat : '';
    const isOfPbx = row.hotline === '' && row.queue === '' && row.seat === '';
    const isTheirs = isOfPbx ? pbxs.has(row.pbx) : hotline !== '' || queue !== '' || seat !== '';
    if (!isTheirs) return [];
    // Who is named without a seat is named for the hotline or queue.
    const agent = row.seat === seat ? this.#foreign.hush(row.agent) : '';
    // Whoever sees a call on the board may ask for its caller's number: it has to be theirs.
    const uniqueid = hotline === '' && queue === '' ? '' : row.uniqueid;
    return [{ ...row, hotline, queue, seat, agent, uniqueid }];
  }

  /**
   * Theirs where each queue it names is, and the seat is now, or was until it was taken out: that they must be able to
   * take back.
   */
  #move(row: MoveRow, seats: ReadonlySet<string>): readonly MoveRow[] {
    const { seesQueue } = this.#scope;
    const { change } = row;
    const named = change.what === 'transfer' ? [change.from, change.to] : [change.queue];
    const wasTheirs = change.what === 'remove' || change.what === 'transfer';
    if (!named.every((queue) => queue === '' || seesQueue(queue))) return [];
    if (!wasTheirs && !seats.has(row.seat)) return [];
    const steps = row.steps
      .filter(({ queue }) => queue === '' || seesQueue(queue))
      .map((step) => ({ ...step, said: this.#foreign.hush(step.said) }));
    const said = change.what === 'pause' ? { ...change, reason: this.#foreign.hush(change.reason) } : change;
    // Whoever sits elsewhere by now is named only where the seat itself went.
    const agent = seats.has(row.seat) ? this.#foreign.hush(row.agent) : row.agent;
    return [{ ...row, agent, change: said, steps }];
  }
}

/** Lines are the whole exchange's. */
const withoutTrunks = (row: Row<'pbxs'>): Row<'pbxs'> => ({ ...row, trunks: [] });
