import type { Scrape } from './practice-evening.ts';

/** In the order of the scrapes. */
export type Values = readonly (string | undefined)[];

const SAMPLE = /^([a-z_:]+(?:\{.*\})?) (\S+)$/gm;

/**
 * What Prometheus keeps of scrapes: by series, its value at each of them as the page has it, undefined where the page
 * has no such series.
 */
export class ScrapedSeries {
  readonly #names: ReadonlySet<string>;
  readonly #series = new Map<string, (string | undefined)[]>();
  /** The instants, in order. */
  readonly atMs: number[] = [];

  /** @param names of the metrics that are kept. */
  constructor(names: readonly string[]) {
    this.#names = new Set(names);
  }

  add({ atMs, page }: Scrape): void {
    const place = this.atMs.length;
    this.atMs.push(atMs);
    for (const [, series = '', value] of page.matchAll(SAMPLE)) {
      if (!this.#names.has(nameOf(series))) continue;
      const values = this.#series.get(series) ?? [];
      this.#series.set(series, values);
      values[place] = value;
    }
  }

  /** Series whose labels have this among them, by their text on the page (`ringside_target_ratio{…}`). */
  *of(labels: string): Generator<readonly [string, Values]> {
    for (const [series, values] of this.#series)
      if (series.includes(labels)) yield [series, Array.from(this.atMs, (_, place) => values[place])];
  }

  /** The value of a series at a scrape, by its place. */
  at(series: string, place: number): number | undefined {
    const value = this.#series.get(series)?.[place];
    return value === undefined ? undefined : Number(value);
  }
}

const nameOf = (series: string): string => series.split('{', 1)[0] ?? '';
