import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openActingSession, type ActingSession } from '../../src/ami/actions.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { AmiServer } from '../support/ami-server.ts';
import { selfSigned } from '../support/certificate.ts';
import { block, type ExchangeScript } from '../support/scripted-exchange.ts';
import { connection } from '../support/session-driver.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const acting = { user: 'mover', secret: 'other secret' };
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function serve(changes: Partial<ExchangeScript> = {}): Promise<AmiServer> {
  const script = { user: acting.user, secret: acting.secret, uptimeS: undefined, ...changes };
  const server = await new AmiServer(script).listen();
  cleanups.push(() => server.close());
  return server;
}
async function open(port: number, clock = systemClock): Promise<ActingSession> {
  const opened = await openActingSession(connection({ port, acting }), clock);
  if (!opened.ok) throw new Error(opened.fault.message);
  cleanups.push(() => opened.session.close());
  return opened.session;
}

describe('openActingSession', () => {
  it('logs in, is answered a Ping, and knows its rights', async () => {
    const server = await serve();
    server.script.commands = {
      QueuePause: 'Makes a queue member temporarily unavailable.  (Priv: agent,all)',
      QueueAdd: 'Add interface to queue.  (Priv: agent,all)',
      Originate: 'Originate a call.  (Priv: originate,all)',
    };
    const session = await open(server.port);
    expect(await session.ping()).toMatchObject({ ok: true });
    expect(await session.rights()).toEqual({
      excess: [{ class: 'originate', actions: ['originate'] }],
      missing: ['QueueRemove', 'QueuePenalty'],
    });
    expect(server.exchanges[0]?.actions.map((one) => one.name)).toEqual(['login', 'Ping', 'ListCommands']);
  });

  it.each([
    ['the wrong secret', { secret: 'changed' }, 'login-refused', /refuses AMI user "mover"/],
    ['a user that would start another action', {}, 'login-refused', /nothing was sent/],
  ])('refuses %s', async (_what, changes, code, message) => {
    const server = await serve(changes);
    const user = code === 'login-refused' && 'secret' in changes ? acting.user : 'a\r\nAction: Originate';
    const opened = await openActingSession(
      connection({ port: server.port, acting: { ...acting, user } }),
      systemClock,
    );
    expect(opened).toMatchObject({ ok: false, fault: { code, message: expect.stringMatching(message) } });
    expect(JSON.stringify(opened)).not.toContain(acting.secret);
  });

  it('says who does not listen, and who is not configured', async () => {
    expect(await openActingSession(connection({ port: 1, acting }), systemClock)).toMatchObject({
      ok: false,
      fault: { code: 'unreachable', message: expect.stringMatching(/ECONNREFUSED/) },
    });
    expect(await openActingSession(connection(), systemClock)).toMatchObject({
      fault: { code: 'no-rights' },
    });
  });

  it('does not wait for ever for a login', async () => {
    const sockets: (() => void)[] = [];
    const silent = createServer((socket) => sockets.push(() => socket.destroy()));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => new Promise((resolve) => silent.close(resolve)));
    const clock = new VirtualClock();
    const opening = openActingSession(
      connection({ port: (silent.address() as AddressInfo).port, acting }),
      clock,
    );
    await vi.waitFor(() => expect([sockets.length, clock.pending]).toEqual([1, 1]));
    await vi.waitFor(async () => {
      clock.advance(10_000);
      expect(await Promise.race([opening, undefined])).toMatchObject({ fault: { code: 'silent' } });
    });
    for (const destroy of sockets) destroy();
  });

  it('gives each action a deadline and an end with the connection, and asks nothing while down', async () => {
    const server = await serve();
    server.script.instead.set('Ping', () => '');
    const clock = new VirtualClock();
    const session = await open(server.port, clock);
    const late = session.ping();
    clock.advance(10_000);
    expect(await late).toMatchObject({ ok: false, message: 'Ping was not answered in 10 s.' });
    const cut = session.ping();
    server.cut();
    expect(await cut).toMatchObject({ ok: false, message: expect.stringMatching(/ended the connection/) });
    expect(await session.ping()).toMatchObject({
      ok: false,
      message: 'The acting session is not connected.',
    });
    expect(clock.pending).toBe(0);
  });

  it('lets nothing but answers to itself reach the packaged client, and prints nothing', async () => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => {});
    const server = await serve();
    const session = await open(server.port);
    server.say(
      block({ Event: 'rawevent', ActionID: 'rawevent' }) +
        block({ Response: 'Success', ActionID: 'rawevent' }) +
        block({ Response: 'Success', ActionID: 'close' }) +
        block({ Event: 'UserEvent', UserEvent: 'a' }).replace('\r\n\r\n', '\r\nUserEvent: b\r\n\r\n'),
    );
    expect(await session.ping()).toMatchObject({ ok: true });
    await session.close();
    expect(await session.ping()).toMatchObject({ ok: false });
    expect(print).not.toHaveBeenCalled();
  });
});

describe('openActingSession over TLS', async () => {
  const pair = await selfSigned();
  const tls = { ca: pair.cert, serverName: undefined, verify: true };

  it('goes over a bridge that leaves nothing behind', async () => {
    const script = { user: acting.user, secret: acting.secret, uptimeS: undefined };
    const server = await new AmiServer(script, pair).listen();
    cleanups.push(() => server.close());
    const opened = await openActingSession(connection({ port: server.port, tls, acting }), systemClock);
    if (!opened.ok) throw new Error(opened.fault.message);
    expect(await opened.session.ping()).toMatchObject({ ok: true });
    const asked = opened.session.ping();
    server.cut();
    expect(await asked).toMatchObject({ ok: false });
    await opened.session.close();
  });

  it('says why there is no TLS, and that nobody listens', async () => {
    const server = await serve();
    const broken = { ...tls, ca: '-----BEGIN CERTIFICATE-----\nbroken\n-----END CERTIFICATE-----' };
    const tries = [
      { port: server.port, tls },
      { port: 1, tls },
      { port: server.port, tls: broken },
    ];
    const faults = tries.map(async (to) => {
      const opened = await openActingSession(connection({ ...to, acting }), systemClock);
      return opened.ok ? undefined : opened.fault.code;
    });
    expect(await Promise.all(faults)).toEqual(['tls', 'unreachable', 'tls']);
  });
});
