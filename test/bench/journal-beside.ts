import { SqliteJournalReader } from '../../src/store/sqlite-journal-reader.ts';
import { makeReport } from './journal-report.ts';
import type { Beside } from './reader-protocol.ts';
import { median } from './table.ts';

/** Begins, and goes on until it is stopped; then how long a report took, null where none was made. */
export function doBeside(beside: Beside): () => Promise<number | null> {
  const reader = new SqliteJournalReader(beside.file);
  const stopping = new AbortController();
  const tookMs: number[] = [];
  const reports = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const { readMs, buildMs, htmlMs } = await makeReport(beside, reader, beside.what === 'report-made');
      tookMs.push(readMs + buildMs + htmlMs);
    }
  };
  const over = reports();
  return async () => {
    stopping.abort();
    await over;
    await reader.close();
    return median(tookMs);
  };
}
