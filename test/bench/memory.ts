import { FarEnd } from './far-end.ts';
import { pourAndRead } from './pour-and-read.ts';
import { ReaderProcess } from './reader-process.ts';
import type { Memory } from './reader-protocol.ts';
import { type Site, siteOf } from './site.ts';
import { START_MS } from './speed.ts';
import { readStory, storiesOf, type Story } from './story.ts';
import { Copy, lastEvent, Stream } from './stream.ts';
import { grouped, megabytes, printTable, printVerdict } from './table.ts';

const CALLS = 10_000;
const SEATS = 2_000;
const MOST_GROWTH_BYTES = 60 * 1_048_576;
const FLAT_CALLS = 1_000_000;
const FLAT_STEPS = 5;
/** Memory that is not given back in so many calls would show as more than this. */
const MOST_CREEP_BYTES = 8 * 1_048_576;
/** The everyday calls: the million is to be through in minutes. */
const EVERYDAY = new Set([
  'queue-answered',
  'queue-abandoned',
  'people-answered',
  'people-gives-up',
  'never-picked-up',
]);

/** What 10,000 live calls and 2,000 seats take, over the same program with nobody on the line and no seats. */
export async function memoryOfCalls(): Promise<void> {
  const one = readStory('queue-answered.ami', 0);
  const idle = await memoryOf(siteOf([readStory('never-picked-up.ami', 0)]), []);
  const talking = Array.from({ length: SEATS }, (_, seat) => readStory('queue-answered.ami', seat, 'phones'));
  const waiting = Array.from({ length: CALLS - SEATS }, () => one);
  const busy = await memoryOf(siteOf(talking), [
    ...upTo(talking, 'BridgeEnter', 2),
    ...upTo(waiting, 'QueueCallerJoin', 1),
  ]);
  const growth = busy.usedBytes - idle.usedBytes;
  printTable(
    'memory, MB',
    ['', 'in use', 'resident'],
    [
      ['idle: nobody on the line, no seat', megabytes(idle.usedBytes), megabytes(idle.rssBytes)],
      [
        `${grouped(CALLS)} live calls, ${grouped(SEATS)} seats`,
        megabytes(busy.usedBytes),
        megabytes(busy.rssBytes),
      ],
      ['growth', megabytes(growth), megabytes(busy.rssBytes - idle.rssBytes)],
    ],
  );
  printVerdict(`${grouped(busy.live)} calls are live`, busy.live === CALLS);
  printVerdict('growth in use under 60 MB', growth < MOST_GROWTH_BYTES);
  printVerdict('growth of what is resident under 60 MB', busy.rssBytes - idle.rssBytes < MOST_GROWTH_BYTES);
}

async function memoryOf(site: Site, chunks: readonly Buffer[]): Promise<Memory & { readonly live: number }> {
  const reader = new ReaderProcess();
  const { farEnd, open } = await watched(reader, site);
  await open;
  const { live } = await pourAndRead(reader, farEnd, [...chunks, Buffer.from(lastEvent(START_MS + 60_000))]);
  const memory = await reader.memory();
  await reader.close();
  await reader.end();
  await farEnd.close();
  return { ...memory, live };
}

async function watched(
  reader: ReaderProcess,
  site: Site,
): Promise<{ readonly farEnd: FarEnd; readonly open: Promise<string> }> {
  const farEnd = new FarEnd(true, START_MS, { queues: site.queueLines });
  const port = await farEnd.listen();
  const { definition } = site;
  const open = reader.open({
    type: 'open',
    what: 'ringside',
    port,
    definition,
    startMs: START_MS,
    reports: false,
  });
  return { farEnd, open };
}

/** Each story as far as the n-th event of a name. */
function upTo(stories: readonly Story[], name: string, nth: number): Buffer[] {
  return stories.map((story, index) => {
    const copy = new Copy(story, START_MS + index, index + (name === 'BridgeEnter' ? 1 : SEATS + 1));
    let text = '';
    let seen = 0;
    for (const event of story.events) {
      text += copy.take();
      if (event.name === name) seen += 1;
      if (seen === nth) break;
    }
    return Buffer.from(text, 'latin1');
  });
}

/** Whether memory stays where it is over a million calls. */
export async function memoryOverTime(): Promise<void> {
  const site = siteOf(storiesOf('filtered', 0).filter(({ key }) => EVERYDAY.has(key)));
  const reader = new ReaderProcess();
  const { farEnd, open } = await watched(reader, site);
  await open;
  const rows: string[][] = [];
  const used: number[] = [];
  let startMs = START_MS;
  let calls = 0;
  let firstNumber = 0;
  for (let step = 0; step <= FLAT_STEPS; step += 1) {
    const wanted = step === 0 ? FLAT_CALLS / 100 : FLAT_CALLS / FLAT_STEPS;
    const stream = new Stream({ stories: site.stories, startMs, events: 0, calls: wanted, firstNumber });
    await pourAndRead(reader, farEnd, stream.chunks());
    calls += stream.calls;
    firstNumber += stream.copies;
    startMs = stream.atMs + 1_000;
    const memory = await reader.memory();
    used.push(memory.usedBytes);
    rows.push([grouped(calls), megabytes(memory.usedBytes), megabytes(memory.rssBytes)]);
  }
  await reader.close();
  await reader.end();
  await farEnd.close();
  printTable('memory over a million calls, MB', ['calls so far', 'in use', 'resident'], rows);
  const creep = (used.at(-1) ?? 0) - (used[1] ?? 0);
  printVerdict(
    `flat: ${megabytes(creep)} MB between the first and the last ${grouped(FLAT_CALLS / FLAT_STEPS)}`,
    creep < MOST_CREEP_BYTES,
  );
}
