import { describe, expect, it } from 'vitest';
import { readGoldenPage } from './golden-page.ts';
import { BOARD_NAMES, expressionsOf, readBoard } from './grafana-boards.ts';
import { readsOf, type Selector } from './promql-selectors.ts';
import { readRules } from './rules.ts';

const exported = readGoldenPage();
const rules = readRules();
const onBoards = BOARD_NAMES.flatMap((name) => expressionsOf(readBoard(name)));
const inRules = rules.map(({ record, alert, expr }) => ({
  where: `rule ${record ?? alert ?? ''}`,
  expr,
  texts: [],
}));

/** Prometheus puts these on what it scrapes, and writes these series about every scrape itself. */
const OF_EVERY_SCRAPE = ['job', 'instance'];
const OF_PROMETHEUS = new Set(['up', 'ALERTS', 'ALERTS_FOR_STATE']);

/** Names that recording rules write, with the labels that these add; all others come through from what they read. */
const recorded = new Map<string, Set<string>>();
for (const { record, expr, labels } of rules) {
  if (record === undefined) continue;
  const known = recorded.get(record) ?? new Set(OF_EVERY_SCRAPE);
  for (const label of [...Object.keys(labels), ...throughLabels(expr)]) known.add(label);
  recorded.set(record, known);
}

function throughLabels(expr: string): string[] {
  return readsOf(expr).selectors.flatMap(({ name }) => [
    ...(exported.labels.get(name) ?? []),
    ...(recorded.get(name) ?? []),
  ]);
}

const labelsOf = (name: string): ReadonlySet<string> | undefined => {
  if (OF_PROMETHEUS.has(name)) return new Set(OF_EVERY_SCRAPE);
  const labels = exported.labels.get(name);
  return labels === undefined ? recorded.get(name) : new Set([...labels, ...OF_EVERY_SCRAPE]);
};

/** What is chosen on the board has the values that a running exchange gives. */
const isOursToName = ({ label, operator, value }: Selector['matchers'][number]): boolean =>
  (operator === '=' || operator === '!=') && !value.startsWith('$') && value !== '' && label !== 'job';

describe.each([...onBoards, ...inRules])('$where', ({ expr, texts }) => {
  const { selectors, labels } = readsOf(expr);

  it('reads only what the daemon exports or a rule records', () => {
    expect(selectors).not.toEqual([]);
    expect(selectors.filter(({ name }) => labelsOf(name) === undefined)).toEqual([]);
  });

  it('matches only labels that the series have, and values that they can have', () => {
    const wrong = selectors.flatMap(({ name, matchers }) =>
      matchers.filter(({ label }) => labelsOf(name)?.has(label) !== true),
    );
    const unknown = selectors
      .flatMap(({ matchers }) => matchers.filter(isOursToName))
      .filter(({ label, value }) => exported.values.get(label)?.has(value) !== true);
    expect({ wrong, unknown }).toEqual({ wrong: [], unknown: [] });
  });

  it('groups by labels, and names them in legends, that one of its series has', () => {
    const known = new Set(selectors.flatMap(({ name }) => [...(labelsOf(name) ?? [])]));
    const named = texts.flatMap((text) =>
      [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label),
    );
    expect([...labels, ...named].filter((label) => !known.has(label))).toEqual([]);
  });
});

describe('what the daemon exports', () => {
  const used = new Set(
    [...onBoards, ...inRules].flatMap(({ expr }) => readsOf(expr).selectors.map(({ name }) => name)),
  );

  it.each(exported.families)('%s is on a board or in a rule', (family) => {
    const series = [family, `${family}_bucket`, `${family}_sum`, `${family}_count`];
    expect(series.some((name) => used.has(name))).toBe(true);
  });

  it.each([...recorded.keys()])('%s, recorded, is on a board or in a rule', (name) => {
    expect(used.has(name)).toBe(true);
  });
});

describe('the reader of expressions', () => {
  it('tells selectors from functions, keywords, lists of labels and strings', () => {
    const expression = `
      # a comment of ringside_nothing
      sum by (pbx, hotline) (rate(ringside_calls_total{outcome="answered", hours!~"a,b{}"}[5m:15s] offset 1m))
        / on (job) group_left (hash) label_replace(topk(3, ringside:rate:ratio), "to", "$1", "from", "ringside_no(.*)")
        unless max without (instance) (up) > bool 1e3`;
    const { selectors, labels } = readsOf(expression);
    expect(selectors).toEqual([
      {
        name: 'ringside_calls_total',
        matchers: [
          { label: 'outcome', operator: '=', value: 'answered' },
          { label: 'hours', operator: '!~', value: 'a,b{}' },
        ],
      },
      { name: 'ringside:rate:ratio', matchers: [] },
      { name: 'up', matchers: [] },
    ]);
    expect([...labels].toSorted()).toEqual(['hash', 'hotline', 'hours', 'instance', 'job', 'outcome', 'pbx']);
  });
});
