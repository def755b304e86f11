import { Gauge, Registry } from 'prom-client';
import { LARGE_COMPANY, MORE_CALLS } from '../metrics/large-company.ts';
import { scene } from '../metrics/scene.ts';
import { grouped, median, printTable, tenths } from './table.ts';

const ROUNDS = 60;
/** Until the compiler has seen it all. */
const WARM_UP = 20;

/**
 * What one page of a large company takes, from the Report to its bytes, with a call more of each hotline since the one
 * before; beside it the same series set and written by the field's own library.
 */
export async function scrape(): Promise<void> {
  const { tell, page } = scene(LARGE_COMPANY);
  const text = await page();
  const registry = new Registry();
  const set = gaugesOf(text, registry);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const fact of MORE_CALLS) tell(fact);
    const ourMs = await timed(page);
    const theirMs = await timed(async () => {
      set();
      await registry.metrics();
    });
    if (round < WARM_UP) continue;
    ours.push(ourMs);
    theirs.push(theirMs);
  }
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
  printTable(
    `one page of ${grouped(series)} series, ${grouped(text.length)} bytes, ms`,
    ['', 'median', 'longest', 'ratio'],
    [
      ['ringside', tenths(median(ours)), tenths(Math.max(...ours)), tenths(1)],
      [
        'prom-client',
        tenths(median(theirs)),
        tenths(Math.max(...theirs)),
        tenths(median(theirs) / median(ours)),
      ],
    ],
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const fromMs = performance.now();
  await work();
  return performance.now() - fromMs;
}

/** A gauge for each family of the page; what comes back sets every series anew. */
function gaugesOf(text: string, registry: Registry): () => void {
  const series = [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(
    ([, name = '', labels = '', value = '']) => ({
      name,
      labels: Object.fromEntries(
        [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, is]) => [label, is ?? '']),
      ),
      value: Number(value),
    }),
  );
  const gauges = new Map<string, Gauge>();
  for (const { name, labels } of series) {
    const labelNames = Object.keys(labels);
    if (!gauges.has(name))
      gauges.set(name, new Gauge({ name, help: name, labelNames, registers: [registry] }));
  }
  return () => {
    for (const gauge of gauges.values()) gauge.reset();
    for (const { name, labels, value } of series) gauges.get(name)?.set(labels, value);
  };
}
