import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import {
  type PracticeServer,
  type PracticeServerSettings,
  startPracticeServer,
} from '../../src/simulator/server.ts';
import { dialRaw, type RawClient } from './raw-client.ts';

const open: { servers: PracticeServer[]; sockets: Socket[] } = { servers: [], sockets: [] };

afterEach(async () => {
  for (const socket of open.sockets.splice(0)) socket.destroy();
  await Promise.all(open.servers.splice(0).map((server) => server.close()));
});

async function start(more: Partial<PracticeServerSettings> = {}): Promise<PracticeServer> {
  const server = await startPracticeServer({
    user: 'ringside',
    secret: 'right',
    clock: systemClock,
    port: 0,
    seed: 1,
    callsPerHour: 600,
    speed: 60,
    warmUpMs: 600_000,
    ...more,
  });
  open.servers.push(server);
  return server;
}

const dial = (port: number): RawClient => dialRaw(port, open.sockets);

const LOGIN = 'Action: Login\r\nUsername: ringside\r\nSecret: right\r\n\r\n';
const until = (client: RawClient, wanted: string): Promise<void> =>
  vi.waitFor(() => expect(client.text()).toContain(wanted), { timeout: 10_000, interval: 5 });

describe('the practice exchange on a socket', () => {
  it('greets, lets in and tells what happens', async () => {
    const { port } = await start();
    const client = dial(port);
    client.socket.write(LOGIN);
    await until(client, 'Event: Newchannel');
    expect(client.text()).toMatch(/^Asterisk Call Manager\/11\.0\.0\r\nResponse: Success\r\n/);
    expect(client.text()).toContain('Event: FullyBooted');
  });

  it('has calls in progress from the start, at whatever hour', async () => {
    for (const hour of [0, 6, 12, 18, 23]) {
      const atMs = Date.UTC(2026, 10, 23, hour);
      const server = await start({
        clock: { nowMs: () => atMs, after: systemClock.after },
        callsPerHour: 300,
      });
      expect(server.pbx.floor.exchange.channels.size).toBeGreaterThan(0);
      expect([...server.pbx.floor.desk.queues.values()].every((queue) => queue.members.length > 0)).toBe(
        true,
      );
    }
  });

  it('runs twice at once, each on a port of its own', async () => {
    const [one, other] = [await start(), await start({ seed: 2 })];
    expect(one.port).not.toBe(other.port);
    const clients = [dial(one.port), dial(other.port)];
    for (const client of clients) client.socket.write(`${LOGIN}Action: Ping\r\n\r\n`);
    for (const client of clients) await until(client, 'Ping: Pong');
  });

  it('rejects a port that is taken', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toThrow('EADDRINUSE');
  });

  it('closes on a wrong secret', async () => {
    const { port } = await start();
    const client = dial(port);
    client.socket.write('Action: Login\r\nUsername: ringside\r\nSecret: wrong\r\n\r\n');
    await once(client.socket, 'close');
    expect(client.text()).toContain('Response: Error\r\nMessage: Authentication failed');
  });

  it('goes on after garbage, half a login and clients that vanish', async () => {
    const { port } = await start();
    const garbage = dial(port);
    garbage.socket.write(Buffer.from([0, 255, 13, 10, 13, 10, 58, 58, 10, 10, 200]));
    await until(garbage, 'Asterisk Call Manager');
    garbage.socket.resetAndDestroy();
    const half = dial(port);
    half.socket.write('Action: Login\r\nUsername: ring');
    await until(half, 'Asterisk Call Manager');
    half.socket.destroy();
    const sound = dial(port);
    sound.socket.write(`${LOGIN}Action: Ping\r\n\r\n`);
    await until(sound, 'Ping: Pong');
    expect(garbage.text()).toBe('Asterisk Call Manager/11.0.0\r\n');
  });

  it('cuts off a client that does not read', async () => {
    const server = await start({ speed: 20_000, maxUnreadBytes: 100_000 });
    const { socket } = dial(server.port);
    socket.pause();
    socket.write(LOGIN);
    await once(socket, 'connect');
    await vi.waitFor(() => expect(server.clients()).toBe(1), { timeout: 10_000, interval: 5 });
    await vi.waitFor(() => expect(server.clients()).toBe(0), { timeout: 20_000, interval: 5 });
  }, 30_000);

  it('frees its port when it is closed, and ends those connected', async () => {
    const server = await start();
    const client = dial(server.port);
    client.socket.write(LOGIN);
    await until(client, 'FullyBooted');
    const closed = once(client.socket, 'close');
    await server.close();
    await closed;
    const again = await start({ port: server.port });
    expect(again.port).toBe(server.port);
  });
});
