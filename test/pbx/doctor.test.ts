import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openReadingSession } from '../../src/ami/stream.ts';
import { loadConfigText } from '../../src/config/load.ts';
import { runDoctor } from '../../src/doctor/doctor.ts';
import { runInit } from '../../src/doctor/init.ts';
import type { ShellPorts } from '../../src/doctor/shell-ports.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { AmiClient } from './ami-client.ts';
import { play } from './driver.ts';
import { type Pair, placeAll, startPair } from './pair.ts';
import type { Placed } from './pbx-config.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { until } from './until.ts';

/** What the doctor finds on a real exchange whose settings the test decides. */
let pair: Pair;
let answered: Placed;

beforeAll(async () => {
  pair = await startPair(inject('chroot'), placeAll(SCENARIOS.filter(({ key }) => key === 'queue-answered')));
  const [first] = pair.placed;
  if (first === undefined) throw new Error('there is no scenario queue-answered');
  answered = first;
  writeFileSync(join(pair.folder, 'secret'), `${pair.pbxPlace.secret}\n`, { mode: 0o600 });
});

afterAll(async () => await pair.stop());

interface Ran {
  readonly written: string;
  readonly exitCode: number;
}

/** Runs a subcommand, and `during` once it sees the exchange; afterwards Ctrl-C, where it is not over by itself. */
async function run(
  command: (ports: ShellPorts) => Promise<number>,
  during?: () => Promise<void>,
): Promise<Ran> {
  let written = '';
  const ended = new AbortController();
  const running = command({
    clock: systemClock,
    log: new MemoryLog(),
    write: (text) => void (written += text),
    environment: {},
    signal: ended.signal,
  });
  if (during !== undefined) {
    await until(() => /reached/i.test(written));
    await during();
    ended.abort();
  }
  const exitCode = await running;
  return { written, exitCode };
}

function config(user: string): string {
  const { names } = answered;
  const file = join(pair.folder, `${user}.yaml`);
  const { address, amiPort } = pair.pbxPlace;
  writeFileSync(
    file,
    `
company: { zone: Asia/Shanghai }
pbxs:
  - name: asterisk
    ami:
      host: ${address}
      port: ${amiPort}
      user: ${user}
      secretFile: secret
      acting: { user: ringside-acting, secretFile: secret }
    trunks: [{ name: carrier, interface: PJSIP/carrier }]
    queues: [{ name: ${names.queue('main')}, wrapupS: 5 }]
hotlines:
  - name: ${names.key}
    kind: attendant
    numbers: ['${names.number}']
    trunks: [carrier]
    attendantContexts: [${names.fill('ivr-{key}')}]
    queues: [${names.queue('main')}]
    hours: { week: { mon-sun: 24h } }
`,
  );
  return file;
}

const doctor = (user: string, seconds: number) => (ports: ShellPorts) =>
  runDoctor({ config: config(user), seconds }, ports);
const oneCall = () => play(pair, answered, undefined);

test('logins and filter as config/asterisk has them: nothing is wrong, and the call was seen', async () => {
  const { written, exitCode } = await run(doctor('ringside', 600), oneCall);
  const lines = written.split('\n').map((line) => line.trim());
  for (const line of [
    'right    Reached, and logged in as ringside.',
    'right    Asterisk 22 is supported.',
    'right    AMI user ringside may do what it needs, and no more.',
    'right    AMI user ringside-acting may do what it needs, and no more.',
    'right    Events carry the time of the exchange.',
    'right    The event filter is in force: nothing came that is of no use.',
    'right    Queues found: queue-answered.',
    'right    Seats found in these queues: 1.',
    'right    Hotline queue-answered: 1 call came in.',
    'Nothing is wrong.',
  ]) {
    expect(lines).toContain(line);
  }
  // The call may be there before the first picture is.
  expect(written).toMatch(
    / {2}right {4}Hotline queue-answered: 1 call (?:came in|in progress at the start)\.\n/,
  );
  expect(written).not.toMatch(/ {2}(?:wrong|warning) /);
  expect(written).not.toContain(answered.names.caller(0));
  expect(written).not.toContain(pair.pbxPlace.secret);
  expect(exitCode).toBe(0);
});

