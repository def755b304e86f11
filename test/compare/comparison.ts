import type { Fact } from '../../src/calls/facts.ts';
import type { SettledCall } from '../pbx/truth.ts';

/** Calls answered and abandoned, and the rate of those who asked for a person and got one (norm.md section 1). */
export interface Counted {
  readonly answered: number;
  readonly abandoned: number;
  readonly hits: number;
  readonly of: number;
}
export interface Compared {
  readonly name: string;
  readonly truth: Counted;
  readonly ringside: Counted;
  readonly events: Counted;
}

const PERSON_TARGETS = ['transfer', 'direct'] as const;

/** The driver's own truth; test callers apart, as the norm has it. */
export function countTruth(calls: readonly SettledCall[]): Counted {
  const counted = calls.filter(({ test }) => !test);
  const results = counted.flatMap(({ scores }) => PERSON_TARGETS.map((target) => scores[target]));
  return {
    answered: counted.filter(({ outcome }) => outcome === 'answered').length,
    abandoned: counted.filter(({ outcome }) => outcome === 'abandoned').length,
    hits: results.filter((result) => result === 'hit').length,
    of: results.filter((result) => result === 'hit' || result === 'miss').length,
  };
}

/** What the daemon made of the recording. */
export function countFacts(facts: readonly Fact[]): Counted {
  const records = facts.flatMap((fact) =>
    fact.type === 'call-closed' && !fact.record.test ? [fact.record] : [],
  );
  const results = facts.flatMap((fact) =>
    fact.type === 'scored' && PERSON_TARGETS.some((target) => target === fact.target) ? [fact.result] : [],
  );
  return {
    answered: records.filter(({ outcome }) => outcome === 'answered').length,
    abandoned: records.filter(({ outcome }) => outcome === 'abandoned').length,
    hits: results.filter((result) => result === 'hit').length,
    of: results.filter((result) => result === 'hit' || result === 'miss').length,
  };
}

/** Whether calls and rate are the true ones. */
export const isRight = (told: Counted, truth: Counted): boolean => figures(told) === figures(truth);

const figures = ({ answered, abandoned, hits, of }: Counted): string =>
  [answered, abandoned, hits, of].join('/');

function sum(parts: readonly Counted[]): Counted {
  const total = (of: keyof Counted): number => parts.reduce((before, part) => before + part[of], 0);
  return { answered: total('answered'), abandoned: total('abandoned'), hits: total('hits'), of: total('of') };
}

/** The table: a row a recording, then the sums; `!` marks what is not the truth. */
export function comparisonTable(rows: readonly Compared[]): string {
  const total: Compared = {
    name: 'total',
    truth: sum(rows.map(({ truth }) => truth)),
    ringside: sum(rows.map(({ ringside }) => ringside)),
    events: sum(rows.map(({ events }) => events)),
  };
  const width = Math.max(...[...rows, total].map(({ name }) => name.length));
  const line = (cells: readonly string[]): string => cells.join(' | ').trimEnd();
  const rule = line([width, CELL, CELL, CELL].map((length) => '-'.repeat(length)));
  const rowText = ({ name, truth, ringside, events }: Compared): string =>
    line([name.padEnd(width), cell(truth, truth), cell(ringside, truth), cell(events, truth)]);
  const wrong = (of: 'ringside' | 'events'): number =>
    rows.filter((row) => !isRight(row[of], row.truth)).length;
  return [
    line([''.padEnd(width), ...['truth', 'Ringside', 'counting events'].map((name) => name.padEnd(CELL))]),
    line([''.padEnd(width), HEAD, HEAD, HEAD]),
    rule,
    ...rows.map(rowText),
    rule,
    rowText(total),
    '',
    `Not the truth: Ringside in ${wrong('ringside')} of ${rows.length} recordings, counting events in ${wrong('events')}.`,
    'answ, aband: hotline calls answered and abandoned. rate: asked for a person and got one / asked for a person.',
    'counting events: AgentConnect and QueueCallerAbandon, and the first / both, as exporters and boards do.',
    '',
  ].join('\n');
}

const HEAD = `answ aband ${'rate'.padStart(13)}  `;
const CELL = HEAD.length;

function cell(told: Counted, truth: Counted): string {
  const ratio = told.of === 0 ? '-' : `${((told.hits / told.of) * 100).toFixed(1)} %`;
  const rate = `${told.hits}/${told.of}`.padStart(5) + ratio.padStart(8);
  const mark = isRight(told, truth) ? ' ' : '!';
  return `${String(told.answered).padStart(4)} ${String(told.abandoned).padStart(5)} ${rate} ${mark}`;
}
