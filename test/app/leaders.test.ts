import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parse, stringify } from 'yaml';
import { hashPassword, passwordHashLine } from '../../src/access/password-hash.ts';
import { type App, startApp } from '../../src/app.ts';
import { loadConfigText } from '../../src/config/load.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { maskNumber } from '../../src/lib/mask.ts';
import type { Row } from '../../src/push/protocol.ts';
import { type PracticeServer, startPracticeServer } from '../../src/simulator/server.ts';
import { RealClient } from '../push/running-board.ts';
import { MemoryLog } from '../support/memory-log.ts';

/** What leaders ask for, through the whole daemon: signed in, on the practice exchange, with a journal that has keys. */
const PASSWORD = 'a long sentence of mine';
const WAIT = { timeout: 25_000, interval: 20 };
const callers = new Set<string>();
let practice: PracticeServer;
let app: App;
let folder: string;
let boss: RealClient;
/** Sees what is of the emergency line alone. */
let scoped: RealClient;
let bossCookie: string;
let asked = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-leaders-'));
  const keyFile = join(folder, 'numbers.key');
  await writeFile(keyFile, `k1:${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  practice = await startPracticeServer({
    clock: systemClock,
    seed: 11,
    port: 0,
    user: 'ringside',
    secret: randomBytes(8).toString('hex'),
    acting: { user: 'ringside-acting', secret: randomBytes(8).toString('hex') },
    callsPerHour: 1200,
    speed: 30,
    warmUpMs: 0,
    onIntent: (intent) => {
      if (intent.kind === 'inbound' && intent.caller !== '') callers.add(intent.caller);
    },
  });
  const password = passwordHashLine(await hashPassword(PASSWORD));
  const theirs = { hotlines: ['emergency'], queues: ['emergency'] };
  const settings = {
    ...(parse(practice.configText) as object),
    journal: { file: join(folder, 'journal.db'), keyFile },
    moves: { enabled: true },
    floor: { unstaffedS: 5 },
    http: { port: 0 },
    access: {
      users: [
        { name: 'boss', password, role: 'admin' },
        { name: 'li', password, role: 'leader', sees: theirs },
      ],
    },
  };
  const loaded = await loadConfigText(stringify(settings), { file: 'leaders', environment: {}, keeps: true });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  app = await startApp({
    config: loaded.config,
    version: 'test',
    clock: systemClock,
    log: new MemoryLog(),
    jitter: () => 0,
  });
  await vi.waitUntil(() => app.links()[0]?.state === 'ready', WAIT);
  bossCookie = await signIn('boss');
  boss = await come(bossCookie);
  scoped = await come(await signIn('li'));
}, 30_000);

afterAll(async () => {
  boss.socket.close();
  scoped.socket.close();
  await app.stop();
  await practice.close();
  await rm(folder, { recursive: true });
});

async function signIn(name: string): Promise<string> {
  const answer = await fetch(`${app.url}/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: app.url },
    body: JSON.stringify({ name, password: PASSWORD }),
  });
  expect(answer.status).toBe(200);
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function come(cookie: string): Promise<RealClient> {
  const client = new RealClient(`${app.url.replace('http', 'ws')}/live`, { cookie, origin: app.url });
  await client.until(() => client.read.board !== undefined);
  return client;
}

async function say(client: RealClient, frame: object) {
  const id = `ask-${(asked += 1)}`;
  client.say({ ...frame, id });
  const answer = () => client.read.ofType('answer').find((one) => one.id === id);
  await client.until(() => answer() !== undefined);
  const found = answer();
  if (found === undefined) throw new Error('no answer');
  return found;
}

async function get<Body>(path: string): Promise<Body> {
  const answer = await fetch(app.url + path, { headers: { cookie: bossCookie } });
  return (await answer.json()) as Body;
}

interface AuditPage {
  readonly entries: readonly { who: string; what: string; about: string; detail: string }[];
}
const audit = async (what: string) =>
  (await get<AuditPage>('/api/audit')).entries
    .filter((entry) => entry.what === what)
    .map(({ who, about, detail }) => ({ who, about, detail }));

/** The first row that is so, as soon as there is one. */
async function row<Kind extends 'seats' | 'breaches' | 'moves'>(
  client: RealClient,
  kind: Kind,
  isIt: (row: Row<Kind>) => boolean,
): Promise<Row<Kind>> {
  return vi.waitFor(() => {
    const rows = (client.read.board?.[kind] ?? []) as readonly Row<Kind>[];
    const found = rows.find(isIt);
    if (found === undefined) throw new Error('no such row yet');
    return found;
  }, WAIT);
}

const seatOf = (client: RealClient, extension: string) =>
  client.read.board?.seats.find(({ key }) => key === `practice/PJSIP/seat${extension}`);
const over = (client: RealClient, key: string) =>
  row(client, 'moves', (one) => one.key === key && one.endedAtMs !== null);

