import { expect, it } from 'vitest';
import { processNow } from '../../src/metrics/process-gauges.ts';

/** User and system, ms. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

it('tells what this process takes, in ms and bytes', () => {
  const before = cpuMs();
  const now = processNow();
  expect(now.cpuMs).toBeGreaterThanOrEqual(before);
  expect(now.cpuMs).toBeLessThanOrEqual(cpuMs());
  expect(now.startedAtMs).toBe(performance.timeOrigin);
  expect(now.residentBytes).toBeGreaterThan(10_000_000);
});
