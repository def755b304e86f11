import { FarEnd } from './far-end.ts';
import { pourAndRead } from './pour-and-read.ts';
import type { OpenRequest, Reading } from './reader-protocol.ts';
import { ReaderProcess } from './reader-process.ts';
import { type Site, siteOf } from './site.ts';
import { type Classes, storiesOf } from './story.ts';
import { Stream } from './stream.ts';
import { grouped, median, printTable, printVerdict, tenths } from './table.ts';

const ROUNDS = 5;
/** A daemon that has run for a day is compiled; so is who is compared with it. */
const WARM_UP = 3;
const EVENTS = 200_000;
export const START_MS = 1_795_284_000_000;
const SCRAPE_EVERY_MS = 1_000;

export const READERS = ['raw', 'asterisk-manager', 'ringside'] as const;
type ReaderName = (typeof READERS)[number];
const SAID: Readonly<Record<ReaderName, string>> = {
  raw: 'socket alone, bytes counted',
  'asterisk-manager': 'asterisk-manager 0.2.0, only parsing',
  ringside: 'ringside, the whole way',
};
/** So often are the stories played at once, each time with phones of their own, on the same hotlines and queues. */
const AT_ONCE: Readonly<Record<Classes, number>> = { filtered: 6, 'every-class': 80 };

export interface Poured {
  readonly site: Site;
  readonly chunks: readonly Buffer[];
  readonly bytes: number;
  readonly stream: Stream;
}

export function pouredOf(classes: Classes, events = EVENTS): Poured {
  const atOnce = Array.from({ length: AT_ONCE[classes] }, (_, index) => storiesOf(classes, index, 'phones'));
  const site = siteOf(atOnce.flat());
  const stream = new Stream({ stories: site.stories, startMs: START_MS, events });
  const chunks = [...stream.chunks()];
  return { site, chunks, bytes: chunks.reduce((sum, { length }) => sum + length, 0), stream };
}

/** One stream to one reader, from the first byte to the last event. */
export async function pourTo(
  reader: ReaderProcess,
  what: ReaderName,
  { site, chunks, bytes }: Pick<Poured, 'site' | 'chunks' | 'bytes'>,
  bytesPerS?: number,
): Promise<Reading> {
  const farEnd = new FarEnd(what === 'ringside', START_MS, { queues: site.queueLines });
  const port = await farEnd.listen();
  const request: OpenRequest =
    what === 'ringside'
      ? { type: 'open', what, port, definition: site.definition, startMs: START_MS, reports: true }
      : { type: 'open', what, port, bytes };
  const url = await reader.open(request);
  const scraping = url === '' ? undefined : setInterval(() => void scrape(url), SCRAPE_EVERY_MS);
  const read = await pourAndRead(reader, farEnd, chunks, bytesPerS === undefined ? {} : { bytesPerS });
  clearInterval(scraping);
  await reader.close();
  await farEnd.close();
  return read;
}

export async function scrape(url: string): Promise<string> {
  // A page asked for when the daemon is being stopped is nobody's loss.
  return await fetch(`${url}/metrics`).then(
    (answer) => answer.text(),
    () => '',
  );
}

export async function speed(classes: Classes): Promise<void> {
  const poured = pouredOf(classes);
  const { stream, bytes } = poured;
  const readers = new Map(READERS.map((name) => [name, new ReaderProcess()]));
  const read = new Map<ReaderName, Reading[]>(READERS.map((name) => [name, []]));
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const [name, reader] of readers) {
      const reading = await pourTo(reader, name, poured);
      if (round >= WARM_UP) read.get(name)?.push(reading);
    }
  }
  for (const reader of readers.values()) await reader.end();
  const wallMs = (name: ReaderName): number => median(read.get(name)?.map((one) => one.wallMs) ?? []);
  const cpuMs = (name: ReaderName): number => median(read.get(name)?.map((one) => one.cpuMs) ?? []);
  const base = wallMs('asterisk-manager');
  printTable(
    `${classes}: ${grouped(stream.events)} events, ${grouped(bytes / 1e6)} MB, ${grouped(stream.calls)} calls of ${poured.site.stories.length} stories; medians of ${ROUNDS}`,
    ['', 'events/s', 'MB/s', 'wall ms', 'cpu ms', 'x asterisk-manager', 'by cpu'],
    READERS.map((name) => [
      SAID[name],
      grouped((stream.events / wallMs(name)) * 1_000),
      grouped(bytes / 1e3 / wallMs(name)),
      grouped(wallMs(name)),
      grouped(cpuMs(name)),
      tenths(base / wallMs(name)),
      tenths(cpuMs('asterisk-manager') / cpuMs(name)),
    ]),
  );
  printVerdict(`whole way at least 6 x asterisk-manager (the aim is 10 x)`, base / wallMs('ringside') >= 6);
  const last = read.get('ringside')?.at(-1);
  printVerdict(
    `every call ended as recorded: ${said(last?.outcomes ?? {})}`,
    said(last?.outcomes ?? {}) === said(Object.fromEntries(stream.outcomes)),
  );
}

const said = (outcomes: Readonly<Record<string, number>>): string =>
  Object.entries(outcomes)
    .sort()
    .map(([outcome, count]) => `${outcome} ${count}`)
    .join(', ');
