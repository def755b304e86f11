import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readGoldenPage } from './golden-page.ts';
import { readsOf } from './promql-selectors.ts';
import { readRules } from './rules.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const README = read('README.md');
const HEADINGS = [...README.matchAll(/^### (\w+)$/gm)].map(([, heading = '']) => heading);

const exported = readGoldenPage();
const rules = readRules();
const recorded = new Set(rules.map(({ record }) => record));
const alerts = rules.filter(({ alert }) => alert !== undefined);
const named = alerts.map((rule) => ({
  ...rule,
  name: `${rule.alert ?? ''} (${rule.labels['severity'] ?? ''})`,
}));

/** What the templates of an annotation ask Prometheus for; `%s` and `%q` stand for matchers of the alert's own labels. */
const queriesIn = (template: string): string[] =>
  [...template.matchAll(/`([^`]*(?:ringside|asterisk)[^`]*)`/g)]
    .map(([, query = '']) => query.replaceAll('%s,', '').replaceAll('%s', '').replaceAll('%q', '""'))
    .filter((query) => /[(={]/.test(query));

const promises = z.object({
  inhibit_rules: z.array(
    z.object({
      source_matchers: z.array(z.string()),
      target_matchers: z.array(z.string()),
      equal: z.array(z.string()),
    }),
  ),
});

describe.each(named)(
  'the alert $name',
  ({ alert = '', labels, annotations, for: held, keep_firing_for: kept }) => {
    it('is a page or a notice, and says what is so and what to do first', () => {
      expect(labels['severity']).toMatch(/^(page|notice)$/);
      expect(Object.keys(annotations).toSorted()).toEqual(['description', 'runbook_url', 'summary']);
      expect(annotations['description']).toContain('First:');
    });

    it('points to its section of the README', () => {
      expect(annotations['runbook_url']).toBe(
        `{{ or $externalLabels.ringside_runbook "README.md" }}#${alert.toLowerCase()}`,
      );
      expect(HEADINGS).toContain(alert);
    });

    it('asks in its words only for what there is', () => {
      const reads = queriesIn(annotations['description'] ?? '').map(readsOf);
      const selectors = reads.flatMap((one) => one.selectors);
      expect(selectors.filter(({ name }) => !exported.labels.has(name) && !recorded.has(name))).toEqual([]);
      const unknown = selectors.flatMap(({ matchers }) =>
        matchers.filter(
          ({ label, operator, value }) =>
            operator === '=' && value !== '' && exported.values.get(label)?.has(value) !== true,
        ),
      );
      expect(unknown).toEqual([]);
    });

    it('comes within a minute, and goes soon', () => {
      expect([undefined, '15s', '30s', '1m']).toContain(held);
      expect([undefined, '1m', '3m']).toContain(kept);
    });
  },
);

describe('the rules', () => {
  it('fill in no figure that nobody measured', () => {
    for (const file of readdirSync(join(ROOT, 'dashboards/prometheus'))) {
      expect(read(`dashboards/prometheus/${file}`).replaceAll(/^ *#.*$/gm, '')).not.toMatch(
        /vector\s*\(|increase\s*\(/,
      );
    }
  });

  it('have a section in the README for each alert, and none for others', () => {
    const section = /^## When an alert comes$([^]*?)^## /m.exec(README)?.[1] ?? '';
    const told = [...section.matchAll(/^### (\w+)$/gm)].map(([, heading = '']) => heading);
    expect(told.toSorted()).toEqual([...new Set(alerts.map(({ alert = '' }) => alert))].toSorted());
  });

  it('of rates and of the floor are silenced while the watcher is blind or down, of events and of itself never', () => {
    const watching = new Set(
      alerts.filter((rule) => rule.labels['watches'] === 'calls').map((rule) => rule.alert),
    );
    expect([...watching].toSorted()).toEqual([
      'AnswerRateFalling',
      'CallBackOverdue',
      'CallersWaitingTooLong',
      'DayBudgetSpent',
      'LinesExhausted',
      'QueueUnstaffed',
    ]);
    const { inhibit_rules } = promises.parse(parse(read('dashboards/alertmanager/alertmanager.yml')));
    const silencing = inhibit_rules.filter(({ target_matchers }) =>
      target_matchers.includes('watches="calls"'),
    );
    expect(silencing.map(({ source_matchers, equal }) => [source_matchers, equal])).toEqual([
      [['alertname="RingsideDown"'], ['job']],
      [['alertname="AmiDown"'], ['job', 'pbx']],
    ]);
  });
});
