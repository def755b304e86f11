import { fileURLToPath } from 'node:url';
import type { LinkStatus, PbxConnection } from './ami/connection.ts';
import type { PbxEvent } from './ami/pbx-event.ts';
import { openReadingSession } from './ami/stream.ts';
import type { CompiledConfig } from './config/compile.ts';
import { planReload } from './config/reload.ts';
import { EventLag } from './event-lag.ts';
import { Front } from './http/front.ts';
import { Filling } from './filling.ts';
import { JournalView } from './journal-view.ts';
import { Keeping } from './keeping.ts';
import { readinessOf } from './http/readiness.ts';
import { Leaders } from './leaders.ts';
import type { Clock } from './lib/clock.ts';
import { Lifecycle } from './lib/lifecycle.ts';
import type { Logger } from './lib/log.ts';
import { type Link, linkWork } from './link-work.ts';
import { watchEventLoop } from './metrics/event-loop.ts';
import { Metrics, type MetricsPorts } from './metrics/metrics.ts';
import { processNow } from './metrics/process-gauges.ts';
import { Pipeline } from './pipeline.ts';
import type { Report } from './rates/report.ts';
import { reportWriting } from './report-writing.ts';
import type { ReportWriter } from './reports/report-writer.ts';
import { WatchLog } from './watch-log.ts';

export interface AppOptions {
  readonly config: CompiledConfig;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** 0 to 1, for the waits between tries to connect. */
  readonly jitter: () => number;
  /** Every event that is taken in, for tests that compare; nothing in production. */
  readonly onEvent?: (pbx: string, event: PbxEvent) => void;
}

/** The running daemon. */
export interface App {
  /** Where it answers, for example `http://127.0.0.1:9810`. */
  readonly url: string;
  /** The same for `/metrics`, where that has a port of its own. */
  readonly metricsUrl: string | undefined;
  readonly pipeline: Pipeline;
  links(): readonly LinkStatus[];
  report(): Report;
  /** Takes a new configuration over; what needs a restart is said in the log and stays as it was. */
  reload(config: CompiledConfig): Promise<void>;
  /** Resolves when the thread that writes the journal has answered. Never rejects. */
  answers(): Promise<void>;
  /** Stops everything, in reverse. */
  stop(): Promise<void>;
}

/** Where `npm run build` puts the leaders' page. */
const BOARD = fileURLToPath(new URL('../dist/board', import.meta.url));
/** How often what falls due is looked for while no event comes. */
const TICK_MS = 500;

