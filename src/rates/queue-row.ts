import { SEAT_STATES, type SeatState } from '../calls/facts.ts';
import type { LiveCalls, LiveQueueCaller } from '../calls/live.ts';
import type { LiveSeat } from '../seats/live.ts';
import { FIGURE, type FigureColumn } from './figure-shares.ts';
import { FigureRows } from './figures.ts';
import { waitedMs } from './hotline-row.ts';
import { keep } from './keep.ts';
import { MEMBER_STATUSES, memberStatusOf, type MemberStatus } from './member-status.ts';
import type { QueueTally } from './queue-tally.ts';
import { WINDOWS, type QueueReport } from './report.ts';
import type { Series } from './series.ts';
import { share } from './share.ts';
import { zeros } from './zeros.ts';

/** Who stands ready in a queue now. */
export interface QueueMembers {
  readonly members: Record<MemberStatus, number>;
  readonly seats: Record<SeatState, number>;
  paused: number;
  staffed: number;
}

const NO_MEMBERS = zeros(MEMBER_STATUSES);
const NO_SEATS = zeros(SEAT_STATES);

export function noMembers(): QueueMembers {
  return { members: { ...NO_MEMBERS }, seats: { ...NO_SEATS }, paused: 0, staffed: 0 };
}

/** Adds a seat to every queue it is a member of: rows count it in each, totals once. */
export function addSeat(queues: ReadonlyMap<string, QueueMembers>, seat: LiveSeat): void {
  const reachable = seat.state !== 'offline' && seat.state !== 'unknown';
  for (const [queue, { status, paused }] of seat.memberships) {
    const row = queues.get(queue);
    if (row === undefined) continue;
    row.members[memberStatusOf(status)]++;
    row.seats[seat.state]++;
    if (paused) row.paused++;
    else if (reachable) row.staffed++;
  }
}

/** One queue of the Report, made anew only where something of it changed. */
export class QueueRow {
  private readonly pbx: string;
  private readonly tally: QueueTally;
  private readonly figures: FigureRows;
  private row: QueueReport | undefined;

  constructor(pbx: string, tally: QueueTally) {
    this.pbx = pbx;
    this.tally = tally;
    this.figures = new FigureRows(tally);
  }

  build(live: LiveCalls | undefined, members: QueueMembers, nowMs: number): QueueReport {
    const { tally, row } = this;
    const callers = live?.queueCallers(tally.queue) ?? [];
    const figures = this.figures.build();
    this.row = keep(row, {
      pbx: this.pbx,
      queue: tally.queue,
      waiting: callers.length,
      longestWaitMs: waitedMs(callers[0]?.sinceMs, nowMs),
      callers: callersOf(callers, row?.callers),
      connected: live?.queueConnected(tally.queue) ?? 0,
      joined: tally.joined,
      refused: tally.refused,
      takenUp: tally.takenUp,
      left: keep(row?.left, { ...tally.left }),
      members: keep(row?.members, members.members),
      membersPaused: members.paused,
      staffed: members.staffed,
      seats: keep(row?.seats, members.seats),
      rates: queueRates(tally.figures, row?.rates),
      figures,
    });
    return this.row;
  }
}

function callersOf(
  callers: readonly LiveQueueCaller[],
  previous: QueueReport['callers'] | undefined,
): QueueReport['callers'] {
  const rows = callers.map(({ uniqueid, sinceMs }, index) => keep(previous?.[index], { uniqueid, sinceMs }));
  return keep(previous, rows);
}

/** Answered in this queue / (joined + refused at the door - short), of what is decided; overflow is a miss here. */
function queueRates(
  series: Series<FigureColumn>,
  previous: QueueReport['rates'] | undefined,
): QueueReport['rates'] {
  const rows = WINDOWS.map((window, index) => {
    const answered = series.sumAt(index, FIGURE.answered);
    const of = series.sumAt(index, FIGURE.asked) - series.sumAt(index, FIGURE.setAside);
    const known = previous?.[index];
    if (known !== undefined && known.answered === answered && known.of === of) return known;
    return Object.freeze({ window, answered, of, ratio: share(answered, of) });
  });
  return keep(previous, rows);
}
