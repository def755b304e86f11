import { join } from 'node:path';
import { FarEnd } from './far-end.ts';
import { type Filled, filledJournal } from './journal-fill.ts';
import { removeFolder, someFolder } from './journal-folder.ts';
import { monthBefore, type ReportMaking } from './journal-report.ts';
import { pourAndRead } from './pour-and-read.ts';
import { ReaderProcess } from './reader-process.ts';
import type { Reading } from './reader-protocol.ts';
import { type Site, siteOf } from './site.ts';
import { scrape, START_MS } from './speed.ts';
import { storiesOf } from './story.ts';
import { Stream } from './stream.ts';
import { grouped, median, printTable, printVerdict, tenths } from './table.ts';

const ROUNDS = 3;
/** A daemon that has run for a day is compiled. */
const WARM_UP = 2;
const TOP_EVENTS = 200_000;
const LONG_S = 5;
const AT_ONCE = 6;
const MOST_P99_MS = 20;
/** What is read at half the top rate is more than any journal is written; a tenth is still a call center of thousands. */
const PARTS_OF_TOP = [2, 10] as const;
const SCRAPE_EVERY_MS = 1_000;
const BYTES = 8e9;

/** What the process of the daemon does beside its reading. */
interface Case {
  readonly name: string;
  readonly keeps: boolean;
  readonly beside?: ReportMaking;
}
interface Measured {
  readonly readings: readonly Reading[];
  /** What the journal says of itself at the end. */
  readonly facts: { readonly kept: number; readonly waiting: number; readonly givenUp: number };
}

/** How late the event loop is, whatever is kept in the journal and read of it. */
export async function journalDelay(): Promise<void> {
  const filled = await filledJournal();
  const site = siteOf(
    Array.from({ length: AT_ONCE }, (_, index) => storiesOf('filtered', index, 'phones')).flat(),
  );
  const without = await measure(site, { keeps: false });
  const withOne = await measure(site, { keeps: true });
  const rateOf = ({ readings }: Measured): number =>
    (TOP_EVENTS / median(readings.map(({ wallMs }) => wallMs))) * 1_000;
  const row = (name: string, measured: Measured): string[] => [
    name,
    grouped(rateOf(measured)),
    grouped(median(measured.readings.map(({ cpuMs }) => cpuMs))),
    ...factsRow(measured),
  ];
  printTable(
    `the bench stream read as fast as it can be, medians of ${ROUNDS}`,
    ['', 'events/s', 'cpu ms of all threads', ...FACT_HEADS],
    [row('without a journal', without), row('with a journal', withOne)],
  );
  for (const part of PARTS_OF_TOP) {
    await atRate(site, rateOf(without) / part, `1/${part} of the top rate`, casesOf(filled));
  }
}

const FACT_HEADS = ['facts kept', 'waiting', 'given up'] as const;
const factsRow = ({ facts }: Measured): string[] =>
  [facts.kept, facts.waiting, facts.givenUp].map((count) => grouped(count));

function casesOf(filled: Filled): readonly Case[] {
  const months = `and month reports of ${grouped(filled.calls)} calls are asked for`;
  return [
    { name: 'without a journal', keeps: false },
    { name: 'with a journal', keeps: true },
    { name: months, keeps: true, beside: monthBefore(filled) },
  ];
}

async function atRate(site: Site, eventsPerS: number, said: string, cases: readonly Case[]): Promise<void> {
  const rows: string[][] = [];
  let worstMs = 0;
  for (const one of cases) {
    const measured = await measure(site, { ...one, eventsPerS });
    const { readings } = measured;
    const p99Ms = median(readings.map(({ delayP99Ms }) => delayP99Ms));
    const besideMs = readings.flatMap((reading) => (reading.besideMs === null ? [] : [reading.besideMs]));
    rows.push([
      one.name,
      tenths(p99Ms),
      tenths(median(readings.map(({ delayMaxMs }) => delayMaxMs))),
      besideMs.length === 0 ? '' : grouped(median(besideMs)),
      ...factsRow(measured),
    ]);
    worstMs = Math.max(worstMs, p99Ms);
  }
  printTable(
    `event-loop delay at ${said} (${grouped(eventsPerS)} events/s), ms, medians of ${ROUNDS}`,
    ['', 'p99', 'longest', 'a report takes', ...FACT_HEADS],
    rows,
  );
  printVerdict('p99 under 20 ms, whatever is read of the journal', worstMs < MOST_P99_MS);
}

/** One daemon reads stream after stream, each of calls of its own. */
async function measure(
  site: Site,
  { keeps, beside, eventsPerS }: Omit<Case, 'name'> & { readonly eventsPerS?: number },
): Promise<Measured> {
  const folder = someFolder(BYTES);
  const reader = new ReaderProcess();
  const farEnd = new FarEnd(true, START_MS, { queues: site.queueLines });
  const url = await reader.open({
    type: 'open',
    what: 'ringside',
    port: await farEnd.listen(),
    definition: site.definition,
    startMs: START_MS,
    reports: true,
    ...(keeps && { journal: { file: join(folder, 'journal.db') } }),
  });
  const scraping = setInterval(() => void scrape(url), SCRAPE_EVERY_MS);
  const readings: Reading[] = [];
  let startMs = START_MS;
  let firstNumber = 0;
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const events = eventsPerS === undefined ? TOP_EVENTS : Math.round(eventsPerS * LONG_S);
    const stream = new Stream({ stories: site.stories, startMs, events, firstNumber });
    const chunks = [...stream.chunks()];
    const bytes = chunks.reduce((sum, { length }) => sum + length, 0);
    const isWarm = round >= WARM_UP;
    const reading = await pourAndRead(reader, farEnd, chunks, {
      ...(eventsPerS !== undefined && { bytesPerS: bytes / LONG_S }),
      ...(isWarm && { beside }),
    });
    if (isWarm) readings.push(reading);
    firstNumber += stream.copies;
    startMs = stream.atMs + 1_000;
  }
  clearInterval(scraping);
  const page = await scrape(url);
  await reader.close();
  await reader.end();
  await farEnd.close();
  removeFolder(folder);
  const told = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(page)?.[1] ?? 0);
  return {
    readings,
    facts: {
      kept: told('ringside_journal_committed_facts_total'),
      waiting: told('ringside_journal_pending_facts'),
      givenUp: told('ringside_journal_dropped_facts_total'),
    },
  };
}
