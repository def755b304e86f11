import { subscribe } from 'node:diagnostics_channel';
import { flushCompileCache } from 'node:module';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type App, startApp } from '../../src/app.ts';
import { loadConfigText } from '../../src/config/load.ts';
import { Keeping } from '../../src/keeping.ts';
import { createLogger } from '../../src/lib/logger.ts';
import type { FromWriter, ToWriter } from '../../src/store/wire.ts';
import { StepClock } from '../simulation/step-clock.ts';
import type { Bytes, FromDaemon, ToDaemon, ToldCall } from './messages.ts';

/*
 * The daemon as `npm start` runs it, in a process of its own that may be killed at any instant; only its clock is held
 * by whoever started it.
 */

/** Time goes faster here than a disk turns: it waits for a commit that would take longer than any does. */
const SLOWEST_COMMIT_MS = 300;

interface Running {
  readonly app: App;
  readonly keeping: Keeping;
  readonly clock: StepClock;
}

const sockets = new Set<Socket>();
subscribe('net.client.socket', (message) => {
  const { socket } = message as { socket: Socket };
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
});

let running: Running | undefined;
let told: ToldCall[] = [];
/** Since when a batch is on its way to the file. */
let writingSinceMs: number | undefined;
let onWritten = (): void => undefined;

const post = Worker.prototype.postMessage;
const heard = new WeakSet<Worker>();
Worker.prototype.postMessage = function (this: Worker, message: ToWriter): void {
  if (message.type === 'write') writingSinceMs = running?.clock.nowMs();
  if (!heard.has(this)) {
    heard.add(this);
    this.on('message', ({ type }: FromWriter) => {
      if (type !== 'written' && type !== 'failed') return;
      writingSinceMs = undefined;
      onWritten();
    });
  }
  post.call(this, message);
};

const say = (message: FromDaemon): void => void process.send?.(message);

async function start({ configText, nowMs }: ToDaemon & { type: 'start' }): Promise<void> {
  const clock = new StepClock(nowMs);
  const environment = { RINGSIDE_HTTP__PORT: '0' };
  const loaded = await loadConfigText(configText, { file: 'practice.yaml', environment });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  let keeping: Keeping | undefined;
  const open = Keeping.open.bind(Keeping);
  Keeping.open = async (options) => {
    keeping = await open(options);
    listen(keeping);
    return keeping;
  };
  const { config } = loaded;
  const log = createLogger('silent');
  const app = await startApp({ config, version: 'killed', clock, log, jitter: () => 1 });
  if (!keeping) throw new Error('it keeps no journal');
  running = { app, keeping, clock };
  say({ type: 'started', url: app.url, openCalls: keeping.restored.openCalls.length });
}

/** Every fact on its way into the journal. */
function listen({ journal }: Keeping): void {
  let facts = 0;
  const append = journal.append.bind(journal);
  journal.append = (fact, source) => {
    facts += 1;
    if (fact.type === 'call-opened') told.push({ place: facts, uniqueid: fact.uniqueid, outcome: undefined });
    if (fact.type === 'call-closed')
      told.push({ place: facts, uniqueid: fact.record.uniqueid, outcome: fact.record.outcome });
    append(fact, source);
  };
}

async function goOn(
  { app, keeping, clock }: Running,
  { nowMs, written }: ToDaemon & { type: 'go' },
): Promise<void> {
  while (clock.nowMs() < nowMs) clock.step(nowMs);
  while ([...sockets].some((socket) => isReading(socket, written))) await setImmediate();
  if (nowMs - (writingSinceMs ?? Infinity) > SLOWEST_COMMIT_MS)
    await new Promise<void>((resolve) => (onWritten = resolve));
  const { committedFacts, lastCommitAtMs } = keeping.status();
  say({
    type: 'gone',
    wrote: Object.fromEntries(
      Array.from(sockets, ({ localPort, bytesWritten }) => [localPort, bytesWritten]),
    ),
    link: app.links()[0]?.state,
    told,
    committed: committedFacts,
    commitAtMs: lastCommitAtMs,
  });
  told = [];
}

function isReading(socket: Socket, written: Bytes): boolean {
  if (socket.connecting) return true;
  const bytes = written[String(socket.localPort)];
  return bytes !== undefined && !socket.destroyed && socket.bytesRead < bytes;
}

process.on('message', (message: ToDaemon) => {
  const task = message.type === 'start' ? start(message) : running && goOn(running, message);
  task?.catch((cause: unknown) => say({ type: 'failed', words: String(cause) }));
});
process.on('disconnect', () => process.exit(1));
process.on('SIGTERM', () => {
  void Promise.resolve(running?.app.stop()).then(() => process.exit(0));
});
// Who is killed leaves no cache behind.
flushCompileCache();
say({ type: 'loaded' });
