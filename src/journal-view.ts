import type { OverdueCallBack } from './breaches/look.ts';
import type { CompiledConfig } from './config/compile.ts';
import { attemptsDocument } from './explain/attempts-document.ts';
import { callAttemptOf } from './explain/call-attempt.ts';
import { callBackList } from './explain/call-back-list.ts';
import { callStoryDocument } from './explain/story-document.ts';
import type { FloorJournal } from './floor-watch.ts';
import { periodOf } from './hotlines/hours.ts';
import type { JournalPorts } from './http/journal-ports.ts';
import type { Keeping } from './keeping.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import type { JournalPorts as MetricsJournalPorts } from './metrics/metrics.ts';
import { ByPbx } from './rates/by-pbx.ts';
import { AskedReports } from './reports/asked-reports.ts';
import { runningSpans } from './running-spans.ts';
import type { LiveSeat } from './seats/live.ts';
import type { AttemptStanding } from './store/call-back-reads.ts';
import { UsualDays } from './usual-days.ts';

export interface JournalViewOptions {
  readonly keeping: Keeping;
  /** In force now. */
  readonly config: () => CompiledConfig;
  readonly seats: () => readonly LiveSeat[];
  readonly clock: Clock;
  readonly log: Logger;
}

/** The most that a list takes up in one answer. */
const MOST_CALL_BACKS = 500;
/** A page of metrics waits so long for what it tells to be committed; a disk that hangs must not hold it up. */
const MOST_FLUSH_MS = 1000;
const STANDING_EVERY_MS = 15_000;

/** What is read of the journal, for the addresses and for the metrics. */
export class JournalView {
  readonly #options: JournalViewOptions;
  readonly #reports = new AskedReports();
  #standing: AttemptStanding = { callBacks: [], attempts: [] };
  /** By hotline, as of the last look. */
  #owed = new ByPbx<AttemptStanding['callBacks'][number]>();
  #overdue: readonly OverdueCallBack[] = [];
  readonly #usualDays = new UsualDays();
  /** When the definition in force became so, unix ms; undefined before the first look. */
  definedAtMs: number | undefined;
  #cancel = (): void => undefined;
  #isStopped = false;

  constructor(options: JournalViewOptions) {
    this.#options = options;
  }

  /** Looks from time to time how attempts and call-backs stand: a page of metrics waits for no read. */
  start(): void {
    void this.#look();
  }

