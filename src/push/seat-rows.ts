import type { Report, SeatReport } from '../rates/report.ts';
import type { LiveSeat } from '../seats/live.ts';
import type { SeatCall } from '../seats/seat-call.ts';
import type { BoardExtras, SeatPosts, SeatToday } from './board-extras.ts';
import type { Row } from './protocol.ts';
import type { RowKeys } from './row-keys.ts';
import { keepRows, keepSame } from './same-value.ts';

type SeatRow = Row<'seats'>;

/** What a row was made of: as long as all of it is the same, so is the row. */
interface Made {
  readonly report: SeatReport;
  readonly call: SeatCall | undefined;
  readonly today: SeatToday;
  readonly posts: SeatPosts;
  readonly pausedIn: readonly string[];
  readonly row: SeatRow;
}

/** The seats of the board: the Report's rows with what each does now beside. */
export class SeatRows {
  readonly #keys: RowKeys;
  readonly #extras: BoardExtras;
  #made = new Map<string, Made>();
  #rows: readonly SeatRow[] = [];

  constructor(keys: RowKeys, extras: BoardExtras) {
    this.#keys = keys;
    this.#extras = extras;
  }

  /** @param live the seats that the Report was made of, in its order */
  build(report: Report, live: readonly LiveSeat[]): readonly SeatRow[] {
    const before = this.#made;
    this.#made = new Map();
    const rows: SeatRow[] = [];
    report.seats.forEach((row, index) => {
      const seat = live[index];
      if (seat === undefined || seat.pbx !== row.pbx)
        throw new Error('the seats are not those of the Report');
      const key = this.#keys.seat(seat.pbx, seat.interface);
      const made = this.#make(key, row, seat, before.get(key));
      this.#made.set(key, made);
      rows.push(made.row);
    });
    this.#rows = keepRows(this.#rows, rows);
    return this.#rows;
  }

  #make(key: string, report: SeatReport, seat: LiveSeat, before: Made | undefined): Made {
    const call = this.#extras.callAt(seat.pbx, seat.interface);
    const today = this.#extras.today(seat.pbx, seat.interface);
    const posts = this.#extras.posts(seat.pbx, seat.interface);
    const paused: string[] = [];
    for (const [queue, membership] of seat.memberships) if (membership.paused) paused.push(queue);
    const pausedIn = keepRows(before?.pausedIn, paused);
    const isSame =
      before?.report === report &&
      before.call === call &&
      before.today === today &&
      before.posts === posts &&
      before.pausedIn === pausedIn;
    if (isSame) return before;
    const row: SeatRow = {
      key,
      ...report,
      caller: call?.caller ?? '',
      uniqueid: call?.uniqueid ?? '',
      direction: call?.direction ?? null,
      pausedIn,
      penalties: posts.penalties,
      staticIn: posts.staticIn,
      today,
    };
    return { report, call, today, posts, pausedIn, row: keepSame(before?.row, row) };
  }
}
