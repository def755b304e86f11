import { connect, type Socket } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import AsteriskManager from 'asterisk-manager';
import { type App, startApp } from '../../src/app.ts';
import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import { BenchClock } from './bench-clock.ts';
import type { Looks, Memory, OpenRequest, ReaderRequest, Reading, WatchRequest } from './reader-protocol.ts';

const REPORT_EVERY_MS = 250;
const DELAY_RESOLUTION_MS = 10;
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Whoever reads the stream: it calls `onEnd` at the stream's last byte or event. */
interface Reader {
  app?: App;
  close(): void | Promise<void>;
}

let reader: Reader | undefined;
let ended: Promise<void> | undefined;

async function open(request: OpenRequest): Promise<void> {
  let onEnd = (): void => undefined;
  ended = new Promise((resolve) => (onEnd = resolve));
  if (request.what === 'ringside') reader = await openWatch(request, onEnd);
  else if (request.what === 'raw') reader = await openRaw(request.port, request.bytes, onEnd);
  else reader = await openManager(request.port, onEnd);
}

async function openRaw(port: number, bytes: number, onEnd: () => void): Promise<Reader> {
  let read = 0;
  const socket: Socket = connect({ host: '127.0.0.1', port });
  socket.on('data', (chunk) => {
    read += chunk.length;
    if (read >= bytes) onEnd();
  });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return { close: () => void socket.destroy() };
}

/** Its own reader, and nobody who listens but to the end. */
async function openManager(port: number, onEnd: () => void): Promise<Reader> {
  const manager = new AsteriskManager(undefined, '127.0.0.1', '', '', true);
  manager.on('reload', onEnd);
  const { signal } = new AbortController();
  await new Promise<void>((resolve) =>
    manager.connect({ host: '127.0.0.1', port, signal }, undefined, resolve),
  );
  return { close: () => manager.disconnect() };
}

async function openWatch(request: WatchRequest, onEnd: () => void): Promise<Reader> {
  const { definition, port, startMs, reports } = request;
  const clock = new BenchClock(startMs);
  const [pbx = { name: '' }] = definition.pbxs;
  let onSnapshot = (): void => undefined;
  const snapshot = new Promise<void>((resolve) => (onSnapshot = resolve));
  const onEvent = (_pbx: string, event: PbxEvent): void => {
    clock.moveTo(event.atMs);
    if (event.type === 'reloaded') onEnd();
    else if (event.type === 'snapshot') onSnapshot();
  };
  const link = { pbx: pbx.name, host: '127.0.0.1', port, user: 'ringside', secret: 'long secret' };
  const app = await startApp({
    config: {
      definition,
      connections: [{ ...link, tls: undefined, acting: undefined }],
      http: { host: '127.0.0.1', port: 0 },
      metrics: { perSeat: false },
      log: { level: 'info' },
    },
    version: 'bench',
    clock,
    log: SILENT,
    jitter: () => 0,
    onEvent,
  });
  await snapshot;
  const timer = reports ? setInterval(() => app.report(), REPORT_EVERY_MS) : undefined;
  return {
    app,
    close: async () => {
      clearInterval(timer);
      await app.stop();
    },
  };
}

async function read(): Promise<Reading> {
  const delays = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delays.enable();
  const cpu = process.cpuUsage();
  const fromMs = performance.now();
  await ended;
  const wallMs = performance.now() - fromMs;
  const { user, system } = process.cpuUsage(cpu);
  delays.disable();
  const report = reader?.app?.report();
  const outcomes: Record<string, number> = {};
  for (const hotline of report?.hotlines ?? []) {
    for (const [outcome, count] of Object.entries(hotline.outcomes)) {
      if (count > 0) outcomes[outcome] = (outcomes[outcome] ?? 0) + count;
    }
  }
  const live = (report?.hotlines ?? []).reduce((sum, hotline) => sum + hotline.live.calls, 0);
  return {
    wallMs,
    cpuMs: (user + system) / 1_000,
    delayP99Ms: delayOf(delays.percentile(99)),
    delayMaxMs: delayOf(delays.max),
    outcomes,
    live,
  };
}

/** The interval of the samples is part of what is measured. */
const delayOf = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - DELAY_RESOLUTION_MS);

function memory(): Memory {
  // Twice: what is freed by finalizers of the first goes in the second.
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rssBytes: rss, usedBytes: heapUsed + external };
}

async function look(times: number): Promise<Looks> {
  const app = reader?.app;
  if (app === undefined) throw new Error('nothing is watched');
  const page = async (): Promise<string> => await (await fetch(`${app.url}/metrics`)).text();
  app.report();
  await page();
  const reportFromMs = performance.now();
  for (let index = 0; index < times; index += 1) app.report();
  const pageFromMs = performance.now();
  for (let index = 0; index < times; index += 1) await page();
  return {
    reportMs: (pageFromMs - reportFromMs) / times,
    pageMs: (performance.now() - pageFromMs) / times,
  };
}

async function answer(request: ReaderRequest): Promise<unknown> {
  switch (request.type) {
    case 'open':
      await open(request);
      return reader?.app?.url ?? '';
    case 'read':
      return await read();
    case 'memory':
      return memory();
    case 'look':
      return await look(request.times);
    case 'close':
      await reader?.close();
      reader = undefined;
      return '';
  }
}

process.on('message', (request: ReaderRequest) => {
  void answer(request).then((told) => process.send?.({ told }));
});
process.on('disconnect', () => process.exit(0));
