import type { WatchDefinition } from '../hotlines/definition.ts';
import type { Roster } from '../roster/roster.ts';
import { SumTerms } from '../store/sum-terms.ts';
import type { ReportMaterial } from './report-material.ts';
import { spanOf } from './report-material.ts';
import {
  hoursOfFrame,
  piecesOfPeriod,
  unitOf,
  type ReportFrame,
  type ReportPeriod,
} from './report-period.ts';
import type { ReportSources } from './report-sources.ts';
import { PROFILE_SERIES } from './hour-profile.ts';

/** Which report of which company. */
export interface ReportOrder {
  readonly period: ReportPeriod;
  readonly frame: ReportFrame;
  readonly definition: WatchDefinition;
  readonly roster: Roster | undefined;
  readonly nowMs: number;
}

const HOUR_MS = 3_600_000;
/** A seat that was left at the end of a shift is relieved in the next, and a span that began before is cut there. */
const SPANS_AROUND_MS = 12 * HOUR_MS;

/** Reads what a report is made of; rejects where the journal cannot be read. */
export async function readReport(order: ReportOrder, sources: ReportSources): Promise<ReportMaterial> {
  const { period, frame, nowMs } = order;
  const company = spanOf(piecesOfPeriod(hoursOfFrame(frame), period)) ?? { fromMs: nowMs, untilMs: nowMs };
  const { fromMs, untilMs } = around(order, company);
  const unit = unitOf(period.kind);
  const [
    knownSinceMs,
    seenUntil,
    sums,
    hourSums,
    blindTimes,
    lostFacts,
    breachedCalls,
    backfills,
    definitionChanges,
  ] = await Promise.all([
    sources.knownSinceMs(),
    sources.seenUntil(),
    sources.sums({ unit, fromMs, untilMs }),
    sources.sums({ unit: 'hour', fromMs: fromMs - HOUR_MS, untilMs, series: PROFILE_SERIES }),
    sources.blindTimes(company.fromMs, company.untilMs),
    sources.lostFacts(company.fromMs, company.untilMs),
    sources.breachedCalls(company.fromMs, company.untilMs),
    sources.backfills(company.fromMs, company.untilMs),
    sources.definitionChanges(company.fromMs, company.untilMs),
  ]);
  const [lostCallers, openCallBacks, seatSpans] = await Promise.all([
    sources.lostCallers(company.fromMs, company.untilMs),
    sources.openCallBacks(),
    period.kind === 'shift' && order.roster !== undefined
      ? sources.seatSpans(company.fromMs, Math.min(nowMs, company.untilMs + SPANS_AROUND_MS))
      : [],
  ]);
  return {
    ...order,
    knownSinceMs,
    seenUntil,
    sums,
    hourSums,
    blindTimes,
    lostFacts,
    breachedCalls,
    backfills,
    definitionChanges,
    lostCallers,
    openCallBacks,
    seatSpans,
  };
}

/** Hotlines in other zones have their day at other instants. */
function around(
  { definition, period }: ReportOrder,
  company: { readonly fromMs: number; readonly untilMs: number },
): { readonly fromMs: number; readonly untilMs: number } {
  const terms = new SumTerms(definition);
  const own = [
    ...definition.hotlines.map(({ hours }) => hours),
    ...definition.pbxs.map(({ name }) => terms.hoursOf({ pbx: name, subject: 'pbx', name })),
  ].map((hours) => spanOf(piecesOfPeriod(hours, period)) ?? company);
  return {
    fromMs: Math.min(company.fromMs, ...own.map(({ fromMs }) => fromMs)),
    untilMs: Math.max(company.untilMs, ...own.map(({ untilMs }) => untilMs)),
  };
}
