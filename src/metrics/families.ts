type Labels<Label extends string> = Readonly<Record<Label, string>>;

/** The labels of a series as they stand on the page, up to its value. */
export type LabelText = string;

/** A part of this length becomes bytes in well under a ms. */
const PART_CHARACTERS = 100_000;

/** One family of the page. */
interface Family {
  /** Prometheus text format 0.0.4, without the last line's end, in parts that are not long. */
  parts(): readonly string[];
}

/** The families of a page in the order in which they were made, each under a name of its own. */
export class Families {
  private readonly byName = new Map<string, Family>();

  add(name: string, family: Family): void {
    if (this.byName.has(name)) throw new Error(`two families are called ${name}`);
    this.byName.set(name, family);
  }

  all(): Iterable<Family> {
    return this.byName.values();
  }
}

export function labelText<Label extends string>(names: readonly Label[], labels: Labels<Label>): LabelText {
  return names.length === 0 ? ' ' : `{${pairsOf(names, labels)}} `;
}

const pairsOf = <Label extends string>(names: readonly Label[], labels: Labels<Label>): string =>
  names.map((name) => `${name}="${escaped(labels[name]).replaceAll('"', '\\"')}"`).join(',');

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

const headOf = (name: string, help: string, type: string): string =>
  `# HELP ${name} ${escaped(help)}\n# TYPE ${name} ${type}`;

/**
 * A family whose values somebody else keeps: emptied before each page and told anew, series by series. A series that
 * is not told is absent: no data is never a 0.
 */
class ReadFamily<Label extends string> implements Family {
  readonly labelNames: readonly Label[];
  private readonly name: string;
  private readonly head: string;
  private full: string[] = [];
  private lines = '';

  constructor(families: Families, name: string, help: string, labelNames: readonly Label[], type: string) {
    this.name = name;
    this.labelNames = labelNames;
    this.head = headOf(name, help, type);
    families.add(name, this);
  }

  empty(): void {
    this.full = [];
    this.lines = '';
  }

  /** Null and undefined are no data. */
  set(labels: Labels<Label>, value: number | null | undefined): void {
    this.say(labelText(this.labelNames, labels), value);
  }

  /** The same where the labels are at hand as text: a page of many hotlines has some ten thousand series. */
  say(labels: LabelText, value: number | null | undefined): void {
    if (value === null || value === undefined) return;
    this.lines += `\n${this.name}${labels}${value}`;
    if (this.lines.length < PART_CHARACTERS) return;
    this.full.push(this.lines);
    this.lines = '';
  }

  parts(): readonly string[] {
    return [this.head, ...this.full, this.lines];
  }
}

export class ReadGauge<Label extends string> extends ReadFamily<Label> {
  constructor(families: Families, name: string, help: string, labelNames: readonly Label[]) {
    super(families, name, help, labelNames, 'gauge');
  }
}

/** A counter whose total somebody else keeps. */
export class ReadCounter<Label extends string> extends ReadFamily<Label> {
  constructor(families: Families, name: string, help: string, labelNames: readonly Label[]) {
    super(families, name, help, labelNames, 'counter');
  }
}

/** One series of a counter; who counts adds to it. */
export interface Count {
  total: number;
}

/** What was counted before a restart, by the columns it was kept in. */
export function seedCounts(
  counts: Readonly<Record<string, Count>>,
  kept: Readonly<Record<string, number>>,
  columnOf: (value: string) => string = (value) => value,
): void {
  for (const [value, count] of Object.entries(counts)) count.total += kept[columnOf(value)] ?? 0;
}

/** A counter that facts drive. Who counts often keeps the series it counts in. */
export class FactCounter<Label extends string> implements Family {
  private readonly name: string;
  private readonly head: string;
  private readonly labelNames: readonly Label[];
  private readonly inUnit: number;
  private readonly series = new Map<LabelText, Count>();

  /** @param inUnit how much of what is counted makes one on the page */
  constructor(families: Families, name: string, help: string, labelNames: readonly Label[], inUnit = 1) {
    this.name = name;
    this.labelNames = labelNames;
    this.inUnit = inUnit;
    this.head = headOf(name, help, 'counter');
    families.add(name, this);
  }

