import * as fc from 'fast-check';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { FactCounter, FactHistogram, Families, ReadCounter, ReadGauge } from '../../src/metrics/families.ts';

const LABELS = ['pbx', 'hotline'] as const;
const labels = fc.record({
  pbx: fc.constantFrom('north', 'south'),
  hotline: fc.string({ maxLength: 8, unit: 'grapheme' }),
});
const told = fc.array(fc.tuple(labels, fc.double({ min: 0, max: 1e9, noNaN: true })), { maxLength: 12 });
const BOUNDS = [0.5, 10, 1e6];

/** What the field's own library writes of the same. */
const pageOf = async (fill: (registry: Registry) => void): Promise<string> => {
  const registry = new Registry();
  fill(registry);
  return await registry.metrics();
};
const ours = (fill: (families: Families) => void): string => {
  const families = new Families();
  fill(families);
  return `${[...families.all()].map((family) => family.parts().join('')).join('\n\n')}\n`;
};

describe('a family of the page', () => {
  const help = 'Calls \\ of a\nhotline.';

  it('property: is written as the field’s own library writes it, whatever its labels and values', async () => {
    await fc.assert(
      fc.asyncProperty(told, async (values) => {
        const page = ours((families) => {
          const counter = new FactCounter(families, 'calls_total', help, LABELS);
          const read = new ReadCounter(families, 'seconds_total', help, []);
          const gauge = new ReadGauge(families, 'calls', help, LABELS);
          const histogram = new FactHistogram(families, 'wait_seconds', help, LABELS, BOUNDS);
          const byLabels = new Map(values.map(([of, value]) => [JSON.stringify(of), { of, value }]));
          for (const { of, value } of byLabels.values()) gauge.set(of, value);
          for (const [of, value] of values) {
            counter.inc(of, value);
            // Of whole seconds both make the same sum: theirs is that of fractions.
            histogram.of(of).observe(Math.round(value));
          }
          read.set({}, 7);
        });
        const theirs = await pageOf((registry) => {
          const of = { help, labelNames: LABELS, registers: [registry] };
          const counter = new Counter({ name: 'calls_total', ...of });
          new Counter({ name: 'seconds_total', help, registers: [registry] }).inc(7);
          const gauge = new Gauge({ name: 'calls', ...of });
          const histogram = new Histogram({ name: 'wait_seconds', buckets: BOUNDS, ...of });
          for (const [of, value] of values) {
            counter.inc(of, value);
            gauge.set(of, value);
            histogram.observe(of, Math.round(value));
          }
        });
        expect(page).toBe(theirs);
      }),
    );
  });

  it('has no series for what there is no data of', () => {
    const page = ours((families) => {
      const gauge = new ReadGauge(families, 'calls', 'Calls.', LABELS);
      gauge.set({ pbx: 'north', hotline: 'gas' }, null);
      gauge.set({ pbx: 'north', hotline: 'water' }, undefined);
      gauge.set({ pbx: 'south', hotline: 'gas' }, 0);
    });
    expect(page).toBe('# HELP calls Calls.\n# TYPE calls gauge\ncalls{pbx="south",hotline="gas"} 0\n');
  });

  it('has a name of its own', () => {
    const families = new Families();
    const again = () => new ReadGauge(families, 'calls', 'Calls.', []);
    again();
    expect(again).toThrow('two families are called calls');
  });
});
