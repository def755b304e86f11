import { describe, expect, it } from 'vitest';
import type { Fact } from '../src/calls/facts.ts';
import { WatchLog } from '../src/watch-log.ts';
import { MemoryLog } from './support/memory-log.ts';

const MINUTE_MS = 60_000;

function linesFor(facts: readonly Fact[]) {
  const log = new MemoryLog();
  const watchLog = new WatchLog(log);
  for (const fact of facts) watchLog.tell(fact);
  return log.lines;
}

describe('calls that reach no hotline', () => {
  const stray = (trunk: string, atMs: number): Fact => {
    return { type: 'unattributed', id: `${atMs}`, pbx: 'north', atMs, trunk };
  };
  const unknown = (from: string, atMs: number): Fact => {
    return { type: 'unknown-origin', id: `${atMs}`, pbx: 'north', atMs, interface: from };
  };

  it('says those of each trunk at once, then every 10 minutes with how many more came', () => {
    const facts = [0, 1, 2, 11].map((minute) => stray('carrier', minute * MINUTE_MS));
    const lines = linesFor([...facts, stray('second', 0)]);
    expect(lines.map((line) => line.facts)).toEqual([
      { pbx: 'north', trunk: 'carrier', calls: 1 },
      { pbx: 'north', trunk: 'carrier', calls: 3 },
      { pbx: 'north', trunk: 'second', calls: 1 },
    ]);
    expect(lines[0]?.line).toMatch(/^inbound calls match no hotline: /);
  });

  it('says those of unknown origin together, however many phones there are', () => {
    const phones = Array.from({ length: 50 }, (_none, i) => unknown(`PJSIP/desk${i}`, i * 1_000));
    const lines = linesFor([...phones, unknown('PJSIP/new-carrier', 11 * MINUTE_MS), stray('carrier', 0)]);
    expect(lines.map((line) => line.facts)).toEqual([
      { pbx: 'north', interface: 'PJSIP/desk0', calls: 1 },
      { pbx: 'north', interface: 'PJSIP/new-carrier', calls: 50 },
      { pbx: 'north', trunk: 'carrier', calls: 1 },
    ]);
    expect(lines[0]?.line).toMatch(/no configured trunk and no known seat.*is a trunk missing/);
  });
});
