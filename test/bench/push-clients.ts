import { WebSocket } from 'ws';
import { answering, processorMs } from './push-child.ts';
import { Marks } from './push-mark.ts';

/** Tenths of a ms, up to ten seconds. */
const BUCKETS = 100_000;
const DELTA = Buffer.from('{"type":"delta"');
const SNAPSHOT = Buffer.from('{"type":"snapshot"');
const ASKS = 100;

const sockets: WebSocket[] = [];
let ages = new Uint32Array(BUCKETS);
let frames = 0;
let bytes = 0;
let snapshotBytes = 0;
let snapshots = 0;
let deltaBytes = 0;
const marks = new Marks();

const note = (ageMs: number): void => {
  const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.floor(ageMs * 10)));
  ages[bucket] = (ages[bucket] ?? 0) + 1;
};

function hear(frame: Buffer): void {
  bytes += frame.length;
  if (frame.subarray(0, DELTA.length).equals(DELTA)) {
    frames += 1;
    marks.read(frame, note);
    deltaBytes += frame.length;
  } else if (frame.subarray(0, SNAPSHOT.length).equals(SNAPSHOT)) {
    snapshots += 1;
    snapshotBytes = frame.length;
  }
}

async function open({ url, clients }: { url: string; clients: number }): Promise<void> {
  for (let count = 0; count < clients; count += 1) {
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 0 });
    sockets.push(socket);
    socket.on('message', hear);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  }
}

/** One that asks for a lot and reads nothing of it. */
async function openDeaf({ url }: { url: string }): Promise<void> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.pause();
  for (let count = 0; count < ASKS; count += 1) socket.send('{"type":"resync"}');
  sockets.push(socket);
}

function begin(): void {
  ages = new Uint32Array(BUCKETS);
  frames = 0;
  bytes = 0;
  deltaBytes = 0;
  snapshots = 0;
}

function quantileMs(share: number): number {
  const total = ages.reduce((sum, count) => sum + count, 0);
  let upTo = 0;
  for (const [bucket, count] of ages.entries()) {
    upTo += count;
    if (upTo >= total * share) return (bucket + 1) / 10;
  }
  return Number.NaN;
}

answering({
  open,
  openDeaf,
  begin,
  processorMs,
  told: () => ({
    frames,
    bytes,
    deltaBytes,
    snapshots,
    snapshotBytes,
    marks: ages.reduce((sum, count) => sum + count, 0),
    p50Ms: quantileMs(0.5),
    p99Ms: quantileMs(0.99),
  }),
  close: () => {
    for (const socket of sockets.splice(0)) socket.terminate();
  },
});
