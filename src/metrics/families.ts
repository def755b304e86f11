import {
  Counter,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  type MetricValue,
  type Registry,
} from 'prom-client';

type Labels = Readonly<Record<string, string>>;

interface Row<Label extends string> extends MetricValue<Label> {
  /** Name and labels as they stand on the page. */
  readonly series: string;
}

/**
 * Holds its rows as they were said, and writes them itself: the registry's own gauge makes a text of all labels for
 * each value that is set, and once more for each that is told. A page of many hotlines has some ten thousand.
 */
export class RowsGauge<Label extends string> extends Gauge<Label> {
  private readonly head: string;
  private readonly name: string;
  private readonly labelNames: readonly Label[];
  private rows = new Map<string, Row<Label>>();
  /** Of the page before: what a series is called does not change. */
  private before: ReadonlyMap<string, Row<Label>> = new Map();

  constructor(registry: Registry, name: string, help: string, labelNames: readonly Label[]) {
    super({ name, help, labelNames: [...labelNames], registers: [registry] });
    this.name = name;
    this.labelNames = labelNames;
    this.head = `# HELP ${name} ${escaped(help)}\n# TYPE ${name} gauge`;
  }

  empty(): void {
    this.before = this.rows;
    this.rows = new Map();
  }

  /** The last value of the same labels is told. */
  say(labels: Readonly<Record<Label, string>>, value: number): void {
    let key = '';
    for (const name of this.labelNames) key += `${labels[name]}\0`;
    const series = this.before.get(key)?.series ?? this.seriesOf(labels);
    this.rows.set(key, { labels, value, series });
  }

  /** Prometheus text format 0.0.4. */
  text(): string {
    let text = this.head;
    for (const { series, value } of this.rows.values()) text += `\n${series} ${value}`;
    return text;
  }

  override async get(): Promise<MetricObjectWithValues<MetricValue<Label>>> {
    return { ...(await super.get()), values: [...this.rows.values()] };
  }

  private seriesOf(labels: Readonly<Record<Label, string>>): string {
    const parts = this.labelNames.map((name) => `${name}="${escaped(labels[name]).replaceAll('"', '\\"')}"`);
    return parts.length === 0 ? this.name : `${this.name}{${parts.join(',')}}`;
  }
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

/** A gauge that is absent where there is nothing to say: it is emptied before each scrape and filled from the Report. */
export class ReadGauge<Label extends string> {
  private readonly gauge: RowsGauge<Label>;

  constructor(registry: Registry, name: string, help: string, labelNames: readonly Label[]) {
    this.gauge = new RowsGauge(registry, name, help, labelNames);
  }

  empty(): void {
    this.gauge.empty();
  }

  /** Null and undefined are no data: then there is no series, never a 0. */
  set(labels: Readonly<Record<Label, string>>, value: number | null | undefined): void {
    if (value !== null && value !== undefined) this.gauge.say(labels, value);
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

/** Counts by the values of the labels, in the order of their names; the last level holds the counts. */
type Pending = Map<string, Pending | number>;

/**
 * A counter that facts drive. Facts come by the thousand and pages are asked for once in seconds: what was counted is
 * kept by the values of its labels and told to the registry when a page is made.
 */
export class FactCounter<Label extends string> {
  private readonly labelNames: readonly Label[];
  private readonly counter: Counter<Label>;
  private pending: Pending = new Map();

  constructor(registry: Registry, name: string, help: string, labelNames: readonly Label[]) {
    this.labelNames = labelNames;
    this.counter = new Counter({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      collect: () => this.tell(),
    });
  }

  inc(labels: Readonly<Record<Label, string>>, by = 1): void {
    let level = this.pending;
    const last = this.labelNames.length - 1;
    for (let depth = 0; depth < last; depth += 1) {
      const value = this.valueAt(labels, depth);
      const known = level.get(value);
      if (known instanceof Map) level = known;
      else {
        const next: Pending = new Map();
        level.set(value, next);
        level = next;
      }
    }
    const value = this.valueAt(labels, last);
    const known = level.get(value);
    level.set(value, (typeof known === 'number' ? known : 0) + by);
  }

  private valueAt(labels: Readonly<Record<Label, string>>, depth: number): string {
    const name = this.labelNames[depth];
    return name === undefined ? '' : labels[name];
  }

  private tell(): void {
    const { pending } = this;
    this.pending = new Map();
    this.tellLevel(pending, []);
  }

  private tellLevel(level: Pending, values: readonly string[]): void {
    for (const [value, below] of level) {
      const all = [...values, value];
      if (below instanceof Map) this.tellLevel(below, all);
      else {
        const labels = Object.fromEntries(this.labelNames.map((name, index) => [name, all[index] ?? '']));
        // One value for each of the counter's names, which fromEntries cannot say.
        this.counter.inc(labels as Record<Label, string>, below);
      }
    }
  }
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
  counter: FactCounter<Label>,
  fixed: Labels,
  label: Label,
  values: readonly string[],
): void {
  for (const value of values) {
    // Label is one of the counter's own names; a computed key alone loses that in the type.
    counter.inc({ ...fixed, [label]: value } as Record<Label, string>, 0);
  }
}
