import { describe, expect, it } from 'vitest';
import { ServiceManager, takeServiceTerms } from '../src/service-manager.ts';
import { VirtualClock } from './support/virtual-clock.ts';

describe('takeServiceTerms', () => {
  const PID = 41;
  const terms = (environment: Record<string, string>): unknown => takeServiceTerms(environment, PID);

  it('takes what the manager said, and leaves nothing of it to others', () => {
    const environment: Record<string, string> = {
      PATH: '/usr/bin',
      NOTIFY_SOCKET: '/run/systemd/notify',
      WATCHDOG_USEC: '60000000',
      WATCHDOG_PID: String(PID),
    };
    expect(takeServiceTerms(environment, PID)).toEqual({ socket: '/run/systemd/notify', watchdogMs: 60_000 });
    expect(environment).toEqual({ PATH: '/usr/bin' });
  });

  it('finds nobody who asks where there is no socket, whatever else there is', () => {
    expect(terms({})).toBeUndefined();
    expect(terms({ NOTIFY_SOCKET: '', WATCHDOG_USEC: '1000000' })).toBeUndefined();
  });

  it.each([
    ['of another process', { WATCHDOG_USEC: '1000000', WATCHDOG_PID: '7' }],
    ['of no time', { WATCHDOG_USEC: '0' }],
    ['in no number', { WATCHDOG_USEC: '1min' }],
  ])('stills no watchdog %s', (_, environment) => {
    expect(terms({ NOTIFY_SOCKET: '@manager', ...environment })).toEqual({
      socket: '@manager',
      watchdogMs: undefined,
    });
  });
});

describe('ServiceManager', () => {
  /** A manager that hears at once, with everything that it heard and when. */
  function someService(watchdogMs?: number) {
    const clock = new VirtualClock(0);
    const heard: { atMs: number; variables: readonly string[] }[] = [];
    let isClosed = false;
    const service = new ServiceManager({
      close: () => (isClosed = true),
      send: (variables) => {
        heard.push({ atMs: clock.nowMs(), variables });
        return Promise.resolve();
      },
      watchdogMs,
      clock,
      monotonicUs: () => 77n,
    });
    /** Second by second, and at each what waits for nothing but its turn. */
    const pass = async (byMs: number): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      for (let ms = 0; ms < byMs; ms += 1000) {
        clock.advance(1000);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const said = (variable: string): number[] =>
      heard.filter(({ variables }) => variables.includes(variable)).map(({ atMs }) => atMs);
    return { service, clock, heard, pass, said, isClosed: () => isClosed };
  }
  const atOnce = (): Promise<void> => Promise.resolve();

  it('says that it serves, and how', () => {
    const { service, heard } = someService();
    service.ready('Serves http://127.0.0.1:9810', atOnce);
    expect(heard).toEqual([{ atMs: 0, variables: ['READY=1', 'STATUS=Serves http://127.0.0.1:9810'] }]);
  });

  it('stills no watchdog that nobody set', async () => {
    const { service, clock, pass, said } = someService();
    service.ready('', atOnce);
    await pass(600_000);
    expect(said('WATCHDOG=1')).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('stills the watchdog at half of its time', async () => {
    const { service, pass, said } = someService(60_000);
    service.ready('', atOnce);
    await pass(95_000);
    expect(said('WATCHDOG=1')).toEqual([0, 30_000, 60_000, 90_000]);
  });

  it('does not still it while what must live is silent, and does as soon as it answers', async () => {
    const { service, pass, said } = someService(60_000);
    let answer = (): void => undefined;
    let isSilent = false;
    service.ready('', () => (isSilent ? new Promise((resolve) => (answer = resolve)) : Promise.resolve()));
    await pass(10_000);
    isSilent = true;
    await pass(600_000);
    expect(said('WATCHDOG=1')).toEqual([0]);
    isSilent = false;
    answer();
    await pass(31_000);
    expect(said('WATCHDOG=1')).toEqual([0, 610_000, 640_000]);
  });

  it('tells when a reload begins, by the clock of the manager, and when it is over', () => {
    const { service, heard } = someService();
    service.reloading();
    service.reloaded();
    expect(heard.map(({ variables }) => variables)).toEqual([
      ['RELOADING=1', 'MONOTONIC_USEC=77'],
      ['READY=1'],
    ]);
  });

  it('says that it stops, and is silent from then on', async () => {
    const { service, clock, heard, pass, isClosed } = someService(60_000);
    service.ready('', atOnce);
    await pass(1000);
    await service.stopping();
    await pass(600_000);
    expect(heard.at(-1)?.variables).toEqual(['STOPPING=1']);
    expect(isClosed()).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('is silent too of a reload that is still under way then', async () => {
    const { service, heard } = someService();
    service.reloading();
    await service.stopping();
    service.reloaded();
    service.reloading();
    expect(heard.at(-1)?.variables).toEqual(['STOPPING=1']);
  });

  it('is silent too where it stops while an answer is waited for', async () => {
    const { service, heard, pass } = someService(60_000);
    let answer = (): void => undefined;
    service.ready('', () => new Promise((resolve) => (answer = resolve)));
    await service.stopping();
    answer();
    await pass(1000);
    expect(heard.at(-1)?.variables).toEqual(['STOPPING=1']);
  });
});
