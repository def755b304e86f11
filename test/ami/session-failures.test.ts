import { describe, expect, it } from 'vitest';
import { block, event, stamp } from '../support/scripted-exchange.ts';
import { connection, SessionDriver, START_MS } from '../support/session-driver.ts';

const hangup = (uniqueid: string, atMs: number): string => event('Hangup', atMs, { Uniqueid: uniqueid });
const none = (): string => '';
const pong = (id: string): string =>
  block({ Response: 'Success', ActionID: id, Ping: 'Pong', Timestamp: stamp(START_MS) });

describe('ReadingSession, when something is wrong', () => {
  const heal = (driver: SessionDriver): void => {
    driver.script.banner = 'Asterisk Call Manager/11.0.0\r\n';
    driver.script.secret = 'long secret';
    driver.script.uptimeS = 3_600;
    driver.script.instead.clear();
    driver.arrival = 'accept';
    driver.isAnswering = true;
  };

  it.each<[string, string, RegExp, number, (driver: SessionDriver) => void]>([
    ['nobody listens', 'unreachable', /nobody there/, 0, (driver) => (driver.arrival = 'refuse')],
    [
      'nobody answers',
      'connect-timeout',
      /127\.0\.0\.1:5038 did not answer within 10 s/,
      10_000,
      (driver) => (driver.arrival = 'hang'),
    ],
    [
      'it is not Asterisk',
      'not-asterisk',
      /greets with "SSH-2.0-OpenSSH_9.2"/,
      0,
      (driver) => (driver.script.banner = 'SSH-2.0-OpenSSH_9.2\r\n'),
    ],
    [
      'it is not even lines',
      'not-asterisk',
      /a line without end/,
      0,
      (driver) => (driver.script.banner = 'x'.repeat(500)),
    ],
    ['it does not greet', 'silent', /does not greet/, 10_000, (driver) => (driver.script.banner = '')],
    [
      'half a greeting, then nothing',
      'silent',
      /does not greet/,
      10_000,
      (driver) => (driver.script.banner = 'Asterisk Call Man'),
    ],
    [
      'the secret is wrong',
      'login-refused',
      /refuses AMI user "ringside": "Authentication failed".*\[ringside\] in manager\.conf or manager\.d.*permit\/deny/,
      0,
      (driver) => (driver.script.secret = 'another'),
    ],
    [
      'no challenge is given',
      'silent',
      /does not answer the login/,
      10_000,
      (driver) => driver.script.instead.set('Challenge', none),
    ],
    [
      'the login is not answered',
      'silent',
      /does not answer the login/,
      10_000,
      (driver) => driver.script.instead.set('Login', none),
    ],
    [
      'FullyBooted never comes',
      'boot-timeout',
      /FullyBooted did not come within 60 s.*lacks "system"/,
      60_000,
      (driver) => (driver.script.uptimeS = undefined),
    ],
    [
      'the lists are refused',
      'no-rights',
      /refuses CoreShowChannels to AMI user ringside.*"reporting"/,
      0,
      (driver) =>
        driver.script.instead.set('CoreShowChannels', (id) =>
          block({ Response: 'Error', ActionID: id, Message: 'Permission denied' }),
        ),
    ],
    [
      'a list never ends',
      'snapshot-timeout',
      /not complete after 60 s \(no end of CoreShowChannels\)/,
      60_000,
      (driver) => {
        driver.script.instead.set('CoreShowChannels', (id) =>
          block({ Response: 'Success', ActionID: id, EventList: 'start' }),
        );
        // Answers none of the Pings that close a snapshot, but those that ask whether it is there.
        driver.script.instead.set('Ping', (id) => (id === 'token-9' ? '' : pong(id)));
      },
    ],
    [
      'a list is not whole',
      'snapshot-incomplete',
      /QueueStatus promised 3 lines and 0 came/,
      0,
      (driver) =>
        driver.script.instead.set(
          'QueueStatus',
          (id) =>
            block({ Response: 'Success', ActionID: id }) +
            block({ Event: 'QueueStatusComplete', ActionID: id, ListItems: '3' }),
        ),
    ],
    [
      'the picture has no instant',
      'snapshot-incomplete',
      /the Ping before them was not answered/,
      0,
      // The answer was lost in what could not be read; all that came after it could.
      (driver) => driver.script.instead.set('Ping', (id) => (id === 'token-3' ? '' : pong(id))),
    ],
  ])('%s: %s', (_what, code, message, afterMs, spoil) => {
    const driver = new SessionDriver();
    spoil(driver);
    driver.start();
    driver.wait(afterMs);
    expect(driver.status.failure).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(driver.status.state).toBe('waiting-to-retry');
    expect(driver.status.failure?.message).not.toContain('long secret');
    expect(driver.kinds).toEqual([]);
    heal(driver);
    driver.wait(code === 'login-refused' ? 30_000 : 1_000);
    expect(driver.status.state).toBe('ready');
    expect(driver.kinds).toEqual(['snapshot resync']);
  });

  it('says which line to add when events come without a Timestamp', () => {
    const driver = new SessionDriver().start();
    driver.hear(
      event('Hangup', START_MS, { Uniqueid: 'before' }) + block({ Event: 'Hangup', Uniqueid: '1.1' }),
    );
    expect(driver.status.failure).toMatchObject({
      code: 'no-timestamps',
      message: expect.stringMatching(/timestampevents = yes.*\[general\].*manager_custom\.conf/),
    });
    expect(driver.kinds).toEqual(['snapshot resync', 'channel-gone', 'link-lost']);
  });

  describe('on an exchange that gives events no Timestamp', () => {
    const unstamped = (uniqueid: string): string => block({ Event: 'Hangup', Uniqueid: uniqueid });
    const blindDriver = (): SessionDriver => {
      const driver = new SessionDriver().start();
      driver.wait(1_000);
      driver.hear(unstamped('1.1'));
      return driver;
    };

    it('stays not ready on the connection it has, still asks whether it is there, and drops the events', () => {
      const driver = blindDriver();
      const pings = (): number => driver.exchange.actions.filter(({ name }) => name === 'Ping').length;
      const before = pings();
      for (let second = 0; second < 600; second += 1) {
        driver.hear(unstamped(`2.${second}`));
        driver.wait(1_000);
      }
      expect(driver.status).toMatchObject({
        state: 'waiting-for-timestamps',
        sinceMs: START_MS + 1_000,
        failure: { code: 'no-timestamps', atMs: START_MS + 1_000 },
        connections: 1,
      });
      expect(pings() - before).toBe(120);
      expect(driver.kinds).toEqual(['snapshot resync', 'link-lost']);
      const told = driver.statuses.filter(({ state }) => state === 'waiting-for-timestamps');
      expect(told).toHaveLength(1);
    });

    it('takes a fresh picture at the first event with one, and loses neither it nor what follows', () => {
      const driver = blindDriver();
      driver.wait(60_000);
      driver.script.queues = [{ Event: 'QueueParams', Queue: 'support', Calls: '0' }];
      driver.hear(hangup('3.1', driver.clock.nowMs() - 5) + hangup('3.2', driver.clock.nowMs() + 5));
      expect(driver.status).toMatchObject({ state: 'ready', connections: 1, reboots: 0 });
      expect(driver.kinds.slice(2)).toEqual(['channel-gone', 'snapshot resync', 'channel-gone']);
      expect(driver.events.at(-2)).toMatchObject({ rebooted: false, queues: [{ queue: 'support' }] });
    });

    it('does not take a new connection for sound before it has seen an event with one', () => {
      const driver = blindDriver();
      driver.cut();
      driver.wait(2_000);
      expect(driver.status).toMatchObject({
        state: 'waiting-for-timestamps',
        connections: 2,
        failure: { code: 'no-timestamps' },
      });
      expect(driver.kinds).toEqual(['snapshot resync', 'link-lost']);
      driver.hear(
        block({ Event: 'FullyBooted', Uptime: '1' }) + block({ Event: 'Unheard', Timestamp: '1.0' }),
      );
      expect(driver.status.state).toBe('waiting-for-timestamps');
      driver.hear(hangup('3.1', driver.clock.nowMs()));
      expect(driver.status.state).toBe('ready');
    });

    it('notices there too that nobody is at the other end', () => {
      const driver = blindDriver();
      driver.isAnswering = false;
      driver.wait(16_000);
      expect(driver.statuses.some(({ failure }) => failure?.code === 'silent')).toBe(true);
    });

    it('says so where it shows before the first picture is complete, or before the exchange is up', () => {
      const reading = new SessionDriver();
      reading.script.instead.set('Ping', none);
      reading.start();
      reading.hear(unstamped('1.1'));
      expect(reading.status.state).toBe('waiting-for-timestamps');

      const booting = new SessionDriver({ uptimeS: undefined }).start();
      booting.hear(unstamped('1.1'));
      expect(booting.status.state).toBe('waiting-for-boot');
      booting.hear(block({ Event: 'FullyBooted', Uptime: '1' }));
      expect(booting.status).toMatchObject({
        state: 'waiting-for-timestamps',
        failure: { code: 'no-timestamps' },
      });
      expect([...reading.kinds, ...booting.kinds]).toEqual([]);
    });
  });

  it('sends nothing of a user or secret that would start another action', () => {
    for (const bad of [
      connection({ user: 'a\r\nAction: Originate' }),
      connection({ secret: 'a\nb' }),
      connection({ user: 'a\0' }),
    ]) {
      const driver = new SessionDriver({}, bad).start();
      expect(driver.connectsMs).toEqual([]);
      expect(driver.status.failure).toMatchObject({
        code: 'login-refused',
        message: expect.stringMatching(/nothing was sent/),
      });
    }
  });

  it('notices silence by a Ping unanswered for 10 s', () => {
    const driver = new SessionDriver().start();
    driver.wait(20_000);
    driver.isAnswering = false;
    driver.wait(5_000 + 9_999);
    expect(driver.status.state).toBe('ready');
    driver.wait(1);
    expect(driver.statuses.some((one) => one.failure?.code === 'silent')).toBe(true);
    const lost = driver.events.find((one) => one.type === 'link-lost');
    expect(lost).toMatchObject({ lastHeardMs: START_MS + 20_000 });
  });

  it('is blind from the last event on where that was read late, out of a backlog', () => {
    const driver = new SessionDriver().start();
    driver.wait(31_000);
    driver.hear(`${hangup('1.1', START_MS + 27_000)}Event: Hangup\r\nUniq`);
    driver.cut();
    const lost = driver.events.findLast((one) => one.type === 'link-lost');
    expect(lost?.lastHeardMs).toBeCloseTo(START_MS + 27_000, 2);
  });

  it('notices silence after half a message', () => {
    const driver = new SessionDriver().start();
    driver.isAnswering = false;
    driver.hear('Event: Hangup\r\nUniq');
    driver.wait(16_000);
    expect(driver.statuses.some((one) => one.failure?.code === 'silent')).toBe(true);
    expect(driver.kinds).toEqual(['snapshot resync', 'link-lost']);
  });

  it('does not take a stall of its own for silence: what waits to be read is read first', () => {
    const driver = new SessionDriver().start();
    driver.isAnswering = false;
    driver.wait(5_000);
    driver.clock.advance(60_000);
    // The timer rings before the socket is read.
    driver.wait(1);
    driver.isAnswering = true;
    driver.hear(hangup('1.1', START_MS + 7_000));
    driver.wait(4_000);
    expect(driver.status).toMatchObject({ state: 'ready', connections: 1 });
  });

  it('notices silence, and comes back, also when its own clock is set back', () => {
    const driver = new SessionDriver().start();
    driver.wait(20_000);
    driver.setBack(3_600_000);
    driver.wait(6_000);
    expect(driver.status).toMatchObject({ state: 'ready', clockOffsetMs: 3_600_000 });
    driver.isAnswering = false;
    driver.wait(16_000);
    expect(driver.statuses.some((one) => one.failure?.code === 'silent')).toBe(true);
    driver.setBack(3_600_000);
    driver.isAnswering = true;
    driver.wait(40_000);
    expect(driver.status.state).toBe('ready');
  });

  it('comes back at once, then ever slower up to 30 s, then at once again after a sound link', () => {
    const driver = new SessionDriver().start();
    driver.wait(40_000);
    driver.arrival = 'refuse';
    driver.cut();
    driver.wait(200_000);
    const waits = driver.connectsMs.slice(1).map((ms, index) => ms - (driver.connectsMs[index] ?? 0));
    expect(waits.slice(0, 8)).toEqual([40_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    driver.arrival = 'accept';
    driver.wait(30_000);
    expect(driver.status.state).toBe('ready');
    driver.wait(40_000);
    const tries = driver.connectsMs.length;
    driver.cut();
    driver.wait(0);
    expect(driver.connectsMs).toHaveLength(tries + 1);
    expect(driver.status).toMatchObject({ state: 'ready', connections: 3 });
  });

  it('does not try a login again soon that was refused, nor at once after a sound link', () => {
    const driver = new SessionDriver({ secret: 'another' }).start();
    driver.wait(60_000);
    driver.script.secret = 'long secret';
    driver.wait(60_000);
    expect(driver.status.state).toBe('ready');
    driver.script.secret = 'another';
    driver.cut();
    driver.wait(60_000);
    const afterS = driver.connectsMs.map((ms) => (ms - START_MS) / 1_000);
    expect(afterS).toEqual([0, 30, 60, 90, 120, 150, 180]);
  });

  it('does not hammer an exchange that cuts every link soon', () => {
    const driver = new SessionDriver().start();
    for (let cuts = 0; cuts < 5; cuts += 1) {
      driver.cut();
      driver.wait(20_000);
    }
    const afterS = driver.connectsMs.map((ms) => (ms - START_MS) / 1_000);
    expect(afterS).toEqual([0, 0, 22, 44, 68, 96]);
    expect(driver.kinds.filter((kind) => kind === 'link-lost')).toHaveLength(5);
  });

  it('tells another boot from the same one, also when its own clock was set', () => {
    const driver = new SessionDriver().start();
    driver.wait(60_500);
    driver.script.uptimeS = 3_661;
    driver.cut();
    driver.wait(0);
    expect(driver.events.at(-1)).toMatchObject({ type: 'snapshot', purpose: 'resync', rebooted: false });
    // Our clock jumps by an hour, the start it was told does not.
    driver.clock.advance(3_600_000);
    driver.cut();
    driver.wait(1_000);
    expect(driver.events.at(-1)).toMatchObject({ type: 'snapshot', rebooted: false });
    driver.script.startup = '13:00:00';
    driver.script.uptimeS = 2;
    driver.wait(40_000);
    driver.cut();
    driver.wait(0);
    expect(driver.events.at(-1)).toMatchObject({ type: 'snapshot', purpose: 'resync', rebooted: true });
    expect(driver.status).toMatchObject({ reboots: 1, bootedAtMs: driver.clock.nowMs() - 2_000 });
  });
});
