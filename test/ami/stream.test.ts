import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LinkStatus, PbxConnection } from '../../src/ami/connection.ts';
import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import { openReadingSession, type ReadingStream } from '../../src/ami/stream.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { AmiServer } from '../support/ami-server.ts';
import { selfSigned } from '../support/certificate.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { event } from '../support/scripted-exchange.ts';
import { connection } from '../support/session-driver.ts';

interface Watch {
  readonly stream: ReadingStream;
  readonly events: PbxEvent[];
  readonly statuses: LinkStatus[];
  readonly log: MemoryLog;
}

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function serve(...of: ConstructorParameters<typeof AmiServer>): Promise<AmiServer> {
  const server = await new AmiServer(...of).listen();
  cleanups.push(() => server.close());
  return server;
}

function watch(to: Partial<PbxConnection>): Watch {
  const events: PbxEvent[] = [];
  const statuses: LinkStatus[] = [];
  const log = new MemoryLog();
  const stream = openReadingSession(connection(to), {
    clock: systemClock,
    log,
    onEvent: (one) => events.push(one),
    onStatus: (status) => statuses.push(status),
    jitter: () => 0,
  });
  cleanups.push(() => stream.stop());
  return { stream, events, statuses, log };
}

const until = (isSo: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(isSo()).toBe(true), { timeout: 8_000, interval: 5 });

describe('openReadingSession', () => {
  it('reads a backlog in turns, between which the others come in', async () => {
    const server = await serve();
    const { stream, events } = watch({ port: server.port });
    await until(() => stream.status().state === 'ready');
    const said = event('Hangup', Date.now(), { Uniqueid: '1.1', Filler: 'x'.repeat(1_000) }).repeat(8_000);
    const before = stream.stats().bytes;
    let most = 0;
    let seen = before;
    server.say(said);
    while (seen < before + said.length) {
      await new Promise((resolve) => setImmediate(resolve));
      const { bytes } = stream.stats();
      most = Math.max(most, bytes - seen);
      seen = bytes;
    }
    expect(most).toBeLessThanOrEqual(4 * 65_536 + 65_536);
    expect(events).toHaveLength(1 + 8_000);
  });

  it('reads a snapshot and then events, and counts what came', async () => {
    const server = await serve();
    const { stream, events } = watch({ port: server.port });
    await until(() => stream.status().state === 'ready');
    server.say(event('Hangup', Date.now(), { Uniqueid: '1.1' }) + event('RTCPSent', Date.now()));
    await until(() => stream.stats().unknown.size > 0);
    expect(events.map((one) => one.type)).toEqual(['snapshot', 'channel-gone']);
    const stats = stream.stats();
    expect(stats.known).toEqual(new Map([['Hangup', 1]]));
    expect(stats.unknown).toEqual(new Map([['RTCPSent', 1]]));
    expect(stats.bytes).toBeGreaterThan(500);
  });

  it('comes back at once after a cut, and says it once each way', async () => {
    const server = await serve();
    const { stream, events, log } = watch({ port: server.port });
    await until(() => stream.status().state === 'ready');
    server.cut();
    await until(() => stream.status().connections === 2 && stream.status().state === 'ready');
    expect(events.map((one) => one.type)).toEqual(['snapshot', 'link-lost', 'snapshot']);
    expect(log.lines.map((one) => one.level)).toEqual(['error', 'info']);
    expect(log.lines[0]).toMatchObject({ facts: { pbx: 'main', failure: 'closed-by-exchange' } });
  });

  it('says who does not listen, once, and finds who begins to', async () => {
    const server = await serve();
    const { port } = server;
    await server.close();
    const { stream, log } = watch({ port });
    await until(() => stream.status().failure?.code === 'unreachable');
    expect(log.lines[0]?.line).toMatch(/Nobody listens at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/);
    const again = await new AmiServer().listen(port);
    cleanups.push(() => again.close());
    await until(() => stream.status().state === 'ready');
    expect(log.lines.map((one) => one.level)).toEqual(['error', 'info']);
  });

  it('stops while connecting, while waiting, and twice', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => new Promise((resolve) => silent.close(resolve)));
    const { stream, statuses } = watch({ port: (silent.address() as AddressInfo).port });
    await Promise.all([stream.stop(), stream.stop()]);
    expect(stream.status().state).toBe('stopped');
    expect(statuses.at(-1)?.state).toBe('stopped');
  });

  it('may be stopped from within an event', async () => {
    const server = await serve();
    const seen: string[] = [];
    const log = new MemoryLog();
    const stopped = new Promise<void>((resolve) => {
      const stream: ReadingStream = openReadingSession(connection({ port: server.port }), {
        clock: systemClock,
        log,
        onEvent: (one) => {
          seen.push(one.type);
          if (one.type === 'snapshot') void stream.stop().then(resolve);
        },
        onStatus: () => {},
        jitter: () => 0,
      });
    });
    await stopped;
    expect(seen).toEqual(['snapshot', 'link-lost']);
  });
});

describe('openReadingSession over TLS', async () => {
  const pair = await selfSigned();
  const verified = { ca: pair.cert, serverName: undefined, verify: true };

  it('reads from an exchange whose certificate is signed by the authority set', async () => {
    const server = await serve({}, pair);
    const { stream, events } = watch({ port: server.port, tls: verified });
    await until(() => stream.status().state === 'ready');
    expect(events.map((one) => one.type)).toEqual(['snapshot']);
    expect(server.exchanges[0]?.actions[0]).toMatchObject({ name: 'Login' });
  });

  it.each([
    [
      'nobody vouches for',
      { ca: undefined, serverName: undefined, verify: true },
      /DEPTH_ZERO_SELF_SIGNED_CERT/,
    ],
    ['is of another name', { ...verified, serverName: 'other.test' }, /ERR_TLS_CERT_ALTNAME_INVALID/],
  ])('refuses a certificate that %s, and sends it nothing', async (_what, tls, reason) => {
    const server = await serve({}, pair);
    const { stream } = watch({ port: server.port, tls });
    await until(() => stream.status().failure !== undefined);
    expect(stream.status().failure).toMatchObject({ code: 'tls', message: expect.stringMatching(reason) });
    expect(server.exchanges.every((one) => one.actions.length === 0)).toBe(true);
  });

  it('takes it where the settings say not to look', async () => {
    const server = await serve({}, pair);
    const { stream } = watch({
      port: server.port,
      tls: { ca: undefined, serverName: undefined, verify: false },
    });
    await until(() => stream.status().state === 'ready');
    expect(stream.status().failure).toBeUndefined();
  });

  it('says so when the far end speaks no TLS, and when nobody is there', async () => {
    const server = await serve();
    const failures = [server.port, 1].map(async (port) => {
      const { stream } = watch({ port, tls: verified });
      await until(() => stream.status().failure !== undefined);
      return stream.status().failure?.code;
    });
    expect(await Promise.all(failures)).toEqual(['tls', 'unreachable']);
  });

  it('survives authorities that are none', async () => {
    const server = await serve({}, pair);
    const tls = {
      ca: '-----BEGIN CERTIFICATE-----\nbroken\n-----END CERTIFICATE-----',
      serverName: undefined,
      verify: true,
    };
    const { stream } = watch({ port: server.port, tls });
    await until(() => stream.status().failure !== undefined);
    expect(stream.status().failure?.code).toBe('tls');
  });
});
