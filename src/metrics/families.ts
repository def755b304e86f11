import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

type Labels = Readonly<Record<string, string>>;

/** A gauge that is absent where there is nothing to say: it is emptied before each scrape and filled from the Report. */
export class ReadGauge<Label extends string> {
  private readonly gauge: Gauge<Label>;

  constructor(registry: Registry, name: string, help: string, labelNames: readonly Label[]) {
    this.gauge = new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
  }

  empty(): void {
    this.gauge.reset();
  }

  /** Null and undefined are no data: then there is no series, never a 0. */
  set(labels: Readonly<Record<Label, string>>, value: number | null | undefined): void {
    if (value !== null && value !== undefined) this.gauge.set(labels, value);
  }
}

/** A counter whose total somebody else keeps: told as it is at each scrape. */
export class ReadCounter<Label extends string> {
  private readonly counter: Counter<Label>;

  constructor(registry: Registry, name: string, help: string, labelNames: readonly Label[]) {
    this.counter = new Counter({ name, help, labelNames: [...labelNames], registers: [registry] });
  }

  empty(): void {
    this.counter.reset();
  }

  set(labels: Readonly<Record<Label, string>>, total: number): void {
    this.counter.inc(labels, total);
  }
}

/** A counter that facts drive. */
export function counterOf<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
): Counter<Label> {
  return new Counter({ name, help, labelNames: [...labelNames], registers: [registry] });
}

/** A histogram that facts drive; `buckets` in the unit of its name. */
export function histogramOf<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
  buckets: readonly number[],
): Histogram<Label> {
  return new Histogram({
    name,
    help,
    labelNames: [...labelNames],
    buckets: [...buckets],
    registers: [registry],
  });
}

/** Every combination that will ever be counted exists from the start: a counter that appears at 1 has no rate. */
export function startAtZero<Label extends string>(
  counter: Counter<Label>,
  fixed: Labels,
  label: Label,
  values: readonly string[],
): void {
  for (const value of values) {
    // Label is one of the counter's own names; a computed key alone loses that in the type.
    counter.inc({ ...fixed, [label]: value } as Record<Label, string>, 0);
  }
}
