import { join } from 'node:path';
import { FarEnd } from './far-end.ts';
import { END_MS } from './journal-days.ts';
import { type Filled, filledJournal } from './journal-fill.ts';
import { putKeyFile, removeFolder, someFolder } from './journal-folder.ts';
import { ReaderProcess } from './reader-process.ts';
import type { Beside, Reading } from './reader-protocol.ts';
import { type Site, siteOf } from './site.ts';
import { START_MS } from './speed.ts';
import { storiesOf } from './story.ts';
import { Stream } from './stream.ts';
import { grouped, median, printTable, printVerdict, tenths } from './table.ts';

const ROUNDS = 5;
/** A daemon that has run for a day is compiled. */
const WARM_UP = 2;
const TOP_EVENTS = 200_000;
const LONG_S = 5;
const AT_ONCE = 6;
const MOST_P99_MS = 20;
const MONTH = '2026-10';
const SCRAPE_EVERY_MS = 1_000;
const BYTES = 8e9;

/** What the process of the daemon does beside its reading. */
interface Case {
  readonly name: string;
  readonly keeps: boolean;
  readonly beside?: Beside;
}

/** How late the event loop is at half the rate at which a daemon without a journal reads at most, whatever is read of the journal. */
export async function journalDelay(): Promise<void> {
  const filled = await filledJournal();
  const site = siteOf(
    Array.from({ length: AT_ONCE }, (_, index) => storiesOf('filtered', index, 'phones')).flat(),
  );
  const top = {
    without: await readingsOf(site, { keeps: false }),
    with: await readingsOf(site, { keeps: true }),
  };
  const rateOf = (readings: readonly Reading[]): number =>
    (TOP_EVENTS / median(readings.map(({ wallMs }) => wallMs))) * 1_000;
  printTable(
    `the bench stream read as fast as it can be, medians of ${ROUNDS}`,
    ['', 'events/s', 'cpu ms of all threads'],
    (['without', 'with'] as const).map((which) => [
      `${which} a journal`,
      grouped(rateOf(top[which])),
      grouped(median(top[which].map(({ cpuMs }) => cpuMs))),
    ]),
  );
  await atHalfTheRate(site, rateOf(top.without) / 2, casesOf(filled));
}

function casesOf(filled: Filled): readonly Case[] {
  const { file, definition, calls } = filled;
  const order = { file, definition, month: MONTH, nowMs: END_MS };
  const months = `month reports of ${grouped(calls)} calls`;
  return [
    { name: 'without a journal', keeps: false },
    { name: 'with a journal', keeps: true },
    { name: `and ${months} read`, keeps: true, beside: { ...order, what: 'month-read' } },
    { name: `and ${months} read, built and rendered`, keeps: true, beside: { ...order, what: 'month-made' } },
    { name: `and a whole journal looked over`, keeps: true, beside: { what: 'check', file } },
  ];
}

async function atHalfTheRate(site: Site, eventsPerS: number, cases: readonly Case[]): Promise<void> {
  const rows: string[][] = [];
  let worstMs = 0;
  for (const one of cases) {
    const readings = await readingsOf(site, { ...one, eventsPerS });
    const p99Ms = median(readings.map(({ delayP99Ms }) => delayP99Ms));
    const monthMs = readings.flatMap((reading) => (reading.monthMs === null ? [] : [reading.monthMs]));
    rows.push([
      one.name,
      tenths(p99Ms),
      tenths(median(readings.map(({ delayMaxMs }) => delayMaxMs))),
      monthMs.length === 0 ? '' : grouped(median(monthMs)),
    ]);
    worstMs = Math.max(worstMs, p99Ms);
  }
  printTable(
    `event-loop delay at half the top rate (${grouped(eventsPerS)} events/s), ms, medians of ${ROUNDS}`,
    ['', 'p99', 'longest', 'a report takes'],
    rows,
  );
  printVerdict('p99 under 20 ms, whatever is read of the journal', worstMs < MOST_P99_MS);
}

/** One daemon reads stream after stream, each of calls of its own. */
async function readingsOf(
  site: Site,
  { keeps, beside, eventsPerS }: Omit<Case, 'name'> & { readonly eventsPerS?: number },
): Promise<readonly Reading[]> {
  const folder = someFolder(BYTES);
  const reader = new ReaderProcess();
  const farEnd = new FarEnd(true, START_MS, { queues: site.queueLines });
  const port = await farEnd.listen();
  const url = await reader.open({
    type: 'open',
    what: 'ringside',
    port,
    definition: site.definition,
    startMs: START_MS,
    reports: true,
    ...(keeps && { journal: { file: join(folder, 'journal.db'), keyFile: putKeyFile(folder) } }),
  });
  const scraping = setInterval(() => void fetch(`${url}/metrics`).catch(() => undefined), SCRAPE_EVERY_MS);
  const readings: Reading[] = [];
  let startMs = START_MS;
  let firstNumber = 0;
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const events = eventsPerS === undefined ? TOP_EVENTS : Math.round(eventsPerS * LONG_S);
    const stream = new Stream({ stories: site.stories, startMs, events, firstNumber });
    const chunks = [...stream.chunks()];
    const bytes = chunks.reduce((sum, { length }) => sum + length, 0);
    const reading = reader.read(round < WARM_UP ? undefined : beside);
    await (eventsPerS === undefined ? farEnd.pour(chunks) : farEnd.pourAt(bytes / LONG_S, chunks));
    const read = await reading;
    if (round >= WARM_UP) readings.push(read);
    firstNumber += stream.copies;
    startMs = stream.atMs + 1_000;
  }
  clearInterval(scraping);
  await reader.close();
  await reader.end();
  await farEnd.close();
  removeFolder(folder);
  return readings;
}
