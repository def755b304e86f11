import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunningBoard } from './push/running-board.ts';
import { someWho } from './push/some-board.ts';

let running: RunningBoard;
beforeEach(async () => {
  running = await new RunningBoard().listen();
});
afterEach(async () => {
  await running.stop();
});

describe('a change', () => {
  it('is built for nobody while nobody reads', async () => {
    for (let count = 0; count < 100; count += 1) running.rename(`Agent ${count}`);
    running.clock.advance(10_000);
    expect(running.builds).toBe(0);
    expect(running.clock.pending).toBe(0);
  });

  it('after quiet is told at once, and all of one read as one', async () => {
    const client = await running.come();
    const { builds } = running;
    for (let count = 0; count < 100; count += 1) running.rename(`Agent ${count}`);
    running.clock.advance(0);
    await client.until(() => client.read.ofType('delta').length === 1);
    expect(client.read.board?.seats[0]?.agent).toBe('Agent 99');
    expect(running.builds - builds).toBe(1);
  });

  it('is told at most ten times a second, and the last one always', async () => {
    const client = await running.come();
    const { builds } = running;
    for (let count = 0; count < 1000; count += 1) {
      running.rename(`Agent ${count}`);
      running.clock.advance(1);
    }
    running.clock.advance(100);
    await client.until(() => client.read.board?.seats[0]?.agent === 'Agent 999');
    expect(running.builds - builds).toBeGreaterThanOrEqual(10);
    expect(running.builds - builds).toBeLessThanOrEqual(12);
  });

  it('that leaves everything as it was is told to nobody', async () => {
    const client = await running.come();
    for (let count = 0; count < 10; count += 1) {
      running.rename('Ann');
      running.clock.advance(200);
    }
    running.rename('Zoe');
    running.clock.advance(200);
    await client.until(() => client.read.board?.seats[0]?.agent === 'Zoe');
    expect(client.read.ofType('delta')).toHaveLength(1);
  });

  it('is told within a tenth of a second also when somebody set the clock back', async () => {
    const client = await running.come();
    running.rename('Bob');
    running.clock.advance(100);
    running.clock.set(running.clock.nowMs() - 3_600_000);
    running.rename('Zoe');
    running.clock.advance(100);
    await client.until(() => client.read.board?.seats[0]?.agent === 'Zoe');
    expect(client.read.gaps).toBe(0);
  });
});

describe('a seat that is theirs by name', () => {
  it('is found by its interface, in no queue of theirs', async () => {
    running.gate.known.set(
      'fei',
      someWho({ name: 'fei', sees: { hotlines: [], queues: [], seats: ['PJSIP/101'] } }),
    );
    running.gate.known.set(
      'wu',
      someWho({ name: 'wu', sees: { hotlines: [], queues: [], seats: ['PJSIP/1'] } }),
    );
    const [named, other] = [await running.come('fei'), await running.come('wu')];
    expect(named.read.board?.seats.map(({ seat, queues }) => [seat, queues])).toEqual([['PJSIP/101', []]]);
    expect(other.read.board).toEqual({
      pbxs: [],
      hotlines: [],
      queues: [],
      seats: [],
      breaches: [],
      moves: [],
    });
  });
});
