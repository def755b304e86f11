import { CHAIN_MS } from '../attempts/chain.ts';
import type { Period } from '../hotlines/hours.ts';
import { SumTerms } from '../store/sum-terms.ts';
import { agentSection } from './agent-section.ts';
import { callBackSection } from './call-back-section.ts';
import type { HotlineSection } from './document-hotline.ts';
import { hotlineSection } from './hotline-section.ts';
import type { ReportDocument } from './report-document.ts';
import type { ReportMaterial } from './report-material.ts';
import { spanOf } from './report-material.ts';
import { hoursOfFrame, piecesOfPeriod } from './report-period.ts';
import { shiftSection } from './shift-section.ts';
import { sightSection } from './sight-section.ts';
import { SumTable } from './sum-table.ts';

/** A report lists so many calls that breached; the journal has them all. */
const MOST_BREACHED = 100;

/** The whole report. A period that the company's calendar does not have makes a report of nothing. */
export function buildDocument(material: ReportMaterial): ReportDocument {
  const { period, frame, definition, nowMs, knownSinceMs } = material;
  const span = spanOf(piecesOfPeriod(hoursOfFrame(frame), period)) ?? { fromMs: nowMs, untilMs: nowMs };
  const terms = new SumTerms(definition);
  const tables = { periods: new SumTable(material.sums), hours: new SumTable(material.hourSums) };
  const hotlines = definition.hotlines.flatMap((hotline): readonly HotlineSection[] => {
    const pieces = piecesOfPeriod(hotline.hours, period);
    return pieces.length === 0 ? [] : [hotlineSection(hotline, pieces, material, tables)];
  });
  const callBacks = callBacksOf(material, hotlines, tables.periods);
  const piecesOfPbx = (pbx: string): readonly Period[] =>
    piecesOfPeriod(terms.hoursOf({ pbx, subject: 'pbx', name: pbx }), period);
  return {
    format: 'ringside-report/1',
    kind: period.kind,
    key: period.key,
    ...span,
    zone: frame.zone,
    madeAtMs: nowMs,
    state: nowMs >= span.untilMs ? 'complete' : 'running',
    sinceMs: knownSinceMs === undefined ? nowMs : knownSinceMs > span.fromMs ? knownSinceMs : null,
    settledAtMs: span.untilMs + CHAIN_MS,
    definitionHash: definition.hash,
    hotlines,
    agents: agentSection(period, tables.periods, (key) => terms.hoursOf(key), nowMs),
    callBacks,
    ...breachedCallsOf(material),
    sight: sightSection(material, piecesOfPbx, tables.periods, leftOut(material, span, tables.periods)),
    shift: period.kind === 'shift' ? shiftSection(material, span, hotlines, callBacks) : null,
  };
}

function callBacksOf(
  { openCallBacks, definition, period, nowMs }: ReportMaterial,
  hotlines: readonly HotlineSection[],
  table: SumTable,
): ReportDocument['callBacks'] {
  if (openCallBacks === undefined) return null;
  return callBackSection(
    openCallBacks,
    hotlines,
    ({ pbx, hotline: name }, series) => {
      const hours = definition.hotlines.find((one) => one.pbx === pbx && one.name === name)?.hours;
      const pieces = hours === undefined ? [] : piecesOfPeriod(hours, period);
      return table.totalOf({ pbx, subject: 'hotline', name, series }, pieces).sums;
    },
    nowMs,
  );
}

function breachedCallsOf({
  breachedCalls,
}: ReportMaterial): Pick<ReportDocument, 'breachedCalls' | 'breachedCallsNotListed'> {
  const listed = breachedCalls
    .toSorted((a, b) => a.call.reachedAtMs - b.call.reachedAtMs)
    .slice(0, MOST_BREACHED);
  return {
    breachedCalls: listed.map(({ call, breach }) => {
      const { pbx, hotline, uniqueid, reachedAtMs, outcome, waitMs, certainty } = call;
      return { pbx, hotline, uniqueid, breach, reachedAtMs, outcome, waitMs, certainty };
    }),
    breachedCallsNotListed: breachedCalls.length - listed.length,
  };
}

function leftOut(
  { definition, period, sums }: ReportMaterial,
  span: { readonly fromMs: number; readonly untilMs: number },
  table: SumTable,
): Pick<ReportDocument['sight'], 'notConfigured' | 'withoutThisShift'> {
  const isConfigured = (pbx: string, name: string): boolean =>
    definition.hotlines.some((hotline) => hotline.pbx === pbx && hotline.name === name);
  const hasSums = (pbx: string, name: string): boolean =>
    sums.some(
      (row) =>
        row.subject === 'hotline' &&
        row.pbx === pbx &&
        row.name === name &&
        row.fromMs < span.untilMs &&
        row.untilMs > span.fromMs,
    );
  return {
    notConfigured: table
      .subjects('hotline')
      .filter(({ pbx, name }) => !isConfigured(pbx, name) && hasSums(pbx, name))
      .map(({ pbx, name }) => ({ pbx, hotline: name })),
    withoutThisShift: definition.hotlines
      .filter(({ hours }) => piecesOfPeriod(hours, period).length === 0)
      .map(({ pbx, name }) => ({ pbx, hotline: name })),
  };
}
