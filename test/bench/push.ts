import { setTimeout as sleep } from 'node:timers/promises';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { someHotline, somePbx } from '../support/definitions.ts';
import { AmiServer } from '../support/ami-server.ts';
import { event, type Headers } from '../support/scripted-exchange.ts';
import { PushChild } from './push-child.ts';
import { markOfNow } from './push-mark.ts';
import { grouped, median, printTable, printVerdict, tenths } from './table.ts';

/**
 * `npm run bench:push`: the daemon, its exchange, its readers and a bare `ws` broadcast, each in a process of its own.
 * From the instant before an event is written to the exchange's end of the AMI socket to the frame at each reader.
 */
const CLIENTS = Number(process.env['RINGSIDE_BENCH_CLIENTS'] ?? 1000);
const SEATS = 500;
const QUEUES = 20;
const CHANGES_PER_S = 50;
const WINDOW_S = Number(process.env['RINGSIDE_BENCH_S'] ?? 15);
const ROUNDS = 3;
const SETTLE_MS = 2000;

interface Told {
  readonly frames: number;
  readonly bytes: number;
  readonly deltaBytes: number;
  readonly snapshots: number;
  readonly snapshotBytes: number;
  readonly marks: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}
interface Window extends Told {
  readonly daemonMs: number;
}

const queueOf = (seat: number): string => `queue${seat % QUEUES}`;
const member = (seat: number): Headers => ({
  Queue: queueOf(seat),
  MemberName: `Agent ${seat}`,
  Interface: `PJSIP/seat${seat}`,
  StateInterface: `PJSIP/seat${seat}`,
  Membership: 'dynamic',
  Penalty: '0',
  CallsTaken: '0',
  LastCall: '0',
  InCall: '0',
  Status: '1',
  Paused: '0',
  PausedReason: '',
});
const seats = Array.from({ length: SEATS }, (_, seat) => seat);
const queues = Array.from({ length: QUEUES }, (_, queue) => `queue${queue}`);

const definition: WatchDefinition = {
  hash: 'bench',
  pbxs: [somePbx({ queues: queues.map((name) => ({ name, wrapupS: undefined, emergency: false })) })],
  hotlines: queues.map((queue, at) =>
    someHotline({ name: `line${at}`, numbers: [`40${at}`], queues: [queue] }),
  ),
};

const exchange = await new AmiServer({
  queues: [
    ...queues.map((queue) => ({ Event: 'QueueParams', Queue: queue })),
    ...seats.map((seat) => ({
      ...member(seat),
      Event: 'QueueMember',
      Name: `Agent ${seat}`,
      Location: `PJSIP/seat${seat}`,
    })),
  ],
}).listen();

let next = 0;
/** One seat is paused, for a reason that says when. */
function change(): void {
  const seat = next++ % SEATS;
  const paused = { ...member(seat), Paused: '1', PausedReason: markOfNow() };
  exchange.say(event('QueueMemberPause', Date.now(), paused));
}

const daemon = new PushChild(new URL('./push-daemon.ts', import.meta.url));
const clients = new PushChild(new URL('./push-clients.ts', import.meta.url));
const bare = new PushChild(new URL('./push-bare.ts', import.meta.url));

async function window(): Promise<Window> {
  await sleep(SETTLE_MS);
  await clients.ask('begin');
  const before = await daemon.ask<number>('processorMs');
  await sleep(WINDOW_S * 1000);
  const daemonMs = (await daemon.ask<number>('processorMs')) - before;
  return { ...(await clients.ask<Told>('told')), daemonMs };
}

const url = await daemon.ask<string>('open', { port: exchange.port, definition });
for (;;) {
  if ((await fetch(`${url}/readyz`)).ok) break;
  await sleep(50);
}
const live = `${url.replace('http', 'ws')}/live`;
await clients.ask('open', { url: live, clients: CLIENTS });
const beat = setInterval(change, 1000 / CHANGES_PER_S);

const withoutDeaf: Window[] = [];
const withDeaf: Window[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  withoutDeaf.push(await window());
  // The one of the round before was sent away, or is within this window.
  await clients.ask('openDeaf', { url: live });
  withDeaf.push(await window());
  await sleep(Math.max(0, 35_000 - (WINDOW_S * 1000 + SETTLE_MS)));
}
clearInterval(beat);
const metrics = await (await fetch(`${url}/metrics`)).text();
const metric = (series: string): number =>
  Number(
    metrics
      .split('\n')
      .find((line) => line.startsWith(`${series} `))
      ?.split(' ')[1] ?? Number.NaN,
  );
await clients.ask('close');
await daemon.ask('close');

const first = withoutDeaf[0];
if (first === undefined) throw new Error('nothing was measured');
const framesPerClient = first.frames / CLIENTS;
const bytesPerFrame = Math.round(first.deltaBytes / first.frames);
const bareUrl = await bare.ask<string>('open');
await clients.ask('open', { url: bareUrl.replace('http', 'ws'), clients: CLIENTS });
await bare.ask('begin', { bytes: bytesPerFrame, everyMs: (WINDOW_S * 1000) / framesPerClient });
await sleep(SETTLE_MS);
await clients.ask('begin');
const bareBefore = await bare.ask<number>('processorMs');
await sleep(WINDOW_S * 1000);
const bareMs = (await bare.ask<number>('processorMs')) - bareBefore;
const bareTold = await clients.ask<Told>('told');
await bare.ask('close');
await clients.ask('close');
await Promise.all([daemon.end(), clients.end(), bare.end(), exchange.close()]);

const row = (name: string, { p50Ms, p99Ms, frames, bytes, snapshots, daemonMs }: Window): string[] => [
  name,
  tenths(p50Ms),
  tenths(p99Ms),
  tenths(frames / CLIENTS / WINDOW_S),
  grouped(bytes / CLIENTS / WINDOW_S),
  grouped(snapshots),
  tenths(daemonMs / WINDOW_S / 10),
];
printTable(
  `${CLIENTS} boards, ${SEATS} seats, ${CHANGES_PER_S} changes/s: from the AMI socket to the frame`,
  ['', 'p50 ms', 'p99 ms', 'changes/s', 'bytes/s each', 'whole boards', 'CPU %'],
  withoutDeaf.flatMap((one, round) => {
    const deaf = withDeaf[round];
    return [row(`round ${round + 1}`, one), ...(deaf ? [row('  and one that does not read', deaf)] : [])];
  }),
);
const perByte = (ms: number, bytes: number): number => (ms * 1e6) / bytes;
const ratio = perByte(first.daemonMs, first.bytes) / perByte(bareMs, bareTold.bytes);
printTable(
  'one board',
  ['', ''],
  [
    ['bytes of the whole board', grouped(first.snapshotBytes)],
    ['bytes of a change', grouped(bytesPerFrame)],
    ['CPU for each byte, of bare ws', tenths(ratio)],
    ['changes left out for who does not read', grouped(metric('ringside_push_coalesced_total'))],
    ['sent away for not reading', grouped(metric('ringside_push_closed_total{reason="slow"}'))],
    ['texts made', grouped(metric('ringside_push_serialisations_total'))],
    ['frames sent', grouped(metric('ringside_push_frames_total{kind="delta"}'))],
  ],
);
const p99 = (windows: readonly Window[]): number => median(windows.map((one) => one.p99Ms));
printVerdict(
  `one that does not read leaves the others' p99 as it was: ${tenths(p99(withoutDeaf))} and ${tenths(p99(withDeaf))} ms`,
  p99(withDeaf) < p99(withoutDeaf) * 1.25,
);
