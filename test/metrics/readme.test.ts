import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LINK_FAILURES } from '../../src/ami/connection.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const README = read('README.md');

interface Family {
  readonly help: string;
  type: string;
  readonly labels: Set<string>;
}

/** The families of the golden page, with every label a series of theirs carries. */
function familiesOf(page: string): ReadonlyMap<string, Family> {
  const families = new Map<string, Family>();
  let last: Family | undefined;
  for (const line of page.split('\n')) {
    const help = /^# HELP (\S+) (.*)$/.exec(line);
    if (help?.[1] !== undefined) {
      last = { help: help[2] ?? '', type: '', labels: new Set() };
      families.set(help[1], last);
    } else if (line.startsWith('# TYPE ')) {
      if (last !== undefined) last.type = line.split(' ').at(-1) ?? '';
    } else {
      for (const [, label = ''] of line.matchAll(/(\w+)="/g)) last?.labels.add(label);
    }
  }
  return families;
}

/** `le` is how a histogram is written, not what it is told apart by. */
function rowOf(name: string, { help, type, labels }: Family): string {
  const told = [...labels].filter((label) => label !== 'le').join(', ');
  return `| \`${name}\` | ${type} | ${told || '–'} | ${help} |`;
}

/** A label of the whole Prometheus: where the README is found. */
const RUNBOOK = 'ringside_runbook';

const FAMILIES = familiesOf(read('test/golden/metrics.txt'));

describe('the metrics in README.md', () => {
  it('stand in its table, each family of the page and no other, with the labels and words of the page', () => {
    const rows = README.split('\n').filter((line) => /^\| `(ringside|asterisk|process)_/.test(line));
    expect(rows).toEqual([...FAMILIES].map(([name, family]) => rowOf(name, family)));
  });

  it('exist wherever they are named', () => {
    const named = README.matchAll(/\b(?:ringside|asterisk_queue|process)_[a-z_]*[a-z]\b(?!\.)/g);
    const families = [...named].map(([name]) => name.replace(/_(bucket|sum|count)$/, ''));
    expect(families.length).toBeGreaterThan(FAMILIES.size);
    expect(families.filter((name) => !FAMILIES.has(name) && name !== RUNBOOK)).toEqual([]);
  });
});

describe('the refusals in README.md', () => {
  it.each(LINK_FAILURES)('%s has its row in the table of what to look at', (code) => {
    expect(README).toContain(`\n| \`${code}\` |`);
  });
});
