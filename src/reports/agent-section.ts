import { SEAT_STATES } from '../calls/facts.ts';
import type { HoursDefinition } from '../hotlines/definition.ts';
import type { Period } from '../hotlines/hours.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import { isBusy, isCounted } from '../rates/seat-time.ts';
import { share } from '../rates/share.ts';
import type { SumKey } from '../store/sums.ts';
import { piecesOfPeriod, type ReportPeriod } from './report-period.ts';
import type { AgentRow } from './report-document.ts';
import { countOf, type Sums, type SumTable } from './sum-table.ts';

/** norm.md section 6: one to five calls of every agent are listened to each month. */
export const FEWEST_LISTENED = 1;
export const MOST_LISTENED = 5;

/** Everyone who worked in the period, by exchange and name. */
export function agentSection(
  period: ReportPeriod,
  table: SumTable,
  hoursOf: (key: Pick<SumKey, 'pbx' | 'subject' | 'name'>) => HoursDefinition,
  nowMs: number,
): readonly AgentRow[] {
  return table
    .subjects('agent')
    .map((agent) => agentRow(agent, period, piecesOfPeriod(hoursOf(agent), period), table, nowMs))
    .filter(
      ({ talks, refused, outbound, loggedInMs, listened }) =>
        talks + refused + outbound + loggedInMs + listened > 0,
    );
}

function agentRow(
  agent: Pick<SumKey, 'pbx' | 'subject' | 'name'>,
  { kind }: ReportPeriod,
  pieces: readonly Period[],
  table: SumTable,
  nowMs: number,
): AgentRow {
  const work = table.totalOf({ ...agent, series: 'work' }, pieces).sums;
  const time = table.totalOf({ ...agent, series: 'time' }, pieces).sums;
  const talks = countOf(work, 'talks');
  const endedFirst = countOf(work, 'ended-by-seat');
  const endsKnown = Math.max(0, talks - countOf(work, 'ended-by-unknown'));
  const byMonth = kind === 'month' || kind === 'quarter' ? pieces : [];
  return {
    pbx: agent.pbx,
    agent: maskDigitRuns(agent.name),
    talks,
    talkMs: countOf(work, 'talkMs'),
    holdMs: countOf(work, 'holdMs'),
    endedFirst,
    endsKnown,
    endedFirstShare: share(Math.min(endedFirst, endsKnown), endsKnown),
    refused: countOf(work, 'ringNoAnswer'),
    outbound: countOf(work, 'outbound'),
    outboundAnswered: countOf(work, 'outboundAnswered'),
    pausedMs: countOf(time, 'paused'),
    loggedInMs: timeIn(time, (state) => state !== 'offline' && state !== 'unknown'),
    occupancy: share(timeIn(time, isBusy), timeIn(time, isCounted)),
    listened: countOf(work, 'listened'),
    listenedMonths: byMonth.map((month) => {
      const listened = countOf(table.sumsOf({ ...agent, series: 'work' }, month), 'listened');
      return { month: month.key, listened, asNormAsks: asNormAsks(listened, nowMs >= month.untilMs) };
    }),
  };
}

function asNormAsks(listened: number, isOver: boolean): boolean | null {
  if (listened > MOST_LISTENED) return false;
  return listened >= FEWEST_LISTENED || (isOver ? false : null);
}

function timeIn(time: Sums, counts: (state: (typeof SEAT_STATES)[number]) => boolean): number {
  return SEAT_STATES.filter(counts).reduce((sum, state) => sum + countOf(time, state), 0);
}
