import type { Who } from './access/who.ts';
import type { Acknowledgement } from './breaches/breach.ts';
import type { OverdueCallBack } from './breaches/look.ts';
import { type BreachTerms, StandingBreaches } from './breaches/standing-breaches.ts';
import type { CallerNumber } from './calls/caller-number.ts';
import type { CallerHeard, CallOpened, Fact } from './calls/facts.ts';
import type { CompiledConfig } from './config/compile.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import type { Pipeline } from './pipeline.ts';
import type { BoardExtras, CallBackCounts, ShownCaller } from './push/board-extras.ts';
import type { DeskAnswer } from './push/desk-ports.ts';
import { ByPbx } from './rates/by-pbx.ts';
import type { Report } from './rates/report.ts';
import { runningSpans } from './running-spans.ts';
import type { LiveSeat } from './seats/live.ts';
import type { Audit } from './store/ports.ts';

export interface FloorWatchOptions {
  /** In force now. */
  readonly config: () => CompiledConfig;
  readonly pipeline: Pipeline;
  readonly report: () => Report;
  readonly seats: () => readonly LiveSeat[];
  /** Undefined without a journal: then nothing is acknowledged over a restart, and nobody is owed a call. */
  readonly journal: FloorJournal | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** The list of breaches, or who acknowledged one, is another. */
  readonly onChange: () => void;
}

/** What of the journal the floor goes by. */
export interface FloorJournal extends Audit {
  overdueCallBacks(): readonly OverdueCallBack[];
  /** Undefined where nobody is owed a call. */
  callBackCounts(pbx: string, hotline: string): CallBackCounts | undefined;
  readonly keepsNumbers: boolean;
}

/** What a look costs is a pass over the seats: breaches are told in seconds at the earliest. */
const LOOK_EVERY_MS = 1000;
/** What the audit calls an acknowledgement. */
const ACKNOWLEDGED = 'acknowledged';
/** No breach that is over is shown for longer (breaches/standing-breaches.ts), and few last so long. */
const REMEMBERED_MS = 7 * 24 * 3_600_000;

const NOBODY: ShownCaller = Object.freeze({ caller: '', hotline: '' });
const NOBODY_OWED: CallBackCounts = Object.freeze({ open: 0, overdue: 0 });

/** Who is on the line for a hotline; one without a number too. */
interface OpenCaller {
  readonly number: CallerNumber | undefined;
  readonly shown: ShownCaller;
}

/** What the leaders' board shows of the floor beside the Report: breaches, patience, the day of each agent, who waits. */
export class FloorWatch {
  readonly #options: FloorWatchOptions;
  readonly #breaches: StandingBreaches;
  readonly #callers = new ByPbx<OpenCaller>();
  #told: readonly unknown[] | undefined;
  #cancel = (): void => undefined;

  constructor(options: FloorWatchOptions) {
    this.#options = options;
    this.#breaches = new StandingBreaches(termsOf(options.config()));
    options.pipeline.onFact((fact) => this.#hear(fact));
  }

  /** Goes on where the last run ended, and looks at the floor from now on. */
  async start(recentFacts: readonly Fact[]): Promise<void> {
    for (const fact of recentFacts) this.#hear(fact);
    this.#look();
    const { journal, clock, log } = this.#options;
    const nowMs = clock.nowMs();
    try {
      const entries = (await journal?.entries(nowMs - REMEMBERED_MS, nowMs + 1)) ?? [];
      this.#breaches.restore(
        entries
          .filter(({ what }) => what === ACKNOWLEDGED)
          .map(({ about, who, atMs }): [string, Acknowledgement] => [about, { by: who, atMs }]),
      );
    } catch (cause) {
      const fault = cause instanceof Error ? cause.message : String(cause);
      log.error({ fault }, 'who acknowledged what before could not be read');
    }
  }

  stop(): void {
    this.#cancel();
  }

  redefine(): void {
    this.#breaches.redefine(termsOf(this.#options.config()));
  }

  extras(): Pick<BoardExtras, 'patience' | 'trend' | 'today' | 'callBacks' | 'callerOf' | 'breaches'> {
    const { pipeline, journal, clock } = this.#options;
    const { floor } = pipeline;
    return {
      patience: (pbx, queue) => floor.patienceOf(pbx, queue),
      trend: (pbx, hotline) => floor.trendOf(pbx, hotline),
      today: (pbx, seat) =>
        floor.dayOf(pbx, pipeline.exchange(pbx)?.seats.seat(seat)?.agent ?? '', clock.nowMs()),
      callBacks: (pbx, hotline) => {
        if (journal?.keepsNumbers !== true) return null;
        const { open, overdue } = journal.callBackCounts(pbx, hotline) ?? NOBODY_OWED;
        return { open, overdue };
      },
      callerOf: (pbx, uniqueid) => this.#callers.get(pbx, uniqueid)?.shown ?? NOBODY,
      breaches: () => this.#breaches.list(),
    };
  }

  /** What became known of a fact afterwards. */
  learn(fact: Fact): void {
    this.#breaches.hear(fact);
    this.#tellChange();
  }

  /** The number of a caller who is on the line; undefined where it is not known, or not any more. */
  numberOf(pbx: string, uniqueid: string): CallerNumber | undefined {
    return this.#callers.get(pbx, uniqueid)?.number;
  }

  async acknowledge({ who, breach }: { readonly who: Who; readonly breach: string }): Promise<DeskAnswer> {
    const { clock, journal } = this.#options;
    const atMs = clock.nowMs();
    switch (this.#breaches.acknowledge(breach, { by: who.name, atMs })) {
      case 'not-found':
        return { ok: false, code: 'not-found', detail: 'there is no such breach' };
      case 'already':
        return { ok: false, code: 'already', detail: 'somebody acknowledged it before' };
      case 'done':
        this.#tellChange();
        await journal?.record({ atMs, who: who.name, what: ACKNOWLEDGED, about: breach, detail: '' });
        return { ok: true, result: breach };
    }
  }

  #hear(fact: Fact): void {
    this.#breaches.hear(fact);
    switch (fact.type) {
      case 'call-opened':
        return this.#open(fact, undefined);
      case 'caller-heard':
        // An outbound call's is of no hotline.
        return fact.hotline === '' ? undefined : this.#open(fact, fact.number);
      case 'call-closed':
        return this.#callers.delete(fact.pbx, fact.record.uniqueid);
      default:
        return;
    }
  }

  #open({ pbx, uniqueid, hotline }: CallOpened | CallerHeard, number: CallerNumber | undefined): void {
    const shown = Object.freeze({ caller: number?.toString() ?? '', hotline });
    this.#callers.set(pbx, uniqueid, { number, shown });
  }

  #look(): void {
    const { clock, report, seats, journal } = this.#options;
    const nowMs = clock.nowMs();
    const made = report();
    const live = seats();
    const overdue = journal?.overdueCallBacks() ?? [];
    this.#breaches.look({ nowMs, report: made, seats: live, spans: runningSpans(live, nowMs), overdue });
    this.#tellChange();
    this.#cancel = clock.after(LOOK_EVERY_MS, () => this.#look());
  }

  #tellChange(): void {
    const list = this.#breaches.list();
    if (list === this.#told) return;
    this.#told = list;
    this.#options.onChange();
  }
}

function termsOf({ definition, floor, roster }: CompiledConfig): BreachTerms {
  return { definition, rules: floor, roster };
}
