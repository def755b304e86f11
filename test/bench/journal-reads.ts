import { fork } from 'node:child_process';
import { periodOf } from '../../src/hotlines/hours.ts';
import type { CallFilter } from '../../src/store/ports.ts';
import { SqliteJournalReader } from '../../src/store/sqlite-journal-reader.ts';
import { WEEK_MS } from './journal-days.ts';
import { type Filled, filledJournal } from './journal-fill.ts';
import {
  makeReport,
  monthBefore,
  quarterBefore,
  type ReportMade,
  type ReportMaking,
} from './journal-report.ts';
import { sizesOf } from './journal-sizes.ts';
import type { StartDone, StartOrder } from './journal-start.ts';
import { grouped, median, printTable, printVerdict, tenths } from './table.ts';

const ROUNDS = 5;
const MOST_SUMS_MS = 1_000;
const MOST_PAGE_MS = 100;
const PAGE = 100;
const LONG_WEEKS = 60;
const DAY_MS = 86_400_000;

type Row = readonly [name: string, tookMs: readonly number[]];

/** How long it takes to start on a journal of years, and to read of it. */
export async function journalReads(): Promise<void> {
  const filled = await filledJournal();
  const reader = new SqliteJournalReader(filled.file);
  const starts = await startsOf(filled);
  const sums = await sumsOf(filled, reader);
  const pages = await pagesOf(filled, reader);
  const others = await callBacksOf(filled, reader);
  const reports = [
    ...(await reportRows('month', monthBefore(filled), reader)),
    ...(await reportRows('quarter', quarterBefore(filled), reader)),
  ];
  await reader.close();
  printTable(
    `journal of ${grouped(filled.calls)} calls: to start and to read, ms; ${ROUNDS} times each`,
    ['', 'median', 'first', 'longest'],
    [...starts, ...sums, ...pages, ...others, ...reports].map(([name, tookMs]) => [
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
  printVerdict(
    'a page of calls in 100 ms',
    pages.every(([, tookMs]) => median(tookMs) < MOST_PAGE_MS),
  );
  sizesOf(filled);
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
        child.once('message', (message) => {
          told = message as StartDone;
          // What goes on beside the work reads the whole file, and nothing of Node.js ends it before it has.
          child.kill('SIGKILL');
        });
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
  const longAgo = {
    fromMs: untilMs - LONG_WEEKS * WEEK_MS,
    untilMs: untilMs - LONG_WEEKS * WEEK_MS + DAY_MS,
  };
  const middle = await reader.calls({ limit: PAGE, ...longAgo });
  const deep = { after: middle.next ?? '' };
  const said = `${LONG_WEEKS} weeks ago`;
  return [
    await page('the newest', {}),
    await page('of a hotline', { hotline }),
    await page('of an outcome on a hotline', { hotline, outcome: 'unanswered' }),
    await page('of an outcome that is rare', { outcome: 'unknown' }),
    await page('of an agent', { agent }),
    await page('of an agent with an outcome', { agent, outcome: 'voicemail' }),
    await page('of one exchange', { pbx }),
    await page('of one exchange and a rare outcome', { pbx, outcome: 'blocked' }),
    await page(`of a day ${said}`, longAgo),
    await page('of that day, the second', { ...longAgo, ...deep }),
    await page(`from ${said} back`, deep),
    await page(`of a hotline from ${said} back`, { hotline, ...deep }),
    await page(`of an outcome on a hotline from ${said} back`, { hotline, outcome: 'unanswered', ...deep }),
    await page(`of an outcome that is rare from ${said} back`, { outcome: 'unknown', ...deep }),
    await page(`of an agent from ${said} back`, { agent, ...deep }),
    await page(`of one exchange and a rare outcome from ${said} back`, { pbx, outcome: 'blocked', ...deep }),
    await timed('one call with its facts', () => reader.call(pbx, uniqueid)),
  ];
}

async function callBacksOf({ untilMs }: Filled, reader: SqliteJournalReader): Promise<readonly Row[]> {
  const open = await reader.openCallBacks();
  return [
    await timed(`open call-backs, all ${grouped(open.length)}`, () => reader.openCallBacks()),
    await timed(`page of ${PAGE} open call-backs`, () =>
      reader.callBacks({ state: 'open', limit: PAGE }, untilMs),
    ),
    await timed(`page of ${PAGE} closed call-backs`, () =>
      reader.callBacks({ state: 'closed', limit: PAGE }, untilMs),
    ),
    await timed('call-backs and attempts as the metrics have them', () => reader.standing(untilMs)),
    await timed("a month's attempts and lost callers", () =>
      reader.attempts({ unit: 'month', period: new Date(untilMs - 31 * DAY_MS).toISOString().slice(0, 7) }),
    ),
  ];
}

async function reportRows(
  name: 'month' | 'quarter',
  order: ReportMaking,
  reader: SqliteJournalReader,
): Promise<readonly Row[]> {
  const made: ReportMade[] = [];
  for (let round = 0; round < ROUNDS; round += 1) made.push(await makeReport(order, reader));
  const [{ jsonCharacters, htmlCharacters } = { jsonCharacters: 0, htmlCharacters: 0 }] = made;
  return [
    [`${name} report: read`, made.map(({ readMs }) => readMs)],
    [`${name} report: built`, made.map(({ buildMs }) => buildMs)],
    [`${name} report: ${grouped(jsonCharacters / 1_000)} kB of JSON`, made.map(({ jsonMs }) => jsonMs)],
    [`${name} report: ${grouped(htmlCharacters / 1_000)} kB of HTML`, made.map(({ htmlMs }) => htmlMs)],
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
