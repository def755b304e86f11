import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { periodOf } from '../../src/hotlines/hours.ts';
import { buildDocument } from '../../src/reports/build-document.ts';
import { journalSources } from '../../src/reports/journal-sources.ts';
import { readReport, type ReportOrder } from '../../src/reports/read-report.ts';
import { renderHtml } from '../../src/reports/render-html.ts';
import { hoursOfFrame } from '../../src/reports/report-period.ts';
import { frameOf } from '../../src/reports/report-text.ts';
import type { SqliteJournalReader } from '../../src/store/sqlite-journal-reader.ts';
import type { Filled } from './journal-fill.ts';

/** Which report of which journal. */
export interface MonthOrder {
  readonly file: string;
  readonly definition: WatchDefinition;
  /** `2026-10` */
  readonly month: string;
  readonly nowMs: number;
}
export interface MonthMade {
  readonly readMs: number;
  readonly buildMs: number;
  readonly renderMs: number;
  /** Of the page. */
  readonly characters: number;
}

/** The last whole month before the journal's end. */
export function monthBefore({ file, definition, untilMs }: Filled): MonthOrder {
  const hours = hoursOfFrame(frameOf({ definition, roster: undefined }));
  const { fromMs } = periodOf(hours, 'month', untilMs);
  return { file, definition, month: periodOf(hours, 'month', fromMs - 1).key, nowMs: untilMs };
}

/** One month's report, its figures read on a thread of their own; built and rendered, if it is, where it is asked for. */
export async function makeMonth(
  order: MonthOrder,
  reader: SqliteJournalReader,
  isBuilt = true,
): Promise<MonthMade> {
  const { definition, month, nowMs } = order;
  const frame = frameOf({ definition, roster: undefined });
  const asked: ReportOrder = {
    period: { kind: 'month', key: month },
    frame,
    definition,
    roster: undefined,
    nowMs,
  };
  const fromMs = performance.now();
  const material = await readReport(asked, journalSources(reader, { keepsNumbers: true }));
  const readMs = performance.now();
  if (!isBuilt) return { readMs: readMs - fromMs, buildMs: 0, renderMs: 0, characters: 0 };
  const document = buildDocument(material);
  const builtMs = performance.now();
  const { length: characters } = renderHtml(document, 'en');
  return {
    readMs: readMs - fromMs,
    buildMs: builtMs - readMs,
    renderMs: performance.now() - builtMs,
    characters,
  };
}
