import type { Fact } from '../calls/facts.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import { type KeptRow, KeptSums } from '../rates/kept-sums.ts';
import type { Report } from '../rates/report.ts';
import { ExchangeCounters } from './exchange-counters.ts';
import { FactCounter, FactHistogram, Families } from './families.ts';
import { FigureGauges } from './figure-gauges.ts';
import { HotlineCounters } from './hotline-counters.ts';
import { LiveGauges } from './live-gauges.ts';
import { Pause } from './pause.ts';
import { RateGauges } from './rate-gauges.ts';
import { type SeatNow, SeatSeconds } from './seat-seconds.ts';
import { SelfMetrics, type Build, type SelfFigures } from './self-metrics.ts';

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
}

/** Facts and Report -> the page for Prometheus, in a registry of its own. */
export class Metrics {
  private readonly families = new Families();
  private readonly ports: MetricsPorts;
  private readonly hotlines: HotlineCounters;
  private readonly exchanges: ExchangeCounters;
  private readonly rates: RateGauges;
  private readonly figures: FigureGauges;
  private readonly live: LiveGauges;
  private readonly seatSeconds: SeatSeconds;
  private readonly selfMetrics: SelfMetrics;
  /** The media type of `page`. */
  readonly contentType = 'text/plain; version=0.0.4; charset=utf-8';
  private making: Promise<Buffer> | undefined;

  constructor(ports: MetricsPorts) {
    const { families } = this;
    this.ports = ports;
    this.hotlines = new HotlineCounters(families, ports.definition);
    this.exchanges = new ExchangeCounters(families, ports.definition);
    this.rates = new RateGauges(families);
    this.figures = new FigureGauges(families);
    this.live = new LiveGauges(families, ports.perSeat);
    this.seatSeconds = new SeatSeconds(families);
    this.seatSeconds.redefine(ports.definition.pbxs.map(({ name }) => name));
    this.selfMetrics = new SelfMetrics(families, ports.build);
  }

  /** Goes on after a restart from sums since ever: once, before the first fact. */
  seed(sums: readonly KeptRow[]): void {
    const kept = new KeptSums(sums);
    this.hotlines.seed(kept);
    this.exchanges.seed(kept);
  }

  /** Counts one fact, each once. */
  record(fact: Fact): void {
    this.hotlines.record(fact);
    this.exchanges.record(fact);
    if (fact.type === 'seat-interval') this.seatSeconds.record(fact);
  }

  /** After a reload. */
  redefine(definition: WatchDefinition): void {
    this.hotlines.redefine(definition);
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
    this.seatSeconds.fill(this.ports.seats(), report.atMs);
    this.selfMetrics.fill(report, this.ports.self());
    const counted = new Map<object, readonly string[]>();
    for (const family of this.families.all()) {
      if (family instanceof FactCounter || family instanceof FactHistogram)
        counted.set(family, family.parts());
    }
    const pause = new Pause();
    for (const gauges of [this.rates, this.figures, this.live]) {
      for (const _ of gauges.fill(report)) await pause.ifDue();
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
}
