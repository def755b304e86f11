import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { buildDocument } from '../../src/reports/build-document.ts';
import { readReport } from '../../src/reports/read-report.ts';
import type { ReportDocument } from '../../src/reports/report-document.ts';
import type { ReportKind } from '../../src/reports/report-period.ts';
import type { ReportSources } from '../../src/reports/report-sources.ts';
import { frameOf } from '../../src/reports/report-text.ts';
import { Roster } from '../../src/roster/roster.ts';
import { MADE_AT_MS, MONTH_DEFINITION, MONTH_ROSTER } from './month-facts.ts';
import { monthSources } from './some-month.ts';

interface Asked {
  readonly definition?: WatchDefinition;
  readonly sources?: ReportSources;
  readonly nowMs?: number;
  readonly hasRoster?: boolean;
}

/** A report as the command makes it, of the small month unless told otherwise. */
export async function someDocument(
  kind: ReportKind,
  key: string,
  asked: Asked = {},
): Promise<ReportDocument> {
  const { definition = MONTH_DEFINITION, sources = monthSources(), nowMs = MADE_AT_MS } = asked;
  const rosterDefinition = asked.hasRoster === true ? MONTH_ROSTER : undefined;
  const roster = rosterDefinition === undefined ? undefined : new Roster(rosterDefinition);
  const frame = frameOf({ definition, roster: rosterDefinition });
  const order = { period: { kind, key }, frame, definition, roster, nowMs };
  return buildDocument(await readReport(order, sources));
}
