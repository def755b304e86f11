import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { periodOf } from '../../src/hotlines/hours.ts';
import { buildDocument } from '../../src/reports/build-document.ts';
import { journalSources } from '../../src/reports/journal-sources.ts';
import { readReport, type ReportOrder } from '../../src/reports/read-report.ts';
import { renderHtml } from '../../src/reports/render-html.ts';
import { renderJson } from '../../src/reports/render-json.ts';
import { hoursOfFrame, type ReportPeriod } from '../../src/reports/report-period.ts';
import { frameOf } from '../../src/reports/report-text.ts';
import type { SqliteJournalReader } from '../../src/store/sqlite-journal-reader.ts';
import type { Filled } from './journal-fill.ts';

/** Which report of which journal. */
export interface ReportMaking {
  readonly file: string;
  readonly definition: WatchDefinition;
  readonly period: ReportPeriod;
  readonly nowMs: number;
}
export interface ReportMade {
  readonly readMs: number;
  readonly buildMs: number;
  readonly jsonMs: number;
  readonly htmlMs: number;
  readonly jsonCharacters: number;
  readonly htmlCharacters: number;
}

/** The last whole month before the journal's end. */
export function monthBefore({ file, definition, untilMs }: Filled): ReportMaking {
  const hours = hoursOfFrame(frameOf({ definition, roster: undefined }));
  const { fromMs } = periodOf(hours, 'month', untilMs);
  const { key } = periodOf(hours, 'month', fromMs - 1);
  return { file, definition, period: { kind: 'month', key }, nowMs: untilMs };
}

/** The quarter of that month. */
export function quarterBefore(filled: Filled): ReportMaking {
  const order = monthBefore(filled);
  const [year = '', month = ''] = order.period.key.split('-');
  const key = `${year}-Q${Math.ceil(Number(month) / MONTHS_A_QUARTER)}`;
  return { ...order, period: { kind: 'quarter', key } };
}
const MONTHS_A_QUARTER = 3;

/** One report, its figures read on a thread of their own; built and rendered where it is asked for. */
export async function makeReport(
  { definition, period, nowMs }: ReportMaking,
  reader: SqliteJournalReader,
): Promise<ReportMade> {
  const frame = frameOf({ definition, roster: undefined });
  const order: ReportOrder = { period, frame, definition, roster: undefined, nowMs };
  const marks = [performance.now()];
  const mark = <T>(made: T): T => {
    marks.push(performance.now());
    return made;
  };
  const material = mark(await readReport(order, journalSources(reader, { keepsNumbers: true })));
  const tookMs = (part: number): number => (marks[part + 1] ?? 0) - (marks[part] ?? 0);
  const document = mark(buildDocument(material));
  const json = mark(renderJson(document));
  const html = mark(renderHtml(document, 'en'));
  return {
    readMs: tookMs(0),
    buildMs: tookMs(1),
    jsonMs: tookMs(2),
    htmlMs: tookMs(3),
    jsonCharacters: json.length,
    htmlCharacters: html.length,
  };
}
