import { afterEach, expect, it, vi } from 'vitest';
import { ActingSessions } from '../../src/moves/acting.ts';
import type { PlannedStep } from '../../src/moves/planned-step.ts';
import { AmiServer } from '../support/ami-server.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { block } from '../support/scripted-exchange.ts';
import { connection } from '../support/session-driver.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { PBX, SEAT, somePost } from './fake-exchange.ts';

const acting = { user: 'mover', secret: 'other secret' };
const ADD: PlannedStep = { action: 'QueueAdd', post: somePost('billing', { penalty: 3 }) };
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** An exchange that answers actions with `message`, and the sessions to it. */
async function opened(message = 'Added interface to queue', response = 'Success') {
  const server = await new AmiServer({
    user: acting.user,
    secret: acting.secret,
    uptimeS: undefined,
  }).listen();
  cleanups.push(() => server.close());
  server.script.commands = {
    QueueAdd: 'Add.  (Priv: agent,all)',
    QueueRemove: 'Remove.  (Priv: agent,all)',
    QueuePause: 'Pause.  (Priv: agent,all)',
    QueuePenalty: 'Penalty.  (Priv: agent,all)',
  };
  for (const name of ['QueueAdd', 'QueuePause'])
    server.script.instead.set(name, (ActionID) => block({ Response: response, ActionID, Message: message }));
  const clock = new VirtualClock();
  const log = new MemoryLog();
  const sessions = new ActingSessions({ clock, log, jitter: () => 1 });
  await sessions.redefine([
    connection({ pbx: PBX, port: server.port, acting }),
    connection({ pbx: 'south' }),
  ]);
  cleanups.push(() => sessions.stop());
  const names = () => server.exchanges.map(({ actions }) => actions.map(({ name }) => name));
  return { server, clock, log, sessions, names };
}

it('opens a session when it is needed, and says what is to be done in so many headers', async () => {
  const { server, sessions, names, log } = await opened();
  expect(names()).toEqual([]);
  expect(await sessions.ready(PBX)).toBe(true);
  expect(await sessions.act(PBX, ADD)).toEqual({ state: 'accepted' });
  expect(names()).toEqual([['login', 'ListCommands', 'QueueAdd']]);
  const { actionid: _id, ...headers } = Object.fromEntries(server.exchanges[0]?.actions[2]?.headers ?? []);
  expect(headers).toEqual({
    action: 'QueueAdd',
    queue: 'billing',
    interface: SEAT,
    penalty: '3',
    paused: 'false',
    membername: 'Ann',
    stateinterface: SEAT,
  });
  expect(log.lines).toEqual([]);
});

it('knows no exchange without a login that acts', async () => {
  const { sessions } = await opened();
  for (const pbx of ['south', 'nowhere']) {
    expect(await sessions.ready(pbx)).toBe(false);
    expect(await sessions.act(pbx, ADD)).toEqual({
      state: 'refused',
      said: 'not connected: nothing was asked',
    });
  }
});

it('tells what Asterisk said against it, short and printable, no number in it', async () => {
  const { sessions } = await opened('No such queue\t13800130001', 'Error');
  await sessions.ready(PBX);
  expect(await sessions.act(PBX, ADD)).toEqual({ state: 'refused', said: 'No such queue 138****0001' });
});

it('sends no value that would end its own line', async () => {
  const { sessions, names } = await opened();
  await sessions.ready(PBX);
  for (const reason of ['tea\r\nAction: Originate', 'a\nb', 'a\0b', 'x'.repeat(1000)]) {
    const step = { action: 'QueuePause', queue: '', interface: SEAT, paused: true, reason } as const;
    expect(await sessions.act(PBX, step)).toMatchObject({ state: 'refused' });
  }
  expect(names()).toEqual([['login', 'ListCommands']]);
});

it('cut while an answer is awaited: nobody knows whether it was done, and the next session is a fresh one', async () => {
  const { server, sessions, names } = await opened();
  server.script.instead.set('QueueAdd', () => '');
  await sessions.ready(PBX);
  const asked = sessions.act(PBX, ADD);
  await vi.waitFor(() => expect(names()[0]).toContain('QueueAdd'));
  server.cut();
  expect(await asked).toEqual({ state: 'unanswered' });
  expect(await sessions.act(PBX, ADD)).toMatchObject({ state: 'refused' });
  expect(await sessions.ready(PBX)).toBe(true);
  expect(names()).toEqual([
    ['login', 'ListCommands', 'QueueAdd'],
    ['login', 'ListCommands'],
  ]);
});

it('is kept with a Ping, and left where that is not answered', async () => {
  const { server, clock, sessions, names } = await opened();
  await sessions.ready(PBX);
  clock.advance(30_000);
  await vi.waitFor(() => expect(names()[0]).toEqual(['login', 'ListCommands', 'Ping']));
  await vi.waitFor(() => expect(clock.pending).toBe(1));
  server.script.instead.set('Ping', () => '');
  clock.advance(30_000);
  await vi.waitFor(() => expect(names()[0]).toHaveLength(4));
  clock.advance(10_000);
  await vi.waitFor(async () => expect(await sessions.act(PBX, ADD)).toMatchObject({ state: 'refused' }));
});

it('is not tried again at once where it was refused, and says why in one line', async () => {
  const { server, clock, log, sessions, names } = await opened();
  server.script.secret = 'changed';
  expect(await sessions.ready(PBX)).toBe(false);
  expect(await sessions.ready(PBX)).toBe(false);
  expect(names()).toHaveLength(1);
  expect(log.lines).toHaveLength(1);
  expect(JSON.stringify(log.lines)).not.toContain(acting.secret);
  server.script.secret = acting.secret;
  clock.advance(1000);
  expect(await sessions.ready(PBX)).toBe(true);
});

it('warns of rights that are too wide or too narrow', async () => {
  const { server, log, sessions } = await opened();
  server.script.commands = {
    QueueAdd: 'Add.  (Priv: agent,all)',
    Originate: 'Originate a call.  (Priv: originate,all)',
  };
  await sessions.ready(PBX);
  expect(JSON.stringify(log.lines)).toContain('may not do QueuePause, QueueRemove, QueuePenalty');
  expect(JSON.stringify(log.lines)).toContain('originate');
});
