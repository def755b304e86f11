import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import { type App, startApp } from '../../src/app.ts';
import type { CompiledConfig } from '../../src/config/compile.ts';
import { loadConfigText } from '../../src/config/load.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { MoveChange } from '../../src/moves/move.ts';
import type { Row } from '../../src/push/protocol.ts';
import { RealClient } from '../push/running-board.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { type AmiBlock, AmiClient } from './ami-client.ts';
import { placeCall } from './driver.ts';
import { type Pair, placeAll, startPair } from './pair.ts';
import type { Placed } from './pbx-config.ts';
import { answers, stays, talks } from './phone-steps.ts';
import { Proxy } from './proxy.ts';
import type { Scenario } from './scenario.ts';
import { until } from './until.ts';
import { configText, PBX_NAME } from './watch-config.ts';

/** Seats are moved from the board on a real exchange: what is shown is what the exchange has, in its own list. */
const MOVES: Scenario = {
  key: 'moves',
  title: 'a leader moves seats while callers wait',
  kind: 'people',
  queues: { main: { members: [] }, other: { members: ['fixed'] } },
  seats: { a: [answers(1, stays)], b: [answers(1, stays)], fixed: [answers(1, stays)] },
  dialplan: 'exten => {number},1,Queue({q:main},tT,,,120)\n same => n,Hangup()',
  callers: [{ script: talks(2) }],
  truth: [],
};

let pair: Pair;
let placed: Placed;
let proxy: Proxy;
let app: App;
let config: CompiledConfig;
let leader: RealClient;
/** Sees and may do all, on the exchange itself. */
let operator: AmiClient;
let onEvent: (event: PbxEvent) => void = () => undefined;
const folder = mkdtempSync(join(tmpdir(), 'ringside-moves-'));
let asked = 0;

beforeAll(async () => {
  pair = await startPair(inject('chroot'), placeAll([MOVES]));
  const [only] = pair.placed;
  if (only === undefined) throw new Error('there is no scenario');
  placed = only;
  proxy = await Proxy.open({ host: pair.pbxPlace.address, port: pair.pbxPlace.amiPort });
  config = await configWith();
  app = await startApp({
    config,
    version: '0.0.0',
    clock: systemClock,
    log: new MemoryLog(),
    jitter: () => 0,
    onEvent: (_pbx, event) => onEvent(event),
  });
  await ready();
  leader = await come();
  const { address: host, amiPort: port, secret } = pair.pbxPlace;
  operator = await AmiClient.login({ host, port, user: 'record', secret });
});

afterAll(async () => {
  leader.socket.close();
  operator.close();
  await app.stop();
  await proxy.close();
  await pair.stop();
  rmSync(folder, { recursive: true });
});

