import type { LinkStatus } from '../ami/connection.ts';
import type { LiveCalls } from '../calls/live.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import type { LiveSeat } from '../seats/live.ts';
import { ByPbx } from './by-pbx.ts';
import { HotlineRow } from './hotline-row.ts';
import { keep } from './keep.ts';
import { PbxRow } from './pbx-row.ts';
import { addSeat, noMembers, QueueRow, type QueueMembers } from './queue-row.ts';
import type { HotlineReport, PbxReport, QueueReport, Report, SeatReport } from './report.ts';
import { SeatRow } from './seat-row.ts';
import { queuesOf, type Tally } from './tally.ts';

/** The live picture of all exchanges at one instant, read and not kept. */
export interface Picture {
  readonly nowMs: number;
  readonly calls: readonly LiveCalls[];
  readonly seats: Iterable<LiveSeat>;
  readonly links: readonly LinkStatus[];
  /** By exchange that is not heard now: when it last was, where known more exactly than by its link's state. */
  readonly blindSince?: ReadonlyMap<string, number>;
}

interface PbxRows {
  readonly pbx: PbxRow;
  readonly hotlines: readonly HotlineRow[];
  readonly queues: ReadonlyMap<string, QueueRow>;
}

/**
 * (tally, live picture) -> Report: numbered, frozen, sharing every row that did not change with the Report before. The
 * number rises only when a row changed; otherwise the same rows are told again at a new instant.
 */
export class ReportBuilder {
  private readonly tally: Tally;
  private readonly startedAtMs: number;
  private rows = new Map<string, PbxRows>();
  private builtFor: WatchDefinition | undefined;
  private seatRows = new ByPbx<SeatRow>();
  private report: Report | undefined;

  constructor(tally: Tally, startedAtMs: number) {
    this.tally = tally;
    this.startedAtMs = startedAtMs;
  }

  build(picture: Picture): Report {
    const { nowMs } = picture;
    const live = [...picture.seats];
    this.tally.advance(nowMs);
    this.tally.lookAt(live, nowMs);
    if (this.builtFor !== this.tally.watched) this.redefine(this.tally.watched);
    const members = this.membersByQueue();
    const seats = this.buildSeats(live, members);
    const pbxs: PbxReport[] = [];
    const hotlines: HotlineReport[] = [];
    const queues: QueueReport[] = [];
    for (const [name, rows] of this.rows) {
      const calls = picture.calls.find(({ pbx }) => pbx === name);
      const link = picture.links.find(({ pbx }) => pbx === name);
      rows.pbx.look(link, picture.blindSince?.get(name));
      const { blindNow, knownSinceMs } = rows.pbx;
      pbxs.push(rows.pbx.build(this.tally.pbx(name), calls, link, nowMs));
      for (const row of rows.hotlines) hotlines.push(row.build(calls, { nowMs, blindNow, knownSinceMs }));
      for (const [queue, row] of rows.queues) {
        queues.push(row.build(calls, members.get(name)?.get(queue) ?? noMembers(), nowMs));
      }
    }
    return this.number(nowMs, { pbxs, hotlines, queues, seats });
  }

  private number(nowMs: number, made: Pick<Report, 'pbxs' | 'hotlines' | 'queues' | 'seats'>): Report {
    const before = this.report;
    const knownSince = [...this.rows.values()].map(({ pbx }) => pbx.knownSinceMs).filter(Number.isFinite);
    const next: Report = {
      seq: before?.seq ?? 0,
      atMs: nowMs,
      sinceMs: knownSince.length > 0 ? Math.min(...knownSince) : this.startedAtMs,
      definitionHash: this.tally.watched.hash,
      pbxs: keep(before?.pbxs, made.pbxs),
      hotlines: keep(before?.hotlines, made.hotlines),
      queues: keep(before?.queues, made.queues),
      seats: keep(before?.seats, made.seats),
    };
    const changed = before === undefined || keep(before, { ...next }, INSTANT) !== before;
    this.report = Object.freeze(changed ? { ...next, seq: next.seq + 1 } : next);
    return this.report;
  }

  private buildSeats(
    seats: Iterable<LiveSeat>,
    members: ReadonlyMap<string, ReadonlyMap<string, QueueMembers>>,
  ): SeatReport[] {
    const before = this.seatRows;
    this.seatRows = new ByPbx();
    const reports: SeatReport[] = [];
    for (const seat of seats) {
      const row = before.get(seat.pbx, seat.interface) ?? new SeatRow();
      this.seatRows.set(seat.pbx, seat.interface, row);
      reports.push(row.build(seat));
      const queues = members.get(seat.pbx);
      if (queues !== undefined) addSeat(queues, seat);
    }
    return reports;
  }

  private membersByQueue(): Map<string, Map<string, QueueMembers>> {
    return new Map(
      [...this.rows].map(([pbx, { queues }]) => [
        pbx,
        new Map([...queues.keys()].map((queue) => [queue, noMembers()])),
      ]),
    );
  }

  /** Rows follow the definition; an exchange that stays keeps what is known of its link. */
  private redefine(definition: WatchDefinition): void {
    const before = this.rows;
    this.rows = new Map(
      definition.pbxs.map((pbx) => {
        const hotlines = definition.hotlines.flatMap((hotline) => {
          const tally = hotline.pbx === pbx.name ? this.tally.hotline(pbx.name, hotline.name) : undefined;
          return tally === undefined ? [] : [new HotlineRow(tally)];
        });
        const queues = queuesOf(definition, pbx).flatMap((queue): [string, QueueRow][] => {
          const tally = this.tally.queue(pbx.name, queue);
          return tally === undefined ? [] : [[queue, new QueueRow(pbx.name, tally)]];
        });
        const row =
          before.get(pbx.name)?.pbx ??
          new PbxRow(pbx, this.startedAtMs, this.tally.pbx(pbx.name)?.knownSinceMs);
        row.redefine(pbx);
        return [pbx.name, { pbx: row, hotlines, queues: new Map(queues) }];
      }),
    );
    this.builtFor = definition;
  }
}

const INSTANT: ReadonlySet<string> = new Set(['atMs']);
