import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Headers } from '../support/scripted-exchange.ts';
import { FarEnd } from './far-end.ts';
import { ReaderProcess } from './reader-process.ts';
import { siteOf } from './site.ts';
import { START_MS } from './speed.ts';
import { readStory } from './story.ts';
import { grouped, median, printTable, printVerdict } from './table.ts';
import { NODE_WORDS } from '../support/node-words.ts';

const ROUNDS = 5;
const ENTRY = join(import.meta.dirname, '../../src/ringside.js');
const MOST_READY_MS = 1_500;
const ASK_EVERY_MS = 5;
const CHANNELS = 5_000;
const MEMBERS = 2_000;
const MOST_RESYNC_MS = 2_000;

/** From the start of the process until /readyz says so, against an exchange on loopback. */
export async function readyAfterStart(): Promise<void> {
  const farEnd = new FarEnd(true, undefined);
  const port = await farEnd.listen();
  const folder = mkdtempSync(join(tmpdir(), 'ringside-bench-'));
  const file = join(folder, 'ringside.yaml');
  writeFileSync(file, configText(port));
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) took.push(await startOnce(file));
  rmSync(folder, { recursive: true });
  await farEnd.close();
  const ms = median(took);
  printTable(
    'ready after start, ms',
    ['', 'median of 5', 'longest'],
    [['process start to /readyz 200', grouped(ms), grouped(Math.max(...took))]],
  );
  printVerdict('ready within 1.5 s', ms <= MOST_READY_MS);
}

const configText = (port: number): string => `
company: { zone: Asia/Shanghai }
http: { port: 0 }
pbxs:
  - name: hq
    ami: { host: 127.0.0.1, port: ${port}, user: ringside, secretEnv: RINGSIDE_BENCH_SECRET }
    trunks: [{ name: carrier, interface: PJSIP/carrier }]
hotlines:
  - { name: gas, kind: people, numbers: ["4001"], hours: { week: { mon-sun: "08:00-20:00" } } }
`;

async function startOnce(file: string): Promise<number> {
  const fromMs = performance.now();
  const child = spawn(process.execPath, [...NODE_WORDS, ENTRY, '--config', file], {
    env: { ...process.env, RINGSIDE_BENCH_SECRET: 'long secret' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  let out = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  const url = (): string | undefined => /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0];
  while (!(await isReady(url()))) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}`);
    await sleep(ASK_EVERY_MS);
  }
  const tookMs = performance.now() - fromMs;
  child.kill('SIGTERM');
  await exited;
  return tookMs;
}

const isReady = async (url: string | undefined): Promise<boolean> =>
  url !== undefined && (await fetch(`${url}/readyz`)).status === 200;

/** From the loss of a connection to the whole picture taken in again. */
export async function resync(): Promise<void> {
  const members = Array.from({ length: MEMBERS }, (_, seat) =>
    readStory('queue-answered.ami', seat, 'phones'),
  );
  const site = siteOf(members);
  const farEnd = new FarEnd(true, START_MS, { queues: site.queueLines, channels: channelLines() });
  const port = await farEnd.listen();
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const reader = new ReaderProcess();
    const { definition } = site;
    await reader.open({
      type: 'open',
      what: 'ringside',
      port,
      definition,
      startMs: START_MS,
      reports: false,
    });
    farEnd.cut();
    took.push(await reader.resync());
    await reader.close();
    await reader.end();
  }
  await farEnd.close();
  const ms = median(took);
  printTable(
    `resynchronised with ${grouped(CHANNELS)} channels and ${grouped(MEMBERS)} members, ms`,
    ['', 'median of 5', 'longest'],
    [['connection lost to picture taken in', grouped(ms), grouped(Math.max(...took))]],
  );
  printVerdict('resynchronised within 2 s', ms <= MOST_RESYNC_MS);
}

/** Callers on the trunk, every second of them in a talk with a seat. */
function channelLines(): Headers[] {
  return Array.from({ length: CHANNELS }, (_, index) => {
    const talk = index >> 1;
    const isSeat = index % 2 === 1;
    const suffix = index.toString(16).padStart(8, '0');
    return {
      Event: 'CoreShowChannel',
      Channel: isSeat
        ? `PJSIP/seat1101${String(talk % MEMBERS).padStart(4, '0')}-${suffix}`
        : `PJSIP/carrier-${suffix}`,
      ChannelState: '6',
      ChannelStateDesc: 'Up',
      CallerIDNum: '13900001000',
      Context: isSeat ? 'from-internal' : 'ivr-queue-answered',
      Exten: '1',
      Uniqueid: `${Math.floor(START_MS / 1_000) - 60}.${index}`,
      Linkedid: `${Math.floor(START_MS / 1_000) - 60}.${talk * 2}`,
      Application: isSeat ? 'AppQueue' : 'Queue',
      ApplicationData: 'queue-answered,tT,,,15',
      Duration: '00:01:00',
      BridgeId: `bridge-${talk}`,
      DNID: isSeat ? '' : '4008880010',
    };
  });
}
