import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import type { Incident, IncidentKind } from '../../src/simulator/faults.ts';
import { type PracticeServer, startPracticeServer } from '../../src/simulator/server.ts';
import { dialRaw, type RawClient } from './raw-client.ts';

const open: { servers: PracticeServer[]; sockets: Socket[] } = { servers: [], sockets: [] };

afterEach(async () => {
  for (const socket of open.sockets.splice(0)) socket.destroy();
  await Promise.all(open.servers.splice(0).map((server) => server.close()));
});

/** A client is logged in when, a minute of the exchange later, the incident happens. */
async function loggedIn(
  kind: IncidentKind,
  more: Partial<Incident> = {},
): Promise<RawClient & { port: number }> {
  const atMs = systemClock.nowMs() + 60_000;
  const server = await startPracticeServer({
    user: 'ringside',
    secret: 'right',
    clock: systemClock,
    port: 0,
    seed: 1,
    callsPerHour: 600,
    speed: 60,
    warmUpMs: 0,
    incidents: [{ kind, atMs, lastsMs: 0, amount: 0, ...more }],
  });
  open.servers.push(server);
  const client = dial(server.port);
  client.socket.write('Action: Login\r\nUsername: ringside\r\nSecret: right\r\n\r\n');
  await until(client, 'FullyBooted');
  return { ...client, port: server.port };
}

const dial = (port: number): RawClient => dialRaw(port, open.sockets);
const until = (client: RawClient, wanted: string): Promise<void> =>
  vi.waitFor(() => expect(client.text()).toContain(wanted), { timeout: 15_000, interval: 5 });

const comesBack = (port: number): Promise<void> =>
  vi.waitFor(
    async () => {
      const again = dial(port);
      await Promise.race([once(again.socket, 'close'), once(again.socket, 'data')]);
      expect(again.text()).toContain('Asterisk Call Manager');
    },
    { timeout: 10_000, interval: 20 },
  );

it('is cut, and can be reached again', async () => {
  const client = await loggedIn('cut');
  await once(client.socket, 'close');
  expect(client.text()).toMatch(/\r\n\r\n$/);
  await until(dial(client.port), 'Asterisk Call Manager');
});

it('breaks in the middle of a message', async () => {
  const client = await loggedIn('half-message');
  await once(client.socket, 'close');
  expect(client.text()).toMatch(/Event: \w+\r\n[^]*[^\n]$/);
  expect(client.text()).not.toMatch(/\r\n\r\n$/);
});

it('restarts: says so, cannot be reached while it is down, and comes back without its calls', async () => {
  const client = await loggedIn('restart', { lastsMs: 30_000 });
  await once(client.socket, 'close');
  expect(client.text()).toContain('Event: Shutdown');
  const early = dial(client.port);
  await once(early.socket, 'close');
  expect(early.text()).toBe('');
  await comesBack(client.port);
});

it('crashes without a word: the connection stands, and nothing comes any more', async () => {
  const client = await loggedIn('crash', { lastsMs: 60_000 });
  await vi.waitFor(
    async () => {
      const early = dial(client.port);
      await Promise.race([once(early.socket, 'close'), once(early.socket, 'data')]);
      expect(early.text()).toBe('');
    },
    { timeout: 10_000, interval: 20 },
  );
  const before = client.text();
  client.socket.write('Action: Ping\r\n\r\n');
  await comesBack(client.port);
  expect(client.text()).toBe(before);
  expect(client.socket.destroyed).toBe(false);
});

it('has its clock set', async () => {
  const client = await loggedIn('clock-step', { amount: 86_400_000 });
  const ahead = (): boolean =>
    [...client.text().matchAll(/Timestamp: (\d+)/g)].some(
      ([, stamp]) => Number(stamp) * 1000 > systemClock.nowMs() + 80_000_000,
    );
  await vi.waitFor(() => expect(ahead()).toBe(true), { timeout: 10_000, interval: 20 });
});