it('moves a seat: asked, confirmed by the exchange, taken back, each written down', async () => {
  const seat = 'practice/PJSIP/seat202';
  const change = { what: 'add', queue: 'billing', penalty: 1 };
  const answer = await say(boss, { type: 'move', seat, change });
  expect(answer).toMatchObject({ ok: true });
  const key = answer.ok ? answer.result : '';
  expect(await over(boss, key)).toMatchObject({ state: 'done', by: 'boss', canUndo: true });
  await vi.waitFor(
    () => expect(seatOf(boss, '202')).toMatchObject({ penalties: { billing: 1 }, staticIn: ['emergency'] }),
    WAIT,
  );
  // It takes calls of the queue it was put into.
  await row(boss, 'seats', (one) => one.key === seat && one.on === 'billing');
  const refused = await say(boss, { type: 'move', seat, change: { what: 'remove', queue: 'emergency' } });
  expect(await over(boss, refused.ok ? refused.result : '')).toMatchObject({
    state: 'refused',
    steps: [{ said: 'Member not dynamic' }],
  });
  const undone = await say(boss, { type: 'undo', move: key, evenUnstaffed: true });
  expect(await over(boss, undone.ok ? undone.result : '')).toMatchObject({ state: 'done', follows: key });
  await vi.waitFor(() => expect(seatOf(boss, '202')?.queues).toEqual(['emergency']), WAIT);
  const about = 'practice:PJSIP/seat202';
  // What became of a move is written down after it is shown.
  const ends = await vi.waitFor(async () => {
    const entries = await audit('moved a seat');
    expect(entries).toHaveLength(3);
    return entries;
  }, WAIT);
  expect(ends).toEqual(
    [
      'done: add billing penalty 1 (QueueAdd billing confirmed)',
      'refused: remove emergency (QueueRemove emergency refused "Member not dynamic")',
      'done: after move-1: add billing penalty 1 (QueueRemove billing confirmed)',
    ].map((detail) => ({ who: 'boss', about, detail })),
  );
  expect((await audit('asked to move a seat')).map(({ detail }) => detail)).toEqual([
    'add billing penalty 1 (QueueAdd billing)',
    'remove emergency (QueueRemove emergency)',
    'take back: add billing penalty 1 (QueueRemove billing)',
  ]);
});

it('moves nothing that is not theirs', async () => {
  const seat = 'practice/PJSIP/seat101';
  const change = { what: 'pause', queue: '', reason: 'tea' };
  expect(await say(scoped, { type: 'move', seat, change })).toMatchObject({ ok: false, code: 'not-found' });
  const into = { what: 'add', queue: 'billing', penalty: 0 };
  const theirs = 'practice/PJSIP/seat201';
  expect(await say(scoped, { type: 'move', seat: theirs, change: into })).toMatchObject({
    code: 'not-found',
  });
  const paused = await say(scoped, { type: 'move', seat: theirs, change, evenUnstaffed: true });
  expect(await over(scoped, paused.ok ? paused.result : '')).toMatchObject({ state: 'done', by: 'li' });
  await vi.waitFor(() => expect(seatOf(scoped, '201')?.pausedIn).toEqual(['emergency']), WAIT);
});

it('looks at a number, which is that of the caller on the seat, and is written down', async () => {
  const on = await row(boss, 'seats', ({ uniqueid, caller, on: of }) => {
    return uniqueid !== '' && caller !== '' && of !== 'emergency';
  });
  expect(on.direction).toBe('in');
  const { pbx, uniqueid } = on;
  const answer = await say(boss, { type: 'unmask', pbx, uniqueid });
  const number = answer.ok ? answer.result : '';
  expect(callers.has(number)).toBe(true);
  expect(maskNumber(number)).toBe(on.caller);
  expect(await say(scoped, { type: 'unmask', pbx, uniqueid })).toMatchObject({ code: 'not-found' });
  const looks = await audit('looked at a number');
  expect(looks).toEqual([{ who: 'boss', about: `practice:${uniqueid}`, detail: '' }]);
});

it('acknowledges a breach once, and only one of theirs', async () => {
  const change = { what: 'pause', queue: '', reason: 'meeting' };
  for (const extension of ['111', '112']) {
    const seat = `practice/PJSIP/seat${extension}`;
    const paused = await say(boss, { type: 'move', seat, change, evenUnstaffed: true });
    expect(await over(boss, paused.ok ? paused.result : '')).toMatchObject({ state: 'done' });
  }
  const breach = await row(boss, 'breaches', ({ queue }) => queue === 'key-accounts');
  const ask = { type: 'acknowledge', breach: breach.key };
  expect(await say(scoped, ask)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await say(boss, ask)).toMatchObject({ ok: true });
  const shown = await row(
    boss,
    'breaches',
    ({ key, acknowledged }) => key === breach.key && acknowledged !== null,
  );
  expect(shown.acknowledged?.by).toBe('boss');
  expect(await say(boss, ask)).toMatchObject({ ok: false, code: 'already' });
  expect((await audit('acknowledged')).map(({ who }) => who)).toEqual(['boss']);
});

it('closes a call-back with a reason, and only one of theirs', async () => {
  interface CallBacks {
    readonly callBacks: readonly { id: string; hotline: string }[];
  }
  const open = await vi.waitFor(async () => {
    const { callBacks } = await get<CallBacks>('/api/call-backs');
    const found = callBacks.find(({ hotline }) => hotline !== 'emergency');
    if (found === undefined) throw new Error('nobody is owed a call yet');
    return found;
  }, WAIT);
  const ask = { type: 'close-call-back', callBack: open.id, reason: 'reached by mail' };
  expect(await say(scoped, ask)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await say(boss, { ...ask, reason: ' ' })).toMatchObject({ ok: false, code: 'bad-reason' });
  expect(await say(boss, ask)).toMatchObject({ ok: true, result: open.id });
  expect(await say(boss, ask)).toMatchObject({ ok: false });
  const text = JSON.stringify(await get('/api/audit'));
  expect(text).toContain(open.id);
  expect([...callers].filter((number) => text.includes(number))).toEqual([]);
});
