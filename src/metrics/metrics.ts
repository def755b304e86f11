import type { Fact } from '../calls/facts.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import { type KeptRow, KeptSums } from '../rates/kept-sums.ts';
import type { Report } from '../rates/report.ts';
import { CallerGauges, type AttemptCounts, type CallBackCounts } from './caller-gauges.ts';
import { ExchangeCounters } from './exchange-counters.ts';
import { FactCounter, FactHistogram, Families } from './families.ts';
import { FigureGauges } from './figure-gauges.ts';
import { HotlineCounters } from './hotline-counters.ts';
import { JournalGauges, type JournalFigures } from './journal-gauges.ts';
import { LiveGauges } from './live-gauges.ts';
import { MoveCounters, type MoveTotals } from './move-counters.ts';
import { Pause } from './pause.ts';
import { PeriodCounters } from './period-counters.ts';
import { ProcessGauges, type ProcessFigures } from './process-gauges.ts';
import { PushGauges, type PushTotals } from './push-gauges.ts';
import { QueueGauges, type PatienceOf } from './queue-gauges.ts';
import { RateGauges } from './rate-gauges.ts';
import { ReportGauges, type ReportFigures } from './report-gauges.ts';
import { type SeatNow, SeatSeconds } from './seat-seconds.ts';
import { SelfMetrics, type Build, type SelfFigures } from './self-metrics.ts';
import { UsualDayGauge, type UsualCalls } from './usual-day-gauge.ts';

export interface MetricsPorts {
  readonly definition: WatchDefinition;
  /** The Report as of now; asked once for each scrape. */
  readonly report: () => Report;
  /** The seats as of that Report. */
  readonly seats: () => Iterable<SeatNow>;
  readonly self: () => SelfFigures;
  readonly build: Build;
  /** A series for each seat. */
  readonly perSeat: boolean;
  /** When the definition in force became so; undefined where that is not known. */
  readonly definedAtMs?: () => number | undefined;
  readonly journal?: JournalPorts;
  readonly push?: () => PushTotals;
  readonly patience?: PatienceOf;
  readonly moves?: () => Iterable<MoveTotals>;
  readonly process?: () => ProcessFigures;
}

/** What a journal adds to the page. */
export interface JournalPorts {
  readonly status: () => JournalFigures;
  /**
   * Resolves when all that was told before is committed, or cannot be. A page is not shown before: a counter that a crash
   * takes back below what a scrape has seen is to Prometheus one that began anew, and all of it counts twice.
   */
  readonly flush: () => Promise<void>;
  readonly callBacks: () => Iterable<CallBackCounts>;
  readonly attempts: () => Iterable<AttemptCounts>;
  readonly usualDays: () => Iterable<UsualCalls>;
  /** Undefined where none are written by themselves. */
  readonly reports?: () => ReportFigures | undefined;
}

/** Facts and Report -> the page for Prometheus, in a registry of its own. */
export class Metrics {
  private readonly families = new Families();
  private readonly ports: MetricsPorts;
  private readonly hotlines: HotlineCounters;
  private readonly periods: PeriodCounters;
  private readonly exchanges: ExchangeCounters;
  private readonly rates: RateGauges;
  private readonly figures: FigureGauges;
  private readonly live: LiveGauges;
  private readonly queues: QueueGauges;
  /** In force now. */
  private definition: WatchDefinition;
  private readonly seatSeconds: SeatSeconds;
  private readonly moves: MoveCounters;
  private readonly selfMetrics: SelfMetrics;
  private readonly journal: JournalGauges;
  private readonly reports: ReportGauges;
  private readonly callers: CallerGauges;
  private readonly usualDays: UsualDayGauge;
  private readonly push: PushGauges;
  private readonly process: ProcessGauges;
  /** The media type of `page`. */
  readonly contentType = 'text/plain; version=0.0.4; charset=utf-8';
  private making: Promise<Buffer> | undefined;