  /** Somebody changed it: what others are shown would else be from before for a while. */
  async lookAgain(): Promise<void> {
    if (this.#isStopped) return;
    this.#cancel();
    await this.#look();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    this.#cancel = () => undefined;
    await this.#reports.stop();
  }

  addresses(): JournalPorts {
    const { keeping, config, clock } = this.#options;
    const { reader } = keeping;
    return {
      calls: (filter) => this.#said(reader.calls(filter)),
      story: async (pbx, uniqueid, language) => {
        await keeping.journal.flush();
        const call = await this.#said(reader.call(pbx, uniqueid));
        if (call === undefined) return undefined;
        const definitions = await this.#said(reader.definitions());
        const id = { pbx, uniqueid };
        const chains = await this.#said(reader.chainsOfCall(id, clock.nowMs()));
        return callStoryDocument({ call, definitions, attempt: callAttemptOf(chains, id) }, language);
      },
      definitions: () => this.#said(reader.definitions()),
      callBacks: async (ask) => {
        const nowMs = clock.nowMs();
        const filter = { ...ask, state: 'open', limit: MOST_CALL_BACKS } as const;
        const page = await this.#said(reader.callBacks(filter, nowMs));
        return callBackList(page.callBacks, nowMs, page);
      },
      attempts: async ({ unit, period }) => {
        const { definition, journal } = config();
        const wanted = period ?? this.#running(unit);
        const attempts = await this.#said(reader.attempts({ unit, period: wanted }));
        return attemptsDocument({
          unit,
          period: wanted,
          hotlines: definition.hotlines,
          attempts,
          keepsNumbers: journal.keyFile !== undefined,
        });
      },
      report: (ask) => this.#said(this.#report(ask)),
      status: () => keeping.status(),
    };
  }

  metrics(): MetricsJournalPorts {
    const { keeping, clock } = this.#options;
    return {
      status: () => keeping.status(),
      flush: async () => {
        let cancel = (): void => undefined;
        const late = new Promise<void>((resolve) => {
          cancel = clock.after(MOST_FLUSH_MS, resolve);
        });
        await Promise.race([keeping.journal.flush(), late]);
        cancel();
      },
      callBacks: () => this.#standing.callBacks,
      attempts: () => this.#standing.attempts,
      usualDays: () => this.#usualDays.list(clock.nowMs()),
    };
  }

  /** What the floor goes by: call-backs as of the last look. */
  floor(): FloorJournal {
    const { keeping, config } = this.#options;
    return {
      record: (entry) => keeping.journal.record(entry),
      entries: (fromMs, untilMs) => this.#said(keeping.reader.entries(fromMs, untilMs)),
      overdueCallBacks: () => this.#overdue,
      callBackCounts: (pbx, hotline) => this.#owed.get(pbx, hotline),
      get keepsNumbers() {
        return config().journal.keyFile !== undefined;
      },
    };
  }

  async #report(ask: Parameters<JournalPorts['report']>[0]): Promise<string | undefined> {
    const { keeping, config, seats, clock } = this.#options;
    const { definition, roster, reports, journal } = config();
    const nowMs = clock.nowMs();
    // Asked before the journal: what ends in between is in both, and no moment is in neither.
    const spans = runningSpans(seats(), nowMs);
    await keeping.journal.flush();
    return this.#reports.make({
      ask,
      company: { definition, roster, language: reports.language },
      journal: keeping.file,
      keepsNumbers: journal.keyFile !== undefined,
      runningSpans: spans,
      nowMs,
    });
  }

  /** By the calendar of the first hotline: `2026-10`, `2026-Q4`. */
  #running(unit: 'month' | 'quarter'): string {
    const { config, clock } = this.#options;
    const hours = config().definition.hotlines[0]?.hours;
    const nowMs = clock.nowMs();
    const month =
      hours === undefined ? new Date(nowMs).toISOString().slice(0, 7) : periodOf(hours, 'month', nowMs).key;
    if (unit === 'month') return month;
    return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
  }

  async #look(): Promise<void> {
    const { keeping, config, clock } = this.#options;
    const cancelled = this.#cancel;
    // Callers give up by time alone too, also while no fact comes.
    keeping.journal.settle();
    try {
      this.#standing = await this.#said(keeping.reader.standing(clock.nowMs()));
      await this.#lookAtCallBacks();
      this.definedAtMs = (await this.#said(keeping.reader.definitions())).at(-1)?.atMs;
      await this.#said(this.#usualDays.look(keeping.reader, config().definition, clock.nowMs()));
    } catch {
      // Said already; the figures stay as they were.
    }
    if (cancelled === this.#cancel) this.#cancel = clock.after(STANDING_EVERY_MS, () => void this.#look());
  }

  async #lookAtCallBacks(): Promise<void> {
    const { keeping, clock } = this.#options;
    const owed = new ByPbx<AttemptStanding['callBacks'][number]>();
    for (const row of this.#standing.callBacks) owed.set(row.pbx, row.hotline, row);
    this.#owed = owed;
    if (!this.#standing.callBacks.some(({ overdue }) => overdue > 0)) {
      this.#overdue = [];
      return;
    }
    // Those that are due first come first.
    const filter = { state: 'open', overdue: true, limit: MOST_CALL_BACKS } as const;
    const { callBacks } = await this.#said(keeping.reader.callBacks(filter, clock.nowMs()));
    this.#overdue = callBacks;
  }

  /** What a reader is not told stands in the log. */
  async #said<Answer>(answer: Promise<Answer>): Promise<Answer> {
    try {
      return await answer;
    } catch (cause) {
      const fault = cause instanceof Error ? cause.message : String(cause);
      this.#options.log.error({ fault }, 'the journal could not be read');
      throw cause;
    }
  }
}
