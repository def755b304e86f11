import { parentPort, workerData } from 'node:worker_threads';
import type { SeatSpan } from '../roster/presence.ts';
import { faultWords } from '../store/fault.ts';
import { SqliteJournalReader } from '../store/sqlite-journal-reader.ts';
import { journalSources } from './journal-sources.ts';
import { putFile } from './report-folder.ts';
import { writeReports, type WritingOrder } from './write-reports.ts';
import type { WritingResult } from './writing-plan.ts';

/** What the thread is started with. */
export interface ThreadOrder extends WritingOrder {
  /** The journal's file, which holds all that was told. */
  readonly journal: string;
  readonly keepsNumbers: boolean;
  readonly folder: string;
  /** Of every seat what it does now. */
  readonly runningSpans: readonly SeatSpan[];
}
export type FromReportThread = { readonly result: WritingResult } | { readonly words: string };

/** The thread that makes and writes reports: a month in four languages holds up no event. It ends when it is done. */
const { journal, keepsNumbers, folder, runningSpans, ...order } = workerData as ThreadOrder;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a thread has no origin
const tell = (message: FromReportThread): void => parentPort?.postMessage(message);
const reader = new SqliteJournalReader(journal);
try {
  const live = { flush: () => Promise.resolve(), runningSpans: () => runningSpans };
  const sources = journalSources(reader, { keepsNumbers, live });
  const put = (name: string, text: string): Promise<void> => putFile(folder, name, text);
  await writeReports(order, sources, put, (result) => tell({ result }));
} catch (cause) {
  tell({ words: faultWords(cause) });
} finally {
  await reader.close();
}