  constructor(ports: MetricsPorts) {
    const { families } = this;
    this.ports = ports;
    this.definition = ports.definition;
    this.hotlines = new HotlineCounters(families, ports.definition);
    this.periods = new PeriodCounters(families, ports.definition);
    this.exchanges = new ExchangeCounters(families, ports.definition);
    this.rates = new RateGauges(families);
    this.figures = new FigureGauges(families);
    this.live = new LiveGauges(families, ports.perSeat);
    this.queues = new QueueGauges(families);
    this.seatSeconds = new SeatSeconds(families);
    this.seatSeconds.redefine(ports.definition.pbxs.map(({ name }) => name));
    this.moves = new MoveCounters(families);
    this.callers = new CallerGauges(families);
    this.usualDays = new UsualDayGauge(families);
    this.selfMetrics = new SelfMetrics(families, ports.build);
    this.journal = new JournalGauges(families);
    this.push = new PushGauges(families);
    this.reports = new ReportGauges(families);
    this.process = new ProcessGauges(families);
  }

  /** Goes on after a restart from sums since ever: once, before the first fact. */
  seed(sums: readonly KeptRow[]): void {
    const kept = new KeptSums(sums);
    this.hotlines.seed(kept);
    this.periods.seed(kept);
    this.exchanges.seed(kept);
  }

  /** Counts one fact, each once. */
  record(fact: Fact): void {
    this.hotlines.record(fact);
    this.exchanges.record(fact);
    if (fact.type === 'scored') this.periods.record(fact);
    if (fact.type === 'seat-interval') this.seatSeconds.record(fact);
  }

  /**
   * Tells of a fact that was only known afterwards, from the exchange's own log. The counters stay: they count what was
   * seen at its instant, and never fall.
   */
  backfill(fact: Fact): void {
    this.hotlines.backfill(fact);
  }

  /** After a reload. */
  redefine(definition: WatchDefinition): void {
    this.definition = definition;
    this.hotlines.redefine(definition);
    this.periods.redefine(definition);
    this.exchanges.redefine(definition);
    this.seatSeconds.redefine(definition.pbxs.map(({ name }) => name));
  }

  /** Prometheus text format 0.0.4, as bytes. Who asks while a page is being made gets that one. */
  async page(): Promise<Buffer> {
    this.making ??= this.make().finally(() => {
      this.making = undefined;
    });
    return await this.making;
  }

  /**
   * All of one instant: the Report is frozen, and what facts count is written down before the first pause. The rest of a
   * page of many hotlines takes a while: the reader of the socket gets its turn in between.
   */
  private async make(): Promise<Buffer> {
    const report = this.ports.report();
    this.periods.fill(report.atMs);
    this.seatSeconds.fill(this.ports.seats(), report.atMs);
    const { journal } = this.ports;
    this.selfMetrics.fill(report, this.ports.self(), this.ports.definedAtMs?.());
    this.journal.fill(journal?.status());
    this.moves.fill(this.ports.moves?.() ?? []);
    this.push.fill(this.ports.push?.());
    this.process.fill(this.ports.process?.());
    this.reports.fill(journal?.reports?.());
    this.callers.fill(journal?.callBacks() ?? [], journal?.attempts() ?? []);
    this.usualDays.fill(journal?.usualDays() ?? []);
    const counted = new Map<object, readonly string[]>();
    for (const family of this.families.all()) {
      if (family instanceof FactCounter || family instanceof FactHistogram)
        counted.set(family, family.parts());
    }
    await journal?.flush();
    const pause = new Pause();
    for (const steps of this.fill(report)) {
      for (const _ of steps) await pause.ifDue();
    }
    const bytes: Buffer[] = [];
    for (const family of this.families.all()) {
      if (bytes.length > 0) bytes.push(Buffer.from('\n\n'));
      for (const part of counted.get(family) ?? family.parts()) {
        bytes.push(Buffer.from(part));
        await pause.ifDue();
      }
    }
    return Buffer.concat([...bytes, Buffer.from('\n')]);
  }

  private fill(report: Report): readonly Generator<void>[] {
    const { rates, figures, live, queues, definition } = this;
    const patience = this.ports.patience ?? (() => undefined);
    return [
      rates.fill(report),
      figures.fill(report),
      live.fill(report),
      queues.fill(report, definition, patience),
    ];
  }
}