test('a quiet exchange, watched to the end with its second picture: nothing is wrong', async () => {
  const { written, exitCode } = await run(doctor('ringside', 2));
  expect(written).toContain('Hotline queue-answered: no call yet');
  expect(exitCode).toBe(0);
});

test('a user that may everything and has no filter', async () => {
  const { written, exitCode } = await run(doctor('record', 600), oneCall);
  expect(written).toContain('AMI user record has too many rights: write class "originate".');
  expect(written).toContain('AMI user record has too many rights: write class "command".');
  expect(written).toContain('place calls and run programs (CVE-2024-42365)');
  expect(written).toMatch(/No event filter is in force for AMI user record: \d+ of \d+ events/);
  expect(exitCode).toBe(1);
});

test('a user that may only move seats cannot read', async () => {
  const { written, exitCode } = await run(doctor('ringside-acting', 5));
  expect(written).toContain('The exchange does not say that it is up.');
  expect(exitCode).toBe(1);
});

test('init proposes what the outside world dialled, and the proposal holds', async () => {
  const { address: host, amiPort: port } = pair.pbxPlace;
  const secretFile = join(pair.folder, 'secret');
  const options = { host, port, user: 'record', secretFile, seconds: 600 };
  const { written, exitCode } = await run((ports) => runInit(options, ports), oneCall);
  expect(exitCode).toBe(0);
  const loaded = await loadConfigText(written, { file: join(pair.folder, 'x.yaml'), environment: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  expect(loaded.config.definition.hotlines).toMatchObject([
    {
      kind: 'attendant',
      numbers: [answered.names.number],
      trunks: ['PJSIP/carrier'],
      queues: [answered.names.queue('main')],
      attendantContexts: [answered.names.fill('ivr-{key}')],
    },
  ]);
  expect(loaded.config.definition.pbxs).toMatchObject([
    { trunks: [{ interface: 'PJSIP/carrier' }], seats: [{ interface: answered.names.seat('a') }] },
  ]);
  expect(written).not.toContain(answered.names.caller(0));
});

/** Left out, it stays as it was over a reload: it is switched off in so many words. */
async function stampEvents(from: 'yes' | 'no', to: 'yes' | 'no'): Promise<void> {
  const file = join(pair.folder, 'pbx/etc/manager.conf');
  const text = readFileSync(file, 'utf8').replace(`timestampevents = ${from}`, `timestampevents = ${to}`);
  writeFileSync(file, text);
  const { address: host, amiPort: port, secret } = pair.pbxPlace;
  const leader = await AmiClient.login({ host, port, user: 'record', secret });
  await leader.send({ Action: 'Command', Command: 'manager reload' });
  leader.close();
}

test('events without a Timestamp: wrong, and which line to add', async () => {
  await stampEvents('yes', 'no');
  const { written, exitCode } = await run(doctor('ringside', 600), oneCall);
  expect(written).toContain('  wrong    Events come without a Timestamp.\n');
  expect(written).toContain('-> Add timestampevents = yes to [general] of manager.conf');
  expect(exitCode).toBe(1);
});

test('and a watch stays not ready until they have one again, on the connection it has', async () => {
  const { address: host, amiPort: port, secret } = pair.pbxPlace;
  const wire = { pbx: 'real', host, port, user: 'ringside', secret, tls: undefined, acting: undefined };
  const states: string[] = [];
  const stream = openReadingSession(wire, {
    clock: systemClock,
    log: new MemoryLog(),
    onEvent: () => undefined,
    onStatus: ({ state }) => void states.push(state),
    jitter: Math.random,
  });
  const isIn = (state: string) => (): boolean => stream.status().state === state;
  await until(isIn('ready'));
  await oneCall();
  expect(stream.status()).toMatchObject({
    state: 'waiting-for-timestamps',
    failure: { code: 'no-timestamps' },
  });
  await stampEvents('no', 'yes');
  await oneCall();
  await until(isIn('ready'));
  expect(stream.status().connections).toBe(1);
  expect(states.filter((state) => state === 'waiting-for-timestamps')).toHaveLength(1);
  await stream.stop();
});