  /** The series of these labels, which exists from now on. */
  of(labels: Labels<Label>): Count {
    const text = labelText(this.labelNames, labels);
    let count = this.series.get(text);
    if (count === undefined) {
      count = { total: 0 };
      this.series.set(text, count);
    }
    return count;
  }

  inc(labels: Labels<Label>, by = 1): void {
    this.of(labels).total += by;
  }

  /** Every combination that will ever be counted exists from the start: a counter that appears at 1 has no rate. */
  ofEach<Value extends string>(
    fixed: Readonly<Record<string, string>>,
    label: Label,
    values: readonly Value[],
  ): Readonly<Record<Value, Count>> {
    // Label is one of the counter's own names, and every value has its count: a computed key loses both in the type.
    const counts = values.map((value) => [
      value,
      this.of({ ...fixed, [label]: value } as Record<Label, string>),
    ]);
    return Object.fromEntries(counts) as Record<Value, Count>;
  }

  parts(): readonly string[] {
    let text = this.head;
    for (const [labels, { total }] of this.series) text += `\n${this.name}${labels}${total / this.inUnit}`;
    return [text];
  }
}

const BOUND = 'le-';

/** One series of a histogram of lengths of time, in seconds. */
export class Observations {
  /** By bucket, each value in the first that holds it; the last has no bound. */
  readonly counts: number[];
  /** Whole ms: what the journal keeps comes back as the same sum. */
  private sumMs = 0;
  private readonly bounds: readonly number[];

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  /** In seconds. */
  get sum(): number {
    return this.sumMs / 1000;
  }

  observe(lengthS: number): void {
    this.add(lengthS, 1);
    this.sumMs += Math.round(lengthS * 1000);
  }

  /**
   * What was observed before a restart: `count`, `sumMs`, and `le-N` of the values that fell into that bucket first. Of
   * a bound that is none any more they stand in the next.
   */
  seed(kept: Readonly<Record<string, number>>): void {
    this.sumMs += kept['sumMs'] ?? 0;
    let withoutBound = kept['count'] ?? 0;
    for (const [column, values] of Object.entries(kept)) {
      if (!column.startsWith(BOUND)) continue;
      this.add(Number(column.slice(BOUND.length)), values);
      withoutBound -= values;
    }
    this.add(Infinity, withoutBound);
  }

  private add(lengthS: number, values: number): void {
    let bucket = 0;
    while (bucket < this.bounds.length && lengthS > (this.bounds[bucket] ?? Infinity)) bucket += 1;
    this.counts[bucket] = (this.counts[bucket] ?? 0) + values;
  }
}

/** A histogram that facts drive; bounds of its buckets, rising, in the unit of its name. */
export class FactHistogram<Label extends string> implements Family {
  private readonly name: string;
  private readonly head: string;
  private readonly labelNames: readonly Label[];
  private readonly bounds: readonly number[];
  private readonly series = new Map<string, Observations>();

  constructor(
    families: Families,
    name: string,
    help: string,
    labelNames: readonly Label[],
    bounds: readonly number[],
  ) {
    this.name = name;
    this.labelNames = labelNames;
    this.bounds = bounds;
    this.head = headOf(name, help, 'histogram');
    families.add(name, this);
  }

  /** The series of these labels, which exists from now on. */
  of(labels: Labels<Label>): Observations {
    const pairs = pairsOf(this.labelNames, labels);
    let observations = this.series.get(pairs);
    if (observations === undefined) {
      observations = new Observations(this.bounds);
      this.series.set(pairs, observations);
    }
    return observations;
  }

  parts(): readonly string[] {
    const { name } = this;
    let text = this.head;
    for (const [pairs, { counts, sum }] of this.series) {
      let upTo = 0;
      for (let bucket = 0; bucket < counts.length; bucket += 1) {
        upTo += counts[bucket] ?? 0;
        text += `\n${name}_bucket{le="${this.bounds[bucket] ?? '+Inf'}",${pairs}} ${upTo}`;
      }
      text += `\n${name}_sum{${pairs}} ${sum}\n${name}_count{${pairs}} ${upTo}`;
    }
    return [text];
  }
}
