import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, '../golden/metrics.txt');
const SAMPLE = /^(\w+)(?:\{(.*)\})? \S+$/;
const PAIR = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** One series, as the page has it. */
interface GoldenSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Every series of the golden page, in its order. */
export function readGoldenSeries(): readonly GoldenSeries[] {
  return readFileSync(FILE, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, name, pairs = ''] = SAMPLE.exec(line) ?? [];
      if (name === undefined) return [];
      const labels = [...pairs.matchAll(PAIR)].map(([, label = '', value = '']) => [label, value] as const);
      return [{ name, labels: Object.fromEntries(labels) }];
    });
}

/** What the daemon exports, as its golden page has it. */
export interface ExportedMetrics {
  /** Names of families, as HELP has them. */
  readonly families: readonly string[];
  /** The labels of the series of a name: a histogram has three. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
  /** The values that a label has on any series. */
  readonly values: ReadonlyMap<string, ReadonlySet<string>>;
}

export function readGoldenPage(): ExportedMetrics {
  const lines = readFileSync(FILE, 'utf8').split('\n');
  const labels = new Map<string, Set<string>>();
  const values = new Map<string, Set<string>>();
  for (const series of readGoldenSeries()) {
    const ofName = entryOf(labels, series.name);
    for (const [label, value] of Object.entries(series.labels)) {
      ofName.add(label);
      entryOf(values, label).add(value);
    }
  }
  const families = lines.filter((line) => line.startsWith('# HELP ')).map((line) => line.split(' ')[2] ?? '');
  return { families, labels, values };
}

function entryOf(map: Map<string, Set<string>>, key: string): Set<string> {
  const entry = map.get(key) ?? new Set();
  map.set(key, entry);
  return entry;
}