/**
 * Builds the parts, starts them in order, and hands each what it reads: the one place where they meet. Rejects with
 * `JournalRefused` for a journal that cannot be used, and then nothing was started.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, clock, log } = options;
  const { file } = config.journal;
  const keeping = file === undefined ? undefined : await Keeping.open({ config, file, clock, log });
  const app = new Watch(options, keeping);
  try {
    await app.start();
  } catch (cause) {
    await app.stop();
    throw cause;
  }
  return app;
}

class Watch implements App {
  url = '';
  metricsUrl: string | undefined;
  readonly pipeline: Pipeline;
  readonly #options: AppOptions;
  readonly #lifecycle: Lifecycle;
  readonly #metrics: Metrics;
  readonly #loop = watchEventLoop();
  readonly #links = new Map<string, Link>();
  readonly #front: Front;
  readonly #leaders: Leaders;
  readonly #keeping: Keeping | undefined;
  readonly #view: JournalView | undefined;
  readonly #filling: Filling | undefined;
  readonly #reports: ReportWriter | undefined;
  #config: CompiledConfig;

  constructor(options: AppOptions, keeping: Keeping | undefined) {
    const { config, clock, log, version } = options;
    this.#options = options;
    this.#config = config;
    this.#keeping = keeping;
    this.#lifecycle = new Lifecycle(clock, log);
    this.pipeline = new Pipeline(config.definition, clock.nowMs());
    this.#view =
      keeping &&
      new JournalView({
        keeping,
        config: () => this.#config,
        seats: () => this.pipeline.seats(),
        clock,
        log,
      });
    this.#metrics = new Metrics(this.#metricsPorts(options));
    this.#reports =
      keeping && reportWriting({ config: () => this.#config, keeping, pipeline: this.pipeline, clock, log });
    this.#front = this.#openFront(options, keeping);
    this.#leaders = new Leaders({
      config: () => this.#config,
      version,
      pipeline: this.pipeline,
      report: () => this.report(),
      keeping,
      view: this.#view,
      gate: this.#front.gate,
      clock,
      log,
      jitter: options.jitter,
    });
    const watchLog = new WatchLog(log);
    this.pipeline.onFact((fact) => this.#metrics.record(fact));
    this.pipeline.onFact((fact) => watchLog.tell(fact));
    if (keeping !== undefined) {
      this.#metrics.seed(keeping.restored.sums);
      keeping.begin(this.pipeline);
    }
    this.#filling =
      keeping &&
      new Filling({
        config,
        keeping,
        pipeline: this.pipeline,
        links: () => this.links(),
        clock,
        log,
        onKnown: (fact) => {
          this.#metrics.backfill(fact);
          this.#leaders.learn(fact);
        },
      });
  }

  #metricsPorts({ config, version }: AppOptions): MetricsPorts {
    return {
      definition: config.definition,
      report: () => this.report(),
      seats: () => this.pipeline.seats(),
      self: () => ({
        pbxs: [...this.#links].map(([pbx, link]) => linkWork(pbx, link, this.pipeline.unbalanced(pbx))),
        links: this.links(),
        eventLoopLagMs: this.#loop.worstMs(),
      }),
      build: { version, node: process.versions.node },
      perSeat: config.metrics.perSeat,
      push: () => this.#leaders.figures,
      patience: (pbx, queue) => this.pipeline.floor.patienceOf(pbx, queue),
      moves: () => this.#leaders.movesEnded(),
      process: processNow,
      ...(this.#view && {
        journal: { ...this.#view.metrics(), reports: () => this.#reports?.status() },
        definedAtMs: () => this.#view?.definedAtMs,
      }),
    };
  }

  async start(): Promise<void> {
    this.#lifecycle.onStop('event loop watch', () => this.#loop.stop());
    this.#keepGoing();
    await this.#listen();
    this.#tick();
    this.#lifecycle.onStop('sessions', async () => {
      await Promise.all([...this.#links.values()].map(({ stream }) => stream.stop()));
    });
    for (const connection of this.#config.connections) this.#connect(connection);
    this.#lifecycle.onStop('last sight', () => this.#keeping?.mark(this.links()));
  }

  #keepGoing(): void {
    if (this.#keeping === undefined) return;
    this.#lifecycle.onStop('journal', () => this.#keeping?.stop());
    this.#lifecycle.onStop('running times', () => this.pipeline.pause(this.#options.clock.nowMs()));
    this.#view?.start();
    this.#lifecycle.onStop('journal view', () => this.#view?.stop());
    void this.#filling?.start();
    this.#lifecycle.onStop('queue logs', () => this.#filling?.stop());
    this.#reports?.start();
    this.#lifecycle.onStop('reports', () => this.#reports?.stop());
  }

  links(): readonly LinkStatus[] {
    return [...this.#links.values()].map(({ stream }) => stream.status());
  }

  report(): Report {
    return this.pipeline.report(this.#options.clock.nowMs(), this.links());
  }

  async reload(config: CompiledConfig): Promise<void> {
    const { clock, log } = this.#options;
    const plan = planReload(this.#config, config);
    this.#config = config;
    // Also where no figure changes by it: a title may have.
    this.pipeline.redefine(config.definition, clock.nowMs());
    this.#front.redefine(config);
    this.#metrics.redefine(config.definition);
    this.#keeping?.redefine(config);
    this.#filling?.redefine(config);
    this.#leaders.redefine();
    const { added, removed, changed } = plan.connections;
    for (const pbx of [...removed, ...changed]) {
      const link = this.#links.get(pbx);
      this.#links.delete(pbx);
      await link?.stream.stop();
    }
    for (const connection of config.connections) {
      if (added.includes(connection.pbx) || changed.includes(connection.pbx)) this.#connect(connection);
    }
    const { hash } = config.definition;
    log.info({ definition: hash, needsRestart: plan.needsRestart }, 'configuration reloaded');
  }

  async answers(): Promise<void> {
    await this.#keeping?.journal.answers();
  }

  stop(): Promise<void> {
    return this.#lifecycle.stop();
  }

  #openFront({ config, clock, log, version }: AppOptions, keeping: Keeping | undefined): Front {
    return new Front({
      settings: config,
      clock,
      log,
      audit: keeping && {
        record: (entry) => keeping.journal.record(entry),
        entries: (fromMs, untilMs) => keeping.reader.entries(fromMs, untilMs),
      },
      board: BOARD,
      report: () => this.report(),
      metrics: async () => ({ text: await this.#metrics.page(), contentType: this.#metrics.contentType }),
      readiness: () => readinessOf(this.links()),
      definition: () => this.#config.definition,
      version,
      ...(this.#view && { journal: { ...this.#view.addresses(), reports: () => this.#reports?.status() } }),
    });
  }

  async #listen(): Promise<void> {
    this.#lifecycle.onStop('http', () => this.#front.stop());
    await this.#front.listen((server) => this.#leaders.attach(server.server));
    void this.#leaders.start();
    this.#lifecycle.onStop('board', () => this.#leaders.stop());
    this.url = this.#front.url;
    this.metricsUrl = this.#front.metricsUrl;
  }

  #connect(connection: PbxConnection): void {
    const { clock, log, jitter, onEvent } = this.#options;
    const { pbx } = connection;
    const lag = new EventLag(clock);
    const stream = openReadingSession(connection, {
      clock,
      log,
      jitter,
      onEvent: (event) => {
        this.pipeline.reduce(pbx, event);
        this.#keeping?.settle(pbx, event);
        lag.hear(event.atMs);
        this.#leaders.hear(pbx, event);
        onEvent?.(pbx, event);
      },
      onStatus: () => this.#leaders.touch(),
    });
    this.#links.set(pbx, { stream, lag });
  }

  /** Time is an input too: wrap-ups end while no event comes. */
  #tick(): void {
    const { clock } = this.#options;
    let cancel = (): void => undefined;
    const tick = (): void => {
      this.pipeline.advance(clock.nowMs());
      this.#keeping?.look(this.links());
      this.#leaders.touch();
      cancel = clock.after(TICK_MS, tick);
    };
    tick();
    this.#lifecycle.onStop('tick', () => cancel());
  }
}
