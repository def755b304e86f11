import { parentPort, workerData } from 'node:worker_threads';
import type { SeatSpan } from '../roster/presence.ts';
import { faultWords } from '../store/fault.ts';
import { SqliteJournalReader } from '../store/sqlite-journal-reader.ts';
import { journalSources } from './journal-sources.ts';
import { reportOf, type ReportCompany } from './report-text.ts';

/** What the thread is started with. */
export interface AskedOrder {
  readonly ask: Parameters<typeof reportOf>[0];
  readonly company: ReportCompany;
  /** The journal's file, which holds all that was told. */
  readonly journal: string;
  readonly keepsNumbers: boolean;
  /** Of every seat what it does now. */
  readonly runningSpans: readonly SeatSpan[];
  readonly nowMs: number;
}
/** `text` undefined: there is no such period. */
export type FromAskedThread = { readonly text: string | undefined } | { readonly words: string };

/** The thread that makes a report somebody asked for: what it takes to build a quarter holds up no event. */
const { ask, company, journal, keepsNumbers, runningSpans, nowMs } = workerData as AskedOrder;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a thread has no origin
const tell = (message: FromAskedThread): void => parentPort?.postMessage(message);
const reader = new SqliteJournalReader(journal);
try {
  const live = { flush: () => Promise.resolve(), runningSpans: () => runningSpans };
  const sources = journalSources(reader, { keepsNumbers, live });
  tell({ text: await reportOf(ask, company, sources, nowMs) });
} catch (cause) {
  tell({ words: faultWords(cause) });
} finally {
  await reader.close();
}
