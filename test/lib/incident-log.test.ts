import { describe, expect, it } from 'vitest';
import { IncidentLog } from '../../src/lib/incident-log.ts';
import { MemoryLog } from '../support/memory-log.ts';

const MINUTE_MS = 60_000;

describe('IncidentLog', () => {
  it('says a failure once, then at growing intervals, and its end once with how long it took', () => {
    const log = new MemoryLog();
    const incidents = new IncidentLog(log);
    const saidAtMin: number[] = [];
    for (let minute = 0; minute <= 120; minute += 0.5) {
      const before = log.lines.length;
      incidents.failed(minute * MINUTE_MS, 'unreachable', { pbx: 'main' }, 'Nobody listens.');
      if (log.lines.length > before) saidAtMin.push(minute);
    }
    expect(saidAtMin).toEqual([0, 1, 6, 36, 96]);
    expect(log.lines.at(-1)?.facts).toEqual({ pbx: 'main', times: 193, forMs: 96 * MINUTE_MS });
    incidents.recovered(121 * MINUTE_MS, { pbx: 'main' }, 'Back.');
    incidents.recovered(122 * MINUTE_MS, { pbx: 'main' }, 'Back.');
    expect(log.lines.slice(5)).toEqual([
      { level: 'info', facts: { pbx: 'main', times: 241, afterMs: 121 * MINUTE_MS }, line: 'Back.' },
    ]);
  });

  it('says each kind of one incident, and begins anew after a recovery', () => {
    const log = new MemoryLog();
    const incidents = new IncidentLog(log);
    for (const kind of ['closed', 'unreachable', 'closed', 'unreachable'])
      incidents.failed(0, kind, {}, kind);
    incidents.recovered(1, {}, 'back');
    incidents.failed(2, 'closed', {}, 'closed');
    expect(log.lines.map((one) => one.line)).toEqual(['closed', 'unreachable', 'back', 'closed']);
  });
});
