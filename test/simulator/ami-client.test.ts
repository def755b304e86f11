import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AmiClient, type ClientEffect } from '../../src/simulator/ami-client.ts';
import { PracticePbx } from '../../src/simulator/practice-pbx.ts';
import { SHANGHAI } from '../../src/simulator/site.ts';
import { blocksOf } from './event-order.ts';

const START_MS = Date.UTC(2026, 10, 23, 2, 0, 0);
const LOGIN = { user: 'ringside', secret: 'right' };

function pbxAfter(minutes: number): PracticePbx {
  const pbx = new PracticePbx({
    seed: 1,
    callsPerHour: 300,
    site: SHANGHAI,
    startMs: START_MS,
    systemName: '',
    onEvent: () => undefined,
  });
  pbx.advanceTo(START_MS + minutes * 60_000);
  return pbx;
}

const newClient = (minutes = 1): AmiClient => new AmiClient(pbxAfter(minutes).floor, LOGIN, '123456789');
const action = (...lines: string[]): string => `${lines.join('\r\n')}\r\n\r\n`;
const textOf = (effects: readonly ClientEffect[]): string => effects.map((effect) => effect.text).join('');

function loggedIn(minutes = 1): AmiClient {
  const client = newClient(minutes);
  client.receive(action('Action: Login', 'Username: ringside', 'Secret: right'));
  return client;
}

describe('the login of the practice exchange', () => {
  it('accepts the secret in plain, then says how long it has been up', () => {
    const text = textOf(
      newClient(10).receive(action('Action: Login', 'Username: ringside', 'Secret: right', 'ActionID: a1')),
    );
    expect(text).toBe(
      'Response: Success\r\nActionID: a1\r\nMessage: Authentication accepted\r\n\r\n' +
        'Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 600\r\nLastReload: 600\r\nStatus: Fully Booted\r\n\r\n',
    );
  });

  it('accepts the answer to a challenge', () => {
    const client = newClient();
    expect(textOf(client.receive(action('Action: Challenge', 'AuthType: MD5')))).toContain(
      'Challenge: 123456789',
    );
    const key = createHash('md5').update('123456789right').digest('hex');
    const answer = textOf(
      client.receive(action('Action: Login', 'AuthType: MD5', 'Username: ringside', `Key: ${key}`)),
    );
    expect(answer).toContain('Authentication accepted');
  });

  it('reads Cdr events only where the user may', () => {
    const [plain, more] = [LOGIN, { ...LOGIN, readsCdr: true }].map((login) => {
      const client = new AmiClient(pbxAfter(1).floor, login, '123456789');
      client.receive(action('Action: Login', 'Username: ringside', 'Secret: right'));
      return client;
    });
    expect([plain?.wants('call'), plain?.wants('cdr')]).toEqual([true, false]);
    expect([more?.wants('call'), more?.wants('cdr')]).toEqual([true, true]);
  });

  it('does not accept a key where no challenge was asked for', () => {
    const key = createHash('md5').update('123456789right').digest('hex');
    const client = newClient();
    client.receive(action('Action: Login', 'AuthType: MD5', 'Username: ringside', `Key: ${key}`));
    expect(client.isLoggedIn).toBe(false);
  });

  it.each([
    ['a wrong secret', ['Username: ringside', 'Secret: wrong']],
    ['an unknown user', ['Username: someone', 'Secret: right']],
    ['nothing at all', []],
  ])('refuses %s after a second and closes', (_, lines) => {
    const client = newClient();
    const effects = client.receive(action('Action: Login', ...lines) + action('Action: Ping'));
    expect(effects).toEqual([
      { type: 'close', text: 'Response: Error\r\nMessage: Authentication failed\r\n\r\n', afterMs: 1000 },
    ]);
    expect(client.wants('call')).toBe(false);
  });

  it('lets nobody ask before the login', () => {
    expect(textOf(newClient().receive(action('Action: QueueStatus')))).toBe(
      'Response: Error\r\nMessage: Permission denied\r\n\r\n',
    );
  });

  it('sends events only to those who want them', () => {
    const client = newClient();
    client.receive(action('Action: Login', 'Username: ringside', 'Secret: right', 'Events: off'));
    expect(client.wants('call')).toBe(false);
    client.receive(action('Action: Events', 'EventMask: on'));
    expect(client.wants('call')).toBe(true);
  });
});

describe('the answers of the practice exchange', () => {
  it('tells its time in answer to a Ping', () => {
    expect(textOf(loggedIn(1).receive(action('Action: Ping', 'ActionID: p')))).toBe(
      `Response: Success\r\nActionID: p\r\nPing: Pong\r\nTimestamp: ${START_MS / 1000 + 60}.000000\r\n\r\n`,
    );
  });

  it('says what this user may do, all of it reading', () => {
    const text = textOf(loggedIn().receive(action('Action: ListCommands')));
    expect(text).toContain('CoreShowChannels: List currently active channels.  (Priv: system,reporting,all)');
    expect(text).not.toContain('Originate');
  });

  it('refuses what it does not know', () => {
    expect(textOf(loggedIn().receive(action('Action: Originate', 'Channel: x')))).toContain(
      'Response: Error\r\nMessage: Invalid/unknown command: Originate.',
    );
  });

  it('says good-bye and closes', () => {
    const effects = loggedIn().receive(action('Action: Logoff') + action('Action: Ping'));
    expect(effects).toEqual([
      { type: 'close', text: 'Response: Goodbye\r\nMessage: Thanks for all the fish.\r\n\r\n', afterMs: 0 },
    ]);
  });

  it('writes lists with the headers of the real one, in their order', () => {
    const real = readFileSync(join(import.meta.dirname, '../traces/queue-answered.ami'), 'latin1');
    const shapeOf = (text: string, name: string): string | undefined => {
      const block = blocksOf(text).find((one) => one.get('Event') === name);
      return block && [...block.keys()].filter((header) => header !== 'ActionID').join(' ');
    };
    const client = loggedIn(20);
    const ask = ['CoreShowChannels', 'Status', 'QueueStatus']
      .map((name) => action(`Action: ${name}`))
      .join('');
    const practice = textOf(client.receive(ask));
    for (const name of [
      'QueueParams',
      'QueueMember',
      'QueueStatusComplete',
      'CoreShowChannelsComplete',
      'StatusComplete',
    ]) {
      expect(shapeOf(practice, name)).toBe(shapeOf(real, name));
    }
  });

  it('answers the same however the bytes are cut', () => {
    const talk =
      action('Action: Login', 'Username: ringside', 'Secret: right') + action('Action: Ping', 'ActionID: 1');
    const whole = textOf(newClient().receive(talk));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: talk.length }), (cut) => {
        const client = newClient(1);
        const text = textOf(client.receive(talk.slice(0, cut))) + textOf(client.receive(talk.slice(cut)));
        expect(text).toBe(whole);
      }),
      { numRuns: 10 },
    );
  });

  it('survives any garbage, and keeps none of it', () => {
    const client = loggedIn();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 4000 }), (garbage) => {
        expect(() => client.receive(garbage)).not.toThrow();
      }),
    );
    client.receive(`\r\n\r\n${'x'.repeat(5_000_000)}`);
    client.receive('\r\n\r\n');
    const many = Array.from({ length: 500 }, (_, place) => `H${place}: x`);
    expect(textOf(client.receive(action('Action: Ping', ...many)))).toContain('Too many lines in message');
    expect(textOf(client.receive(action('Action: Ping')))).toContain('Ping: Pong');
  });
});
