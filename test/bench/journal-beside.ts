import { AskedReports } from '../../src/reports/asked-reports.ts';
import type { AskedOrder } from '../../src/reports/asked-thread.ts';
import type { ReportMaking } from './journal-report.ts';
import { median } from './table.ts';

/** Makes one report after the other, as for who asks over HTTP, until it is stopped; then how long one took. */
export function doBeside({ file, definition, period, nowMs }: ReportMaking): () => Promise<number> {
  const order: AskedOrder = {
    ask: { kind: period.kind, period: period.key, format: 'html', language: undefined },
    company: { definition, roster: undefined, language: 'en' },
    journal: file,
    keepsNumbers: true,
    runningSpans: [],
    nowMs,
  };
  const reports = new AskedReports();
  const stopping = new AbortController();
  const tookMs: number[] = [];
  const make = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const fromMs = performance.now();
      const text = await reports.make(order);
      if (text === undefined) throw new Error(`there is no ${period.kind} ${period.key}`);
      tookMs.push(performance.now() - fromMs);
    }
  };
  const over = make();
  return async () => {
    stopping.abort();
    await over;
    await reports.stop();
    return median(tookMs);
  };
}
