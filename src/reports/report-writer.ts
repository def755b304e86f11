import { Worker } from 'node:worker_threads';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { SeatSpan } from '../roster/presence.ts';
import { faultWords } from '../store/fault.ts';
import { putState, readState } from './report-folder.ts';
import { hoursOfFrame } from './report-period.ts';
import { frameOf } from './report-text.ts';
import type { FromReportThread, ThreadOrder } from './report-thread.ts';
import {
  afterWriting,
  firstState,
  writingTasks,
  type WritingResult,
  type WritingState,
  type WritingTask,
} from './writing-plan.ts';

/** What is in force now; undefined where no folder is configured. */
export type WritingSetup = Omit<ThreadOrder, 'tasks' | 'nowMs' | 'runningSpans'> | undefined;

export interface ReportWriterOptions {
  readonly setup: () => WritingSetup;
  /** Resolves when the journal holds all that was told, as far as it can be written. */
  readonly flush: () => Promise<void>;
  readonly runningSpans: () => readonly SeatSpan[];
  readonly clock: Clock;
  readonly log: Logger;
}

/** How it stands with the reports that are written by themselves; what the metrics and the page say. */
export interface WritingStatus {
  /** Why the last try failed, in words for the operator; '' where it did not. */
  readonly fault: string;
  /** Periods whose report could not be written yet. */
  readonly waiting: number;
  /** Since the start; a report in three languages is one, and one that is written anew counts again. */
  readonly written: number;
  readonly lastWrittenAtMs: number | undefined;
}

const LOOK_EVERY_MS = 5000;
const AGAIN_AFTER_MS = 60_000;
/** Calls of a period that are still open are over within minutes; those of which no end was ever told are not. */
const OLD_MS = 3_600_000;
const SELDOM_MS = 600_000;
/** One thread makes so many: after a long silence what is done is known in between. */
const MOST_AT_ONCE = 20;

/** Writes a report of every shift, day, month and quarter into a folder when it ends, and anew when more is known of it. */
export class ReportWriter {
  readonly #options: ReportWriterOptions;
  #folder: string | undefined;
  #state: WritingState | undefined;
  #fault = '';
  #due: readonly WritingTask[] = [];
  #notBeforeMs = -Infinity;
  #probedAtMs = -Infinity;
  #written = 0;
  #lastWrittenAtMs: number | undefined;
  #cancel = (): void => undefined;
  #thread: Worker | undefined;
  #work: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(options: ReportWriterOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isStopped) return;
    this.#work = this.#look();
    this.#cancel = this.#options.clock.after(LOOK_EVERY_MS, () => void this.#work.then(() => this.start()));
  }

  /** Resolves when what fell due until now is done, or failed. */
  whenIdle(): Promise<void> {
    return this.#work;
  }

  /** What was being written is written by the next start. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    await this.#thread?.terminate();
    await this.#work;
  }

  /** Undefined where none are written by themselves. */
  status(): WritingStatus | undefined {
    if (this.#options.setup() === undefined) return undefined;
    const waiting = this.#fault === '' ? 0 : this.#due.filter(({ onlyIfOver }) => !onlyIfOver).length;
    return { fault: this.#fault, waiting, written: this.#written, lastWrittenAtMs: this.#lastWrittenAtMs };
  }

  /** Never rejects: what is wrong is said, and tried again. */
  async #look(): Promise<void> {
    const setup = this.#options.setup();
    const nowMs = this.#options.clock.nowMs();
    if (setup === undefined) return;
    if (setup.folder !== this.#folder) {
      this.#folder = setup.folder;
      this.#state = undefined;
      this.#notBeforeMs = -Infinity;
    }
    if (nowMs < this.#notBeforeMs) return;
    try {
      await this.#writeDue(setup, await this.#known(setup.folder, nowMs), nowMs);
      this.#recover();
    } catch (cause) {
      if (!this.#isStopped) this.#fail(setup.folder, faultWords(cause), nowMs);
    }
  }

  /** The first look of all also tells whether the folder can be written to: not only when a shift is over. */
  async #known(folder: string, nowMs: number): Promise<WritingState> {
    if (this.#state !== undefined) return this.#state;
    const kept = await readState(folder);
    // A clock that was put back must not keep reports from being written until it is late again.
    const state =
      kept === undefined ? firstState(nowMs) : { ...kept, untilMs: Math.min(kept.untilMs, nowMs) };
    await putState(folder, state);
    this.#state = state;
    return state;
  }

  async #writeDue(setup: NonNullable<WritingSetup>, state: WritingState, nowMs: number): Promise<void> {
    const due = writingTasks(state, hoursOfFrame(frameOf(setup.company)), nowMs);
    this.#due = due;
    const isProbing = nowMs - this.#probedAtMs >= probeEveryMs(due, nowMs);
    const tasks = due.filter(({ onlyIfOver }) => isProbing || !onlyIfOver).slice(0, MOST_AT_ONCE);
    if (tasks.length === 0) return;
    await this.#options.flush();
    const results: WritingResult[] = [];
    try {
      const { runningSpans } = this.#options;
      const order = { ...setup, tasks, nowMs, runningSpans: runningSpans() };
      await this.#inThread(order, (result) => results.push(result));
    } finally {
      if (tasks.some(({ onlyIfOver }) => onlyIfOver)) this.#probedAtMs = nowMs;
      this.#note(results, nowMs);
      const after = afterWriting(state, due, results, nowMs);
      this.#state = after;
      await putState(setup.folder, after);
    }
  }

  #note(results: readonly WritingResult[], nowMs: number): void {
    for (const { task, callsNotOver } of results) {
      if (task.onlyIfOver && callsNotOver > 0) continue;
      this.#written += 1;
      this.#lastWrittenAtMs = nowMs;
      const { kind, key } = task;
      this.#options.log.info({ kind, key, callsNotOver }, 'a report was written');
    }
  }

  #inThread(order: ThreadOrder, tell: (result: WritingResult) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const thread = new Worker(new URL('report-thread.ts', import.meta.url), { workerData: order });
      this.#thread = thread;
      let words = '';
      thread.on('message', (message: FromReportThread) => {
        if ('result' in message) tell(message.result);
        else ({ words } = message);
      });
      thread.on('error', (cause) => {
        words = `its thread failed: ${cause.message}`;
      });
      thread.on('exit', (code) => {
        this.#thread = undefined;
        if (words === '' && code === 0) resolve();
        else reject(new Error(words || 'its thread ended'));
      });
    });
  }

  #fail(folder: string, fault: string, nowMs: number): void {
    this.#notBeforeMs = nowMs + AGAIN_AFTER_MS;
    if (fault !== this.#fault) {
      this.#options.log.error({ fault, folder }, 'reports cannot be written; it is tried again');
    }
    this.#fault = fault;
  }

  #recover(): void {
    if (this.#fault !== '') this.#options.log.info({}, 'reports are written again');
    this.#fault = '';
  }
}

function probeEveryMs(due: readonly WritingTask[], nowMs: number): number {
  const isFresh = due.some(({ onlyIfOver, endedAtMs }) => onlyIfOver && nowMs - endedAtMs < OLD_MS);
  return isFresh ? AGAIN_AFTER_MS : SELDOM_MS;
}
