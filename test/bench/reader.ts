import { connect, type Socket } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import AsteriskManager from 'asterisk-manager';
import { type App, startApp } from '../../src/app.ts';
import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import { NOTHING_KEPT } from '../support/nothing-kept.ts';
import { BenchClock } from './bench-clock.ts';
import { doBeside } from './journal-beside.ts';
import type { ReportMaking } from './journal-report.ts';
import type { Looks, Memory, OpenRequest, ReaderRequest, Reading, WatchRequest } from './reader-protocol.ts';

const REPORT_EVERY_MS = 250;
const DELAY_RESOLUTION_MS = 10;
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Whoever reads the stream. */
interface Reader {
  app?: App;
  close(): void | Promise<void>;
}

let reader: Reader | undefined;
/** Called at the end of each stream; several may come over one connection. */
let onEnd = (): void => undefined;
/** Called where the connection is lost, which in the middle of a stream is the end of the measure. */
let onLost = (): void => undefined;
/** Ms from the loss of the connection to the next picture. */
let resynced: Promise<number> | undefined;

async function open(request: OpenRequest): Promise<void> {
  if (request.what === 'ringside') reader = await openWatch(request);
  else if (request.what === 'raw') reader = await openRaw(request.port, request.bytes);
  else reader = await openManager(request.port);
}

async function openRaw(port: number, bytes: number): Promise<Reader> {
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
async function openManager(port: number): Promise<Reader> {
  const manager = new AsteriskManager(undefined, '127.0.0.1', '', '', true);
  manager.on('reload', () => onEnd());
  const { signal } = new AbortController();
  await new Promise<void>((resolve) =>
    manager.connect({ host: '127.0.0.1', port, signal }, undefined, resolve),
  );
  return { close: () => manager.disconnect() };
}

async function openWatch(request: WatchRequest): Promise<Reader> {
  const { definition, port, startMs, reports, journal } = request;
  const clock = new BenchClock(startMs);
  const [pbx = { name: '' }] = definition.pbxs;
  let onSnapshot = (): void => undefined;
  const snapshot = new Promise<void>((resolve) => (onSnapshot = resolve));
  let onResynced = (_ms: number): void => undefined;
  resynced = new Promise((resolve) => (onResynced = resolve));
  let lostAtMs = Number.NaN;
  const onEvent = (_pbx: string, event: PbxEvent): void => {
    if (event.type !== 'link-lost' && event.type !== 'snapshot') clock.read(event.atMs);
    if (event.type === 'reloaded') onEnd();
    else if (event.type === 'link-lost') {
      lostAtMs = performance.now();
      onLost();
    } else if (event.type === 'snapshot') {
      onSnapshot();
      if (!Number.isNaN(lostAtMs)) onResynced(performance.now() - lostAtMs);
    }
  };
  const link = { pbx: pbx.name, host: '127.0.0.1', port, user: 'ringside', secret: 'long secret' };
  const app = await startApp({
    config: {
      definition,
      connections: [{ ...link, tls: undefined, acting: undefined }],
      ...NOTHING_KEPT,
      ...(journal && { journal: { ...NOTHING_KEPT.journal, ...journal } }),
      http: { host: '127.0.0.1', port: 0 },
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

async function read(beside: ReportMaking | undefined): Promise<Reading> {
  const delays = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delays.enable();
  const cpu = process.cpuUsage();
  const fromMs = performance.now();
  const stopBeside = beside && doBeside(beside);
  await new Promise<void>((resolve, reject) => {
    onEnd = resolve;
    onLost = () => reject(new Error(`the exchange was lost in the middle of the stream: ${whyLost()}`));
  });
  onLost = () => undefined;
  const wallMs = performance.now() - fromMs;
  const { user, system } = process.cpuUsage(cpu);
  delays.disable();
  const besideMs = (await stopBeside?.()) ?? null;
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
    besideMs,
  };
}

const whyLost = (): string => reader?.app?.links()[0]?.failure?.message ?? 'nobody knows why';

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
      return await read(request.beside);
    case 'resync':
      return await resynced;
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
