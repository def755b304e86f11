import { SqliteJournalReader } from '../../src/store/sqlite-journal-reader.ts';
import { makeMonth } from './journal-month.ts';
import type { Beside } from './reader-protocol.ts';
import { median } from './table.ts';

/** Begins, and goes on until it is stopped; then how long a month's report took, null where none was made. */
export function doBeside(beside: Beside): () => Promise<number | null> {
  const reader = new SqliteJournalReader(beside.file);
  if (beside.what === 'check') {
    const over = reader.check().catch(() => undefined);
    return async () => {
      await reader.close();
      await over;
      return null;
    };
  }
  const stopping = new AbortController();
  const tookMs: number[] = [];
  const months = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const { readMs, buildMs, renderMs } = await makeMonth(beside, reader, beside.what === 'month-made');
      tookMs.push(readMs + buildMs + renderMs);
    }
  };
  const over = months();
  return async () => {
    stopping.abort();
    await over;
    await reader.close();
    return median(tookMs);
  };
}
