import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import type { Headers } from '../support/scripted-exchange.ts';
import { FarEnd } from './far-end.ts';
import { pourAndRead } from './pour-and-read.ts';
import { ReaderProcess } from './reader-process.ts';
import { type Site, siteOf } from './site.ts';
import { START_MS } from './speed.ts';
import { readStory, storiesOf } from './story.ts';
import { Copy, lastEvent, Stream } from './stream.ts';
import { grouped, median, printTable, tenths } from './table.ts';

const ROUNDS = 5;
const EVENTS = 60_000;
const LOOKS = 5;
/** Copies of the calls that only stand there have numbers that no other has. */
const STANDING_FROM = 10_000_000;

interface Size {
  readonly calls: number;
  readonly seats: number;
  readonly queues: number;
  readonly hotlines: number;
}
const ONCE: Size = { calls: 60, seats: 80, queues: 40, hotlines: 60 };
const TIMES = 10;
const CASES: readonly (readonly [string, Size])[] = [
  ['as the recordings', ONCE],
  ['calls x 10', { ...ONCE, calls: ONCE.calls * TIMES }],
  ['seats x 10', { ...ONCE, seats: ONCE.seats * TIMES }],
  ['queues x 10', { ...ONCE, queues: ONCE.queues * TIMES }],
  ['hotlines x 10', { ...ONCE, hotlines: ONCE.hotlines * TIMES }],
  [
    'all x 10',
    {
      calls: ONCE.calls * TIMES,
      seats: ONCE.seats * TIMES,
      queues: ONCE.queues * TIMES,
      hotlines: ONCE.hotlines * TIMES,
    },
  ],
];

/** What an event costs where there is ten times as much of everything that is not about it. */
export async function growth(): Promise<void> {
  const played = siteOf(storiesOf('filtered', 0));
  const rows: string[][] = [];
  let once = Number.NaN;
  for (const [name, size] of CASES) {
    const { cpuMs, reportMs, pageMs, events, live } = await costOf(played, size);
    const nanoseconds = (cpuMs * 1e6) / events;
    if (Number.isNaN(once)) once = nanoseconds;
    rows.push([
      name,
      grouped(live),
      grouped(nanoseconds),
      (nanoseconds / once).toFixed(2),
      tenths(reportMs),
      tenths(pageMs),
    ]);
  }
  printTable(
    `cost of an event, medians of ${ROUNDS}; Report and page are made by the clock, not by the event`,
    ['', 'live calls', 'ns/event (cpu)', 'x', 'Report ms', 'page ms'],
    rows,
  );
}

async function costOf(
  played: Site,
  size: Size,
): Promise<{ cpuMs: number; reportMs: number; pageMs: number; events: number; live: number }> {
  const site = grown(played, size);
  const reader = new ReaderProcess();
  const farEnd = new FarEnd(true, START_MS, { queues: site.queueLines });
  const port = await farEnd.listen();
  const { definition } = site;
  await reader.open({ type: 'open', what: 'ringside', port, definition, startMs: START_MS, reports: false });
  const standing = [...standingCalls(size.calls), Buffer.from(lastEvent(START_MS + 30_000))];
  const { live } = await pourAndRead(reader, farEnd, standing);
  const cpu: number[] = [];
  let events = 0;
  let startMs = START_MS + 60_000;
  let firstNumber = 0;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const stream = new Stream({ stories: played.stories, startMs, events: EVENTS, firstNumber });
    const { cpuMs } = await pourAndRead(reader, farEnd, [...stream.chunks()]);
    if (round > 0) cpu.push(cpuMs);
    firstNumber += stream.copies;
    startMs = stream.atMs + 1_000;
    ({ events } = stream);
  }
  const looks = await reader.look(LOOKS);
  await reader.close();
  await reader.end();
  await farEnd.close();
  return { cpuMs: median(cpu), events, live, ...looks };
}

/** Callers who wait in a queue all the while. */
function standingCalls(count: number): Buffer[] {
  const story = readStory('queue-abandoned.ami', 0);
  return Array.from({ length: count }, (_, index) => {
    const copy = new Copy(story, START_MS + index, STANDING_FROM + index);
    let text = '';
    for (const { name } of story.events) {
      text += copy.take();
      if (name === 'QueueCallerJoin') break;
    }
    return Buffer.from(text, 'latin1');
  });
}

/** The same exchange with idle seats, queues and hotlines beside those that the calls go to. */
function grown(site: Site, size: Size): Site {
  const [pbx] = site.definition.pbxs;
  const [model] = site.definition.hotlines;
  if (pbx === undefined || model === undefined) throw new Error('nothing to grow from');
  const more = <Row>(wanted: number, present: number, make: (index: number) => Row): Row[] =>
    Array.from({ length: Math.max(0, wanted - present) }, (_, index) => make(index));
  const queues = more(size.queues, pbx.queues.length, (index) => ({
    name: `idle-${index}`,
    wrapupS: 5,
    emergency: false,
  }));
  const seats = more(size.seats, pbx.seats.length, (index) => ({
    interface: `PJSIP/idle${index}`,
    name: `Idle ${index}`,
  }));
  const hotlines = more(size.hotlines, site.definition.hotlines.length, (index) => ({
    ...model,
    name: `idle-${index}`,
    numbers: [`9${index}`],
    queues: [],
  }));
  const definition: WatchDefinition = {
    ...site.definition,
    pbxs: [{ ...pbx, queues: [...pbx.queues, ...queues], seats: [...pbx.seats, ...seats] }],
    hotlines: [...site.definition.hotlines, ...hotlines],
  };
  const queue = pbx.queues[0]?.name ?? '';
  const lines = seats.map((seat): Headers => ({
    Event: 'QueueMember',
    Queue: queue,
    Name: seat.name,
    Location: seat.interface,
    StateInterface: seat.interface,
    Membership: 'static',
    Status: '1',
    Paused: '0',
  }));
  return { ...site, definition, queueLines: [...site.queueLines, ...lines] };
}
