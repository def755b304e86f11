import { SEAT_STATES } from '../calls/facts.ts';
import type { HotlineReport, QueueReport, Report } from '../rates/report.ts';
import { zeros } from '../rates/zeros.ts';
import { ReadGauge, type Families } from './families.ts';
import { inSeconds } from './figure-gauges.ts';

const ON = ['pbx', 'hotline'] as const;
const IN_QUEUE = ['pbx', 'queue'] as const;

/** The live picture. Of an exchange that is not seen now there is none: its series are absent, not stale. */
export class LiveGauges {
  private readonly gauges: ReturnType<typeof gaugesOf>;
  private readonly seat: ReadGauge<'pbx' | 'seat' | 'state'> | undefined;

  /** @param perSeat a series for each seat, only where it is asked for: there may be thousands */
  constructor(families: Families, perSeat: boolean) {
    this.gauges = gaugesOf(families);
    this.seat = perSeat
      ? new ReadGauge(families, 'ringside_seat_state', 'The state a seat is in: 1.', ['pbx', 'seat', 'state'])
      : undefined;
  }

  /** In steps: one for each hotline and queue. */
  *fill(report: Report): Generator<void> {
    for (const gauge of Object.values(this.gauges)) gauge.empty();
    this.seat?.empty();
    const seen = new Set(report.pbxs.filter((row) => row.blindSinceMs === null).map(({ pbx }) => pbx));
    for (const row of report.hotlines) {
      this.gauges.open.set({ pbx: row.pbx, hotline: row.hotline }, row.open ? 1 : 0);
      if (seen.has(row.pbx)) this.fillHotline(row);
      yield;
    }
    for (const row of report.queues) {
      if (seen.has(row.pbx)) this.fillQueue(row);
      yield;
    }
    this.fillSeats(report, seen);
    this.fillTrunks(report, seen);
  }

  private fillHotline({ pbx, hotline, live }: HotlineReport): void {
    const { gauges } = this;
    gauges.calls.set({ pbx, hotline }, live.calls);
    gauges.waiting.set({ pbx, hotline }, live.waiting);
    gauges.talking.set({ pbx, hotline }, live.talking);
    gauges.longest.set({ pbx, hotline }, inSeconds(live.longestWaitMs));
  }

  private fillQueue(row: QueueReport): void {
    const { gauges } = this;
    const labels = { pbx: row.pbx, queue: row.queue };
    gauges.queueCallers.set(labels, row.waiting);
    gauges.queueLongest.set(labels, inSeconds(row.longestWaitMs));
    gauges.queueConnected.set(labels, row.connected);
    gauges.queuePaused.set(labels, row.membersPaused);
    gauges.queueStaffed.set(labels, row.staffed);
    for (const [status, count] of Object.entries(row.members)) {
      gauges.queueMembers.set({ ...labels, status }, count);
    }
    for (const [state, count] of Object.entries(row.seats))
      gauges.queueSeats.set({ ...labels, state }, count);
  }

  private fillSeats(report: Report, seen: ReadonlySet<string>): void {
    for (const pbx of seen) {
      const ofPbx = report.seats.filter((row) => row.pbx === pbx);
      const counts = zeros(SEAT_STATES);
      for (const { state } of ofPbx) counts[state] += 1;
      for (const state of SEAT_STATES) this.gauges.seats.set({ pbx, state }, counts[state]);
      for (const { seat, state } of ofPbx) this.seat?.set({ pbx, seat, state }, 1);
    }
  }

  private fillTrunks(report: Report, seen: ReadonlySet<string>): void {
    for (const { pbx, trunks } of report.pbxs) {
      for (const { trunk, lines, linesInUse, peakLinesInUse } of trunks) {
        this.gauges.lines.set({ pbx, trunk }, lines);
        this.gauges.linesPeak.set({ pbx, trunk }, peakLinesInUse);
        if (seen.has(pbx)) this.gauges.linesInUse.set({ pbx, trunk }, linesInUse);
      }
    }
  }
}

function gaugesOf(families: Families) {
  const gauge = <Label extends string>(name: string, help: string, labels: readonly Label[]) =>
    new ReadGauge(families, name, help, labels);
  return {
    open: gauge('ringside_hotline_open', 'Whether the hotline is in its staffed hours now.', ON),
    calls: gauge('ringside_live_calls', 'Calls of a hotline now.', ON),
    waiting: gauge('ringside_live_waiting', 'Callers of a hotline who wait for a person now.', ON),
    talking: gauge('ringside_live_talking', 'Callers of a hotline who talk to a person now.', ON),
    longest: gauge(
      'ringside_live_longest_wait_seconds',
      'How long the longest waiting caller of a hotline has waited; absent while nobody waits.',
      ON,
    ),
    queueCallers: gauge('asterisk_queue_callers', 'Callers in line in a queue now.', IN_QUEUE),
    queueLongest: gauge(
      'ringside_queue_live_longest_wait_seconds',
      'How long the first in line of a queue has waited; absent while nobody waits.',
      IN_QUEUE,
    ),
    queueConnected: gauge('ringside_queue_connected', 'Callers of a queue who talk to a seat now.', IN_QUEUE),
    queueMembers: gauge(
      'asterisk_queue_members',
      'Members of a queue by the status Asterisk gives their device; a seat in several queues counts in each.',
      [...IN_QUEUE, 'status'],
    ),
    queuePaused: gauge('asterisk_queue_members_paused', 'Members of a queue who are paused in it.', IN_QUEUE),
    queueSeats: gauge(
      'ringside_queue_seats',
      'Seats of a queue by their true state; a seat in several queues counts in each.',
      [...IN_QUEUE, 'state'],
    ),
    queueStaffed: gauge(
      'ringside_queue_staffed',
      'Members of a queue who are logged in, not paused and reachable; talking counts.',
      IN_QUEUE,
    ),
    seats: gauge('ringside_seats', 'Seats of an exchange by their state, each once.', ['pbx', 'state']),
    lines: gauge('ringside_lines', 'Lines a trunk has; absent where not configured.', ['pbx', 'trunk']),
    linesInUse: gauge('ringside_lines_in_use', 'Channels on a trunk now.', ['pbx', 'trunk']),
    linesPeak: gauge(
      'ringside_lines_in_use_peak',
      'Most channels on a trunk at once since the daemon started.',
      ['pbx', 'trunk'],
    ),
  };
}
