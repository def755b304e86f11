import { fork } from 'node:child_process';
import { periodOf } from '../../src/hotlines/hours.ts';
import type { CallFilter } from '../../src/store/ports.ts';
import { SqliteJournalReader } from '../../src/store/sqlite-journal-reader.ts';
import { WEEK_MS } from './journal-days.ts';
import { type Filled, filledJournal } from './journal-fill.ts';
import { makeMonth, type MonthMade, monthBefore } from './journal-month.ts';
import { sizesOf } from './journal-sizes.ts';
import type { StartDone, StartOrder } from './journal-start.ts';
import { grouped, median, printTable, printVerdict, tenths } from './table.ts';

const ROUNDS = 5;
const MOST_SUMS_MS = 1_000;
const PAGE = 100;
const DAYS_MS = 86_400_000;

type Row = readonly [name: string, tookMs: readonly number[]];

/** How long it takes to start on a journal of years, and to read of it. */
export async function journalReads(): Promise<void> {
  const filled = await filledJournal();
  sayFilling(filled);
  const reader = new SqliteJournalReader(filled.file);
  const starts = await startsOf(filled);
  const sums = await sumsOf(filled, reader);
  const pages = await pagesOf(filled, reader);
  const months: MonthMade[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    months.push(await makeMonth(monthBefore(filled), reader));
  }
  await reader.close();
  printTable(
    `journal of ${grouped(filled.calls)} calls: to start and to read, ms; ${ROUNDS} times each`,
    ['', 'median', 'first', 'longest'],
    [...starts, ...sums, ...pages, ...monthRows(months)].map(([name, tookMs]) => [
      name,
      tenths(median(tookMs)),
      tenths(tookMs[0] ?? Number.NaN),
      tenths(Math.max(...tookMs)),
    ]),
  );
  printVerdict(
    'day so far and month to date under 1 s, the first time too',
    sums.every(([, tookMs]) => Math.max(...tookMs) < MOST_SUMS_MS),
  );
  sizesOf(filled);
}

function sayFilling({ calls, facts, weeks, tookMs, cpuMs }: Filled): void {
  process.stdout.write(
    `\nfilled with ${grouped(calls)} calls, ${grouped(facts)} facts of ${weeks} weeks in ` +
      `${grouped(tookMs / 1_000)} s (${grouped(cpuMs / 1_000)} s of processor): ` +
      `${grouped((facts / tookMs) * 1_000)} facts/s in batches of 50,000, not synced\n`,
  );
}

/** Each in a process of its own, as after a restart. */
async function startsOf({ file, keyFile, definition, untilMs }: Filled): Promise<readonly Row[]> {
  const done: StartDone[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const child = fork(new URL('./journal-start.ts', import.meta.url), { serialization: 'advanced' });
    const order: StartOrder = { file, keyFile, definition, nowMs: untilMs };
    child.send(order);
    done.push(
      await new Promise<StartDone>((resolve, reject) => {
        let told: StartDone | undefined;
        child.once('message', (message) => (told = message as StartDone));
        child.once('exit', (code) =>
          told === undefined ? reject(new Error(`a start ended with ${code}`)) : resolve(told),
        );
      }),
    );
  }
  const [{ openCalls, recentFacts, sums } = { openCalls: 0, recentFacts: 0, sums: 0 }] = done;
  const what = `${openCalls} open calls, ${grouped(recentFacts)} facts, ${grouped(sums)} sums`;
  return [
    ['start: file checked and opened', done.map(({ openMs }) => openMs)],
    [`start: restored (${what})`, done.map(({ restoreMs }) => restoreMs)],
  ];
}

async function sumsOf({ definition, untilMs }: Filled, reader: SqliteJournalReader): Promise<readonly Row[]> {
  const [hotline] = definition.hotlines;
  if (hotline === undefined) throw new Error('the company has no hotline');
  const rows: Row[] = [];
  for (const [name, unit] of [
    ['day so far', 'day'],
    ['month to date', 'month'],
  ] as const) {
    const { fromMs } = periodOf(hotline.hours, unit, untilMs);
    rows.push(await timed(`${name}, every sum`, () => reader.sums({ unit, fromMs, untilMs })));
  }
  return rows;
}

async function pagesOf({ untilMs }: Filled, reader: SqliteJournalReader): Promise<readonly Row[]> {
  const page = (name: string, filter: Omit<CallFilter, 'limit'>): Promise<Row> =>
    timed(`page of ${PAGE}: ${name}`, () => reader.calls({ limit: PAGE, ...filter }));
  const { calls } = await reader.calls({ limit: PAGE, outcome: 'answered' });
  const some = calls.find(({ agent }) => agent !== '') ?? calls[0];
  if (some === undefined) throw new Error('the journal has no answered call');
  const { pbx, uniqueid, hotline, agent } = some;
  const longAgo = { fromMs: untilMs - 8 * WEEK_MS, untilMs: untilMs - 8 * WEEK_MS + DAYS_MS };
  const middle = await reader.calls({ limit: PAGE, ...longAgo });
  return [
    await page('the newest', {}),
    await page('of a hotline', { hotline }),
    await page('of an outcome on a hotline', { hotline, outcome: 'unanswered' }),
    await page('of an outcome that is rare', { outcome: 'unknown' }),
    await page('of an agent', { agent }),
    await page('of an agent with an outcome', { agent, outcome: 'voicemail' }),
    await page('of one exchange', { pbx }),
    await page('of one exchange and a rare outcome', { pbx, outcome: 'blocked' }),
    await page('of a day 8 weeks ago', longAgo),
    await page('of that day, the second', { ...longAgo, after: middle.next ?? '' }),
    await timed('one call with its facts', () => reader.call(pbx, uniqueid)),
  ];
}

function monthRows(months: readonly MonthMade[]): readonly Row[] {
  return [
    [`month report: read`, months.map(({ readMs }) => readMs)],
    ['month report: built', months.map(({ buildMs }) => buildMs)],
    [
      `month report: rendered (${grouped((months[0]?.characters ?? 0) / 1_000)} kB of HTML)`,
      months.map(({ renderMs }) => renderMs),
    ],
  ];
}

async function timed(name: string, task: () => Promise<unknown>): Promise<Row> {
  const tookMs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const fromMs = performance.now();
    await task();
    tookMs.push(performance.now() - fromMs);
  }
  return [name, tookMs];
}
