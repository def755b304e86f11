import type { WatchDefinition } from '../hotlines/definition.ts';
import { type Scope, scopeOf } from '../push/scope.ts';
import type { Report, SeatReport } from '../rates/report.ts';
import type { Sight } from '../access/who.ts';
import { seatNamesOf, seesSeat, theirNames, type TheirNames } from './their-names.ts';

/** Of the Report what somebody may see: no row and no name that is not theirs. */
export function theirReport(report: Report, sight: Sight, definition: WatchDefinition): Report {
  const scope = scopeOf(sight);
  if (scope.seesAll) return report;
  const names = theirNames(scope, definition, report);
  const namesOf = seatNamesOf(definition);
  const hotlines = report.hotlines.filter(({ hotline }) => scope.seesHotline(hotline));
  const queues = report.queues.filter(({ queue }) => scope.seesQueue(queue));
  const seats = report.seats
    .filter(({ pbx, seat, queues: its }) => seesSeat(scope, its, namesOf(pbx, seat)))
    .map((row) => theirSeat(row, scope, names));
  const pbxs = new Set([...hotlines, ...queues, ...seats].map(({ pbx }) => pbx));
  return {
    ...report,
    // Counted on by what is not theirs too.
    seq: 0,
    // Lines and calls for no hotline are the exchange's, which is more than what is theirs.
    pbxs: report.pbxs
      .filter(({ pbx }) => pbxs.has(pbx))
      .map((row) => ({ ...row, trunks: [], unattributed: 0 })),
    hotlines,
    queues,
    seats,
  };
}

/** Busy with what is not theirs it is busy all the same: for what stays unsaid. */
function theirSeat(row: SeatReport, scope: Scope, names: TheirNames): SeatReport {
  const { seesQueue, seesHotline } = scope;
  const seesWork = row.on === '' || (row.busyWith === 'hotline' ? seesHotline(row.on) : seesQueue(row.on));
  return {
    ...row,
    on: seesWork ? row.on : '',
    why: seesWork ? names.said(row.why) : '',
    pausedReason: names.said(row.pausedReason),
    queues: row.queues.filter(seesQueue),
  };
}
