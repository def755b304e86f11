import { failureOf, type LinkFault, type LinkStatus, type PbxConnection } from '../ami/connection.ts';
import type { PbxEvent, Snapshot } from '../ami/pbx-event.ts';
import type { RightsVerdict } from '../ami/rights.ts';
import { openReadingSession, type ReadingStream } from '../ami/stream.ts';
import type { ShellPorts } from './shell-ports.ts';

/** For the second picture: an exchange that was read a moment ago answers at once. */
const SECOND_PICTURE_MS = 10_000;

/** What one watch over one exchange brought, before anybody judged it. */
export interface Watched {
  readonly link: LinkStatus;
  readonly fault: LinkFault | undefined;
  readonly watchedMs: number | undefined;
  readonly rights: RightsVerdict | undefined;
  readonly known: ReadonlyMap<string, number>;
  readonly unknown: ReadonlyMap<string, number>;
  readonly first: Snapshot | undefined;
  readonly last: Snapshot | undefined;
}

/** Who hears of a watch while it lasts. */
export interface WatchEars {
  readonly onEvent: (event: PbxEvent) => void;
  /** The first picture is in: from now on calls are seen from their beginning. */
  readonly onReached: () => void;
}

/**
 * Reads one exchange for `seconds`, until it fails or until the signal; then, where it was read to the end, once more
 * for a second picture: what changed between the two tells whether the events told of it. Never throws.
 */
export async function watchExchange(
  connection: PbxConnection,
  seconds: number,
  { onEvent, onReached }: WatchEars,
  ports: ShellPorts,
): Promise<Watched> {
  const { clock, signal } = ports;
  let first: Snapshot | undefined;
  let readyAtMs: number | undefined;
  const take = (event: PbxEvent): boolean => {
    if (event.type === 'snapshot' && first === undefined) {
      first = event;
      readyAtMs = clock.nowMs();
      onReached();
    }
    onEvent(event);
    return false;
  };
  const read = await readUntil(connection, seconds * 1_000, take, ports);
  const watchedMs = readyAtMs === undefined ? undefined : clock.nowMs() - readyAtMs;
  const isWhole = first !== undefined && read.fault === undefined && !signal.aborted;
  const last = isWhole ? await secondPicture(connection, ports) : undefined;
  return { ...read, watchedMs, first, last };
}

async function secondPicture(connection: PbxConnection, ports: ShellPorts): Promise<Snapshot | undefined> {
  let picture: Snapshot | undefined;
  const take = (event: PbxEvent): boolean => {
    if (event.type === 'snapshot') picture ??= event;
    return picture !== undefined;
  };
  await readUntil(connection, SECOND_PICTURE_MS, take, ports);
  return picture;
}

type Read = Omit<Watched, 'watchedMs' | 'first' | 'last'>;

/** One session, until `take` has enough, time is up, the link fails or the signal comes. */
async function readUntil(
  connection: PbxConnection,
  waitMs: number,
  take: (event: PbxEvent) => boolean,
  { clock, log, signal }: ShellPorts,
): Promise<Read> {
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  let fault: LinkFault | undefined;
  const stream: ReadingStream = openReadingSession(connection, {
    clock,
    log,
    onEvent: (event) => {
      if (take(event)) end();
    },
    onStatus: (status) => {
      const failure = failureOf(status);
      if (failure === undefined) return;
      fault ??= failure;
      end();
    },
    jitter: Math.random,
  });
  const cancel = clock.after(waitMs, end);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  await over;
  cancel();
  signal.removeEventListener('abort', end);
  const link = stream.status();
  const rights = stream.rights();
  const { known, unknown } = stream.stats();
  await stream.stop();
  return { link, fault, rights, known, unknown };
}
