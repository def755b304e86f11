import { describe, expect, it } from 'vitest';
import { block, event } from '../support/scripted-exchange.ts';
import { connection, SessionDriver, START_MS } from '../support/session-driver.ts';

const hangup = (uniqueid: string, atMs: number): string => event('Hangup', atMs, { Uniqueid: uniqueid });
const none = (): string => '';

describe('ReadingSession, lied to', () => {
  it('believes no answer whose ActionID is not its own', () => {
    const driver = new SessionDriver();
    driver.script.instead.set('Challenge', none);
    driver.start();
    driver.hear(block({ Response: 'Success', ActionID: 'guess', Message: 'Authentication accepted' }));
    driver.hear(block({ Event: 'FullyBooted', Uptime: '1' }));
    expect(driver.status.state).toBe('logging-in');
  });

  it('counts a list line nobody asked for as an event nobody knows', () => {
    const driver = new SessionDriver().start();
    const forged = { Event: 'CoreShowChannel', ActionID: 'guess', Uniqueid: '6.6' };
    driver.hear(block(forged) + block({ Event: 'QueueStatusComplete', ActionID: 'token-1' }));
    expect(driver.session.totals.unknown.get('CoreShowChannel')).toBe(1);
    driver.wait(61_000);
    expect(driver.events.at(-1)).toMatchObject({ type: 'snapshot', channels: [] });
  });

  it('neither crashes nor loops on any bytes, and recovers from them', () => {
    const driver = new SessionDriver().start();
    driver.hear(Buffer.from([0, 255, 13, 10, 13, 10, 10, 58, 10, 13, 10]));
    driver.hear(`Response: Success\r\nActionID: token-3\r\n\r\nEvent: \r\n\r\n: \r\n\r\n`);
    driver.hear(hangup('1.1', START_MS));
    expect(driver.kinds).toEqual(['snapshot resync', 'channel-gone']);
  });

  it('drops a block beyond all bounds, says so, and goes on', () => {
    const driver = new SessionDriver().start();
    driver.hear(`Event: Hangup\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`);
    driver.hear(hangup('1.1', START_MS));
    expect(driver.kinds).toEqual(['snapshot resync', 'channel-gone']);
    expect(driver.session.totals.dropped['line-too-long']).toBe(1);
    expect(driver.status.warnings).toEqual([expect.stringMatching(/it was dropped/)]);
  });

  it('counts names it does not know, a bounded number of them', () => {
    const driver = new SessionDriver().start();
    for (let index = 0; index < 1_000; index += 1) driver.hear(event(`Made${index}`, START_MS));
    const { unknown } = driver.session.totals;
    expect(unknown.size).toBe(201);
    expect(unknown.get('(other)')).toBe(800);
  });
});

describe('ReadingSession, rights and filter', () => {
  it('warns of write classes that are too wide, the worst first', () => {
    const driver = new SessionDriver();
    driver.script.commands = {
      ...driver.script.commands,
      QueuePause: 'Makes a queue member temporarily unavailable.  (Priv: agent,all)',
      Command: 'Execute Asterisk CLI Command.  (Priv: command,all)',
      Originate: 'Originate a call.  (Priv: originate,all)',
    };
    driver.start();
    expect(driver.status.warnings).toEqual([
      expect.stringMatching(/"originate" .*"command" .*"agent" .*"reporting" alone is enough/),
    ]);
    expect(driver.status.state).toBe('ready');
  });

  it('warns when a list other than that of the channels is refused', () => {
    const driver = new SessionDriver();
    driver.script.instead.set('QueueStatus', (id) =>
      block({ Response: 'Error', ActionID: id, Message: 'Invalid/unknown command' }),
    );
    driver.start();
    expect(driver.status.warnings).toEqual([expect.stringMatching(/no queues are watched/)]);
  });

  it('warns of a plain login over a network, not on this machine', () => {
    const warnings = new SessionDriver({}, connection({ host: 'pbx.example' })).start().status.warnings;
    expect(warnings).toEqual([expect.stringMatching(/not encrypted/)]);
  });

  it('notices that no filter is in force', () => {
    const driver = new SessionDriver().start();
    driver.hear(event('VarSet', START_MS, { Variable: 'SIPDOMAIN' }).repeat(200));
    driver.wait(61_000);
    expect(driver.status.warnings).toEqual([expect.stringMatching(/No event filter is in force/)]);
  });

  it('notices read classes whose events do not come', () => {
    const driver = new SessionDriver({
      queues: [{ Event: 'QueueParams', Queue: 'q', Completed: '5' }],
    }).start();
    driver.script.channels = [{ Event: 'CoreShowChannel', Channel: 'PJSIP/a-1', Uniqueid: '1.1' }];
    driver.script.queues = [{ Event: 'QueueParams', Queue: 'q', Completed: '6' }];
    driver.wait(61_000);
    expect(driver.status.warnings.map((line) => /class "(\w+)"/.exec(line)?.[1])).toEqual(['call', 'agent']);
  });
});
