import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { LinkFailure, PbxConnection } from '../../src/ami/connection.ts';
import { AmiServer } from '../support/ami-server.ts';
import { selfSigned } from '../support/certificate.ts';
import { block, event, type ExchangeScript } from '../support/scripted-exchange.ts';
import { RunningApp } from './running-app.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** Something on a port that is no exchange, or not any more. */
interface Bad {
  readonly port: number;
  close(): Promise<unknown>;
}

/** Greets with `text` and then says nothing, whatever is sent. */
async function peerThatSays(text: string): Promise<Bad> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', () => undefined);
    socket.write(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function nobody(): Promise<Bad> {
  const server = await peerThatSays('');
  await server.close();
  return { port: server.port, close: async () => undefined };
}

async function exchangeWith(changes: Partial<ExchangeScript>): Promise<Bad> {
  const server = await new AmiServer(changes).listen();
  return { port: server.port, close: () => server.close() };
}
const answering = (action: string, message: string): Partial<ExchangeScript> => ({
  instead: new Map([[action, (id: string) => block({ Response: 'Error', ActionID: id, Message: message })]]),
});

interface Refusal {
  readonly what: string;
  readonly bad: () => Promise<Bad>;
  readonly code: LinkFailure;
  /** What `/readyz` and the log say. */
  readonly says: RegExp;
  readonly to?: Partial<PbxConnection>;
}

const TLS = { ca: undefined, serverName: undefined, verify: true };

const REFUSALS: readonly Refusal[] = [
  {
    what: 'nobody listens',
    bad: nobody,
    code: 'unreachable',
    says: /Nobody listens at .*Is Asterisk running/,
  },
  {
    what: 'not Asterisk',
    bad: () => peerThatSays('SSH-2.0-OpenSSH_9.2\r\n'),
    code: 'not-asterisk',
    says: /is not an Asterisk manager: it greets with "SSH-2.0/,
  },
  {
    what: 'a peer that accepts and says nothing',
    bad: () => peerThatSays(''),
    code: 'silent',
    says: /does not greet as Asterisk does/,
  },
  {
    what: 'wrong secret',
    bad: () => exchangeWith({ secret: 'another' }),
    code: 'login-refused',
    says: /refuses AMI user "ringside".*Look at \[ringside\] in manager.conf/,
  },
  {
    what: 'no rights for the lists',
    bad: () => exchangeWith(answering('CoreShowChannels', 'Permission denied')),
    code: 'no-rights',
    says: /reporting/,
  },
  {
    what: 'FullyBooted never comes',
    bad: () => exchangeWith({ uptimeS: undefined }),
    code: 'boot-timeout',
    says: /FullyBooted did not come/,
  },
  {
    what: 'no TLS at the far end',
    bad: () => exchangeWith({}),
    code: 'tls',
    says: /No TLS with .*tlsenable/,
    to: { tls: TLS },
  },
];

describe('a refusal of the network or of Asterisk', () => {
  it.each(REFUSALS)('$what: said in log, /readyz and metrics, and over by itself', async (refusal) => {
    const { bad, code, says, to = {} } = refusal;
    const peer = await bad();
    cleanups.push(() => peer.close().catch(() => undefined));
    const secret = 'long secret';
    const running = await RunningApp.start({ port: peer.port, secret, ...to });
    cleanups.push(() => running.app.stop());
    await running.until(async () => (await running.ready()).body.pbxs[0]?.failure?.code === code);

    const { status, body } = await running.ready();
    expect(status).toBe(503);
    expect(body.ready).toBe(false);
    expect(body.pbxs[0]?.failure?.message).toMatch(says);
    expect(await running.metric('ringside_ami_up{pbx="north"}')).toBe(0);
    expect(await running.metric(`ringside_ami_failure{pbx="north",code="${code}"}`)).toBe(1);
    const errors = running.log.lines.filter((line) => line.level === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]?.facts).toMatchObject({ pbx: 'north', failure: code });
    expect(errors[0]?.line).toMatch(says);
    expect(JSON.stringify([body, running.log.lines])).not.toContain(secret);

    await peer.close();
    const pair = to.tls === undefined ? undefined : await selfSigned();
    if (pair) {
      // The authority of the exchange has to be known before TLS can be right: a reload brings it.
      await running.trust(pair.cert);
    }
    const good = await new AmiServer({ secret }, pair).listen(peer.port);
    cleanups.push(() => good.close());
    await running.until(async () => (await running.ready()).status === 200);
    expect(await running.metric('ringside_ami_up{pbx="north"}')).toBe(1);
    expect(await running.metric(`ringside_ami_failure{pbx="north",code="${code}"}`)).toBe(0);
    expect(await running.metric('ringside_blind{pbx="north"}')).toBe(0);
  });

  it('no Timestamp: said once, not ready until the exchange gives events their time', async () => {
    const exchange = await new AmiServer({ secret: 's' }).listen();
    cleanups.push(() => exchange.close());
    const running = await RunningApp.start({ port: exchange.port, secret: 's' });
    cleanups.push(() => running.app.stop());
    exchange.script.nowMs = () => running.clock.nowMs();
    await running.until(async () => (await running.ready()).status === 200);

    const isBlind = async (): Promise<boolean> =>
      (await running.ready()).body.pbxs[0]?.state === 'waiting-for-timestamps';
    exchange.say(block({ Event: 'Hangup', Uniqueid: '1.1' }));
    await running.until(isBlind);
    const sinceMs = running.clock.nowMs();
    await running.until(() => {
      exchange.say(block({ Event: 'Hangup', Uniqueid: '1.2' }));
      return running.clock.nowMs() > sinceMs + 30_000;
    });
    const { status, body } = await running.ready();
    expect(status).toBe(503);
    expect(body.pbxs[0]?.failure).toMatchObject({
      code: 'no-timestamps',
      message: expect.stringMatching(/timestampevents = yes/),
    });
    expect(await running.metric('ringside_ami_up{pbx="north"}')).toBe(0);
    expect(await running.metric('ringside_ami_failure{pbx="north",code="no-timestamps"}')).toBe(1);
    expect(await running.metric('ringside_ami_connections_total{pbx="north"}')).toBe(1);
    const said = running.log.lines.filter(({ level }) => level === 'error');
    expect(said.map(({ facts }) => facts)).toMatchObject([{ pbx: 'north', failure: 'no-timestamps' }]);

    exchange.say(event('Hangup', running.clock.nowMs(), { Uniqueid: '1.3' }));
    await running.until(async () => (await running.ready()).status === 200);
    expect(await running.metric('ringside_ami_failure{pbx="north",code="no-timestamps"}')).toBe(0);
    expect(await running.metric('ringside_ami_connections_total{pbx="north"}')).toBe(1);
    expect(await running.metric('ringside_blind_seconds_total{pbx="north"}')).toBeGreaterThan(29);
  });

  it('half a message and then nothing: noticed by an unanswered Ping, blind time counted, back by itself', async () => {
    const exchange = await new AmiServer({ secret: 's' }).listen();
    cleanups.push(() => exchange.close());
    const running = await RunningApp.start({ port: exchange.port, secret: 's' });
    cleanups.push(() => running.app.stop());
    await running.until(async () => (await running.ready()).status === 200);

    exchange.script.instead.set('Ping', () => '');
    exchange.say('Event: Newchannel\r\nPrivilege: call,all\r\nChannel: PJSIP/car');
    await running.until(() => running.log.lines.some((line) => line.level === 'error'));
    expect(running.log.lines.find((line) => line.level === 'error')?.facts).toMatchObject({
      failure: 'silent',
    });
    exchange.script.instead.delete('Ping');
    await running.until(async () => (await running.ready()).status === 200);
    expect(await running.metric('ringside_blind_seconds_total{pbx="north"}')).toBeGreaterThan(0);
    expect(await running.metric('ringside_ami_connections_total{pbx="north"}')).toBeGreaterThanOrEqual(2);
  });
});
