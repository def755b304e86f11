import { describe, expect, it } from 'vitest';
import { block, event } from '../support/scripted-exchange.ts';
import { connection, SessionDriver, START_MS } from '../support/session-driver.ts';

const hangup = (uniqueid: string, atMs: number): string => event('Hangup', atMs, { Uniqueid: uniqueid });

/** Logged in, its lists asked for but not answered before `release`, each time up to now. */
class HeldDriver extends SessionDriver {
  readonly #asked: [string, string][] = [];

  constructor() {
    super();
    this.#hold();
    this.start();
  }

  release(exchangeMs: number): void {
    this.script.instead.clear();
    this.script.nowMs = () => exchangeMs;
    const asked = this.#asked.splice(0);
    const answers = asked.map(([name, id]) => this.exchange.take(block({ Action: name, ActionID: id })));
    this.#hold();
    this.hear(answers.join(''));
  }

  #hold(): void {
    for (const name of ['Ping', 'CoreShowChannels', 'Status', 'QueueStatus', 'CoreStatus', 'ListCommands']) {
      this.script.instead.set(name, (id) => {
        this.#asked.push([name, id]);
        return '';
      });
    }
  }
}

describe('ReadingSession, when all goes well', () => {
  it('logs in with a challenge, never sending the secret, and hands over a snapshot first', () => {
    const driver = new SessionDriver().start();
    const heard = driver.exchange.actions;
    expect(heard.slice(0, 2).map((one) => one.name)).toEqual(['Challenge', 'Login']);
    expect(JSON.stringify(heard.map((one) => [...one.headers]))).not.toContain('long secret');
    expect(driver.kinds).toEqual(['snapshot resync']);
    expect(driver.status).toMatchObject({
      state: 'ready',
      failure: undefined,
      banner: 'Asterisk Call Manager/11.0.0',
      release: '22',
      bootedAtMs: START_MS - 3_600_000,
      connections: 1,
      reboots: 0,
      warnings: [],
    });
  });

  it('sends the secret itself inside TLS', () => {
    const tls = { ca: undefined, serverName: undefined, verify: true };
    const driver = new SessionDriver({}, connection({ tls })).start();
    expect(driver.exchange.actions[0]?.name).toBe('Login');
    expect(driver.exchange.actions[0]?.headers.get('secret')).toBe('long secret');
    expect(driver.status.state).toBe('ready');
  });

  it('asks for the lists between Pings and closes them with a third', () => {
    const driver = new SessionDriver().start();
    expect(driver.exchange.actions.slice(2).map((one) => one.name)).toEqual([
      'Ping',
      'CoreShowChannels',
      'Status',
      'QueueStatus',
      'CoreStatus',
      'ListCommands',
      'Ping',
      'Ping',
    ]);
  });

  it('reads channels, queues, members and who waits, with the number dialled from Status', () => {
    const driver = new SessionDriver({
      channels: [{ Event: 'CoreShowChannel', Channel: 'PJSIP/a-1', Uniqueid: '1.1', Duration: '00:01:02' }],
      statuses: [{ Event: 'Status', Channel: 'PJSIP/a-1', Uniqueid: '1.1', DNID: '4008880010' }],
      queues: [
        { Event: 'QueueParams', Queue: 'q', Calls: '1', Completed: '5', Abandoned: '2' },
        { Event: 'QueueMember', Queue: 'q', Name: 'Li', Location: 'PJSIP/seat101' },
        { Event: 'QueueEntry', Queue: 'q', Uniqueid: '1.1', Position: '1', Wait: '30' },
      ],
    }).start();
    expect(driver.events[0]).toMatchObject({
      type: 'snapshot',
      channels: [{ uniqueid: '1.1', ageMs: 62_000, dialledNumber: '4008880010' }],
      queues: [{ queue: 'q', completed: 5, abandoned: 2 }],
      members: [{ queue: 'q', interface: 'PJSIP/seat101' }],
      entries: [{ queue: 'q', uniqueid: '1.1', waitS: 30 }],
      processedCalls: 17,
      rebooted: false,
    });
  });

  it('puts the events of before the snapshot before it, and those from t0 on behind it', () => {
    const driver = new HeldDriver();
    const t0Ms = START_MS + 1_000;
    driver.hear(hangup('late', t0Ms + 5) + hangup('early', t0Ms - 5));
    driver.release(t0Ms);
    driver.hear(hangup('at', t0Ms) + hangup('older than the lists', t0Ms - 1));
    expect(driver.kinds).toEqual([]);
    driver.release(t0Ms);
    driver.hear(hangup('live', t0Ms + 9));
    const seen = driver.events.map((one) => ('uniqueid' in one ? one.uniqueid : one.type));
    expect(seen).toEqual(['early', 'older than the lists', 'snapshot', 'late', 'at', 'live']);
  });

  it('maps the time of the exchange to ours, also for events from before the first Ping', () => {
    const driver = new SessionDriver();
    driver.script.nowMs = () => driver.clock.nowMs() + 90_000;
    driver.start();
    driver.hear(hangup('1.1', START_MS + 90_250));
    expect(driver.status.clockOffsetMs).toBeCloseTo(90_000, 2);
    expect(driver.events.at(-1)?.atMs).toBeCloseTo(START_MS + 250, 2);
    expect(driver.events.at(-1)?.pbxMs).toBeCloseTo(START_MS + 90_250, 2);
  });

  it('checks the picture every minute, without holding back a single event', () => {
    const driver = new SessionDriver().start();
    driver.wait(59_000);
    expect(driver.kinds).toEqual(['snapshot resync']);
    driver.script.instead.set('CoreStatus', (id) => {
      driver.script.instead.delete('CoreStatus');
      return hangup('in between', START_MS) + block({ Response: 'Success', ActionID: id });
    });
    driver.wait(2_000);
    expect(driver.kinds).toEqual(['snapshot resync', 'channel-gone', 'snapshot check']);
    driver.wait(180_000);
    expect(driver.kinds.filter((kind) => kind === 'snapshot check')).toHaveLength(4);
    expect(driver.exchange.actions.filter((one) => one.name === 'ListCommands')).toHaveLength(1);
  });

  it('says no more once stopped', () => {
    const driver = new SessionDriver().start();
    driver.stop();
    driver.hear(hangup('1.1', START_MS));
    driver.wait(600_000);
    expect(driver.kinds).toEqual(['snapshot resync', 'link-lost']);
    expect(driver.status.state).toBe('stopped');
    expect(driver.connectsMs).toHaveLength(1);
  });

  it('gives up rather than keep an endless flood before the first snapshot', () => {
    const driver = new HeldDriver();
    const large = event('Hangup', START_MS, { Uniqueid: '1.1', Padding: 'x'.repeat(60_000) });
    for (let sent = 0; sent < 2_000 && driver.status.state === 'reading-snapshot'; sent += 1) {
      driver.hear(large);
    }
    expect(driver.status.failure?.code).toBe('flooded');
    expect(driver.kinds).toEqual([]);
  });
});