async function configWith(): Promise<CompiledConfig> {
  const { secret } = pair.pbxPlace;
  const text = configText(pair.placed, { address: '127.0.0.1', amiPort: proxy.port, secret });
  const settings = parse(text) as { pbxs: { ami: object }[] };
  for (const { ami } of settings.pbxs) Object.assign(ami, { acting: { user: 'ringside-acting', secret } });
  Object.assign(settings, {
    journal: { file: join(folder, `journal-${randomBytes(4).toString('hex')}.db`) },
    moves: { enabled: true, timeoutS: 3 },
    access: { local: 'leader' },
  });
  const loaded = await loadConfigText(stringify(settings), { file: 'moves.yaml', environment: {} });
  if (!loaded.ok)
    throw new Error(loaded.mistakes.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  return loaded.config;
}

const ready = (): Promise<void> => until(() => app.links().every(({ state }) => state === 'ready'));

async function come(): Promise<RealClient> {
  const client = new RealClient(`${app.url.replace('http', 'ws')}/live`, {});
  await client.until(() => client.read.board !== undefined);
  return client;
}

const seatKey = (name: string): string => `${PBX_NAME}/${placed.names.seat(name)}`;
const queue = (name: string): string => placed.names.queue(name);

type Answer = ReturnType<RealClient['read']['ofType']>[number] & { type: 'answer' };

async function say(frame: object, client = leader): Promise<Answer> {
  const id = `ask-${(asked += 1)}`;
  client.say({ ...frame, id });
  const answer = () => client.read.ofType('answer').find((one) => one.id === id);
  await client.until(() => answer() !== undefined);
  return answer() as Answer;
}

/** The move's row once it is over. */
async function over(answer: Answer): Promise<Row<'moves'>> {
  if (!answer.ok) throw new Error(`${answer.code}: ${answer.detail}`);
  const row = () => leader.read.board?.moves.find(({ key }) => key === answer.result);
  await leader.until(() => (row()?.endedAtMs ?? null) !== null);
  const found = row();
  if (found === undefined) throw new Error('its row is gone');
  return found;
}

const move = (name: string, change: MoveChange, more: object = {}) =>
  say({ type: 'move', seat: seatKey(name), change, ...more });
const moved = async (name: string, change: MoveChange, more: object = {}) =>
  over(await move(name, change, { evenUnstaffed: true, ...more }));
const follow = async (type: 'undo' | 'finish', { key }: Row<'moves'>) =>
  over(await say({ type, move: key, evenUnstaffed: true }));

const shown = ({ state, steps }: Row<'moves'>) => [
  state,
  ...steps.map((step) => `${step.action} ${step.state}${step.said === '' ? '' : ` ${step.said}`}`),
];

/** What the exchange itself lists of a seat, by queue. */
async function listed(name: string): Promise<readonly string[]> {
  const { lines } = await operator.send({ Action: 'QueueStatus' });
  const isTheirs = (line: AmiBlock) =>
    line['event'] === 'QueueMember' && line['stateinterface'] === placed.names.seat(name);
  return lines
    .filter(isTheirs)
    .map((line) =>
      ['queue', 'location', 'name', 'penalty', 'paused', 'pausedreason']
        .map((key) => line[key])
        .join(' ')
        .trim(),
    )
    .toSorted();
}

test('a seat is added, and the caller who waits goes to it', async () => {
  const id = await placeCall(pair, placed, { script: talks(2) }, 0);
  await leader.until(
    () => leader.read.board?.queues.find((row) => row.queue === queue('main'))?.waiting === 1,
  );
  const added = await moved('a', { what: 'add', queue: queue('main'), penalty: 2 });
  expect(shown(added)).toEqual(['done', 'QueueAdd confirmed']);
  expect(added).toMatchObject({ by: 'local', agent: placed.names.agent('a'), canUndo: true });
  const seat = placed.names.seat('a');
  expect(await listed('a')).toEqual([`${queue('main')} ${seat} ${placed.names.agent('a')} 2 0`]);
  await pair.timeline.reached('moves', 'a.up');
  await leader.until(
    () => leader.read.board?.seats.find(({ key }) => key === seatKey('a'))?.state === 'talking',
  );
  expect(id).not.toBe('');
  await pair.timeline.quiet('moves');
});

test('penalty, pause with a reason, another reason, unpause: each as the exchange has it', async () => {
  const row = () => leader.read.board?.seats.find(({ key }) => key === seatKey('a'));
  const line = `${queue('main')} ${placed.names.seat('a')} ${placed.names.agent('a')}`;
  expect(shown(await moved('a', { what: 'penalty', queue: queue('main'), penalty: 5 }))).toEqual([
    'done',
    'QueuePenalty confirmed',
  ]);
  expect(row()?.penalties).toEqual({ [queue('main')]: 5 });
  const paused = await moved('a', { what: 'pause', queue: '', reason: '喝茶 tea' });
  expect(shown(paused)).toEqual(['done', 'QueuePause confirmed']);
  await leader.until(() => row()?.pausedIn.length === 1);
  expect(row()?.pausedReason).toBe('喝茶 tea');
  const other = await moved('a', { what: 'pause', queue: queue('main'), reason: 'meal' });
  expect(await listed('a')).toEqual([`${line} 5 1 meal`]);
  expect(shown(await follow('undo', other))).toEqual(['done', 'QueuePause confirmed']);
  await leader.until(() => row()?.pausedReason === '喝茶 tea');
  await moved('a', { what: 'unpause', queue: '' });
  expect(await listed('a')).toEqual([`${line} 5 0`]);
});

test('a static member is refused in the words of Asterisk, and known for one', async () => {
  const row = () => leader.read.board?.seats.find(({ key }) => key === seatKey('fixed'));
  expect(row()?.staticIn).toEqual([queue('other')]);
  const refused = await moved('fixed', { what: 'remove', queue: queue('other') });
  expect(shown(refused)).toEqual(['refused', 'QueueRemove refused Member not dynamic']);
  const kept = await moved('fixed', {
    what: 'transfer',
    from: queue('other'),
    to: queue('main'),
    penalty: 0,
  });
  expect(shown(kept)).toEqual(['refused', 'QueueRemove refused Member not dynamic', 'QueueAdd waiting']);
  expect(await listed('fixed')).toHaveLength(1);
});

test('undo restores member name, state interface, penalty, pause and reason', async () => {
  const { names } = placed;
  await operator.send({
    Action: 'QueueAdd',
    Queue: queue('main'),
    Interface: `Local/${names.extension('b')}@member/n`,
    StateInterface: names.seat('b'),
    MemberName: 'Bea, night shift',
    Penalty: '3',
    Paused: 'true',
    Reason: 'tea',
  });
  await leader.until(
    () => leader.read.board?.seats.find(({ key }) => key === seatKey('b'))?.queues.length === 1,
  );
  const before = await listed('b');
  expect(before).toEqual([
    `${queue('main')} Local/${names.extension('b')}@member/n Bea, night shift 3 1 tea`,
  ]);
  const transferred = await moved('b', {
    what: 'transfer',
    from: queue('main'),
    to: queue('other'),
    penalty: 1,
  });
  expect(shown(transferred)).toEqual(['done', 'QueueAdd confirmed', 'QueueRemove confirmed']);
  expect(await listed('b')).toEqual([
    `${queue('other')} Local/${names.extension('b')}@member/n Bea, night shift 1 1 tea`,
  ]);
  expect(shown(await follow('undo', transferred))).toEqual([
    'done',
    'QueueAdd confirmed',
    'QueueRemove confirmed',
  ]);
  expect(await listed('b')).toEqual(before);
  await moved('b', { what: 'remove', queue: queue('main') });
  expect(await listed('b')).toEqual([]);
});

test('it is asked before the last one leaves an open queue', async () => {
  const change = { what: 'remove', queue: queue('main') } as const;
  expect(await move('a', change)).toMatchObject({ ok: false, code: 'would-unstaff' });
  expect(await move('a', { what: 'add', queue: queue('main'), penalty: 0 })).toMatchObject({
    code: 'already',
  });
});

test('cut off in the middle of a move, it is half done, and is finished', async () => {
  onEvent = (event) => {
    if (event.type === 'member-added') proxy.cut();
  };
  const half = await moved('a', { what: 'transfer', from: queue('main'), to: queue('other'), penalty: 4 });
  onEvent = () => undefined;
  expect(half.state).toBe('half-done');
  expect(half.steps[0]?.state).toBe('confirmed');
  expect(await listed('a')).toHaveLength(2);
  expect(await move('a', { what: 'unpause', queue: '' })).toMatchObject({ ok: false });
  proxy.restore();
  await ready();
  expect(shown(await follow('finish', half))).toEqual(['done', 'QueueRemove confirmed']);
  expect(await listed('a')).toEqual([
    `${queue('other')} ${placed.names.seat('a')} ${placed.names.agent('a')} 4 0`,
  ]);
});

test('whoever may only look moves nothing', async () => {
  await app.reload({ ...config, access: { ...config.access, local: 'viewer' } });
  const viewer = await come();
  expect(viewer.read.ofType('hello')[0]?.may.move).toBe(false);
  const change = { what: 'pause', queue: '', reason: 'tea' };
  const answer = await say({ type: 'move', seat: seatKey('a'), change }, viewer);
  expect(answer).toMatchObject({ ok: false, code: 'not-allowed' });
  viewer.socket.close();
});
