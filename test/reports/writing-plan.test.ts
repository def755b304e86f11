import { describe, expect, it } from 'vitest';
import { hoursOfFrame } from '../../src/reports/report-period.ts';
import {
  afterWriting,
  firstState,
  reportFileName,
  writingTasks,
  type WritingState,
} from '../../src/reports/writing-plan.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const hours = hoursOfFrame({
  zone: 'UTC',
  shifts: [
    { name: 'day', fromMin: 480 },
    { name: 'night', fromMin: 1200 },
  ],
});
const T = Date.UTC(2026, 10, 21, 12);
const SHIFT_END = T + 8 * HOUR_MS;

/** A watch that looks at some instants and writes all that is due, of which `notOver` says how many calls are open. */
function someWriting(state: WritingState = firstState(T)) {
  let known = state;
  const look = (nowMs: number, notOver: (name: string) => number = () => 0, most = Infinity): string[] => {
    const due = writingTasks(known, hours, nowMs);
    const results = due
      .slice(0, most)
      .map((task) => ({ task, callsNotOver: notOver(`${task.kind} ${task.key}`) }));
    known = afterWriting(known, due, results, nowMs);
    return results
      .filter(({ task, callsNotOver }) => !task.onlyIfOver || callsNotOver === 0)
      .map(({ task }) => `${task.kind} ${task.key}`);
  };
  return { look, known: () => known };
}

describe('which reports are to be written', () => {
  it('each at its end, when its last events have come, and for the last time a day later', () => {
    const { look, known } = someWriting();
    expect(look(T + 1)).toEqual([]);
    expect(look(SHIFT_END + 1999)).toEqual([]);
    expect(look(SHIFT_END + 2000)).toEqual(['shift 2026-11-21 day']);
    expect(look(SHIFT_END + 2001)).toEqual([]);
    expect(look(SHIFT_END + 3 * HOUR_MS)).toEqual([]);
    expect(look(SHIFT_END + 4 * HOUR_MS + 2000)).toEqual(['day 2026-11-21']);
    expect(look(SHIFT_END + 12 * HOUR_MS + 2000)).toEqual(['shift 2026-11-21 night']);
    expect(look(SHIFT_END + DAY_MS + 2000)).toEqual(['shift 2026-11-22 day', 'shift 2026-11-21 day']);
    expect(look(SHIFT_END + DAY_MS + 2 * HOUR_MS)).toEqual([]);
    expect(known().followed.map(({ key }) => key)).toEqual([
      '2026-11-21',
      '2026-11-21 night',
      '2026-11-22 day',
    ]);
  });

  it('anew when the last call that was open at the end is over, and only then', () => {
    const { look } = someWriting();
    expect(look(SHIFT_END + 2000, () => 2)).toEqual(['shift 2026-11-21 day']);
    expect(look(SHIFT_END + 60_000, () => 1)).toEqual([]);
    expect(look(SHIFT_END + 120_000, () => 0)).toEqual(['shift 2026-11-21 day']);
    expect(look(SHIFT_END + 180_000, () => 0)).toEqual([]);
  });

  it('for the last time a day later, also with calls that never ended', () => {
    const { look, known } = someWriting();
    const stuck = (name: string): number => (name === 'shift 2026-11-21 day' ? 1 : 0);
    look(SHIFT_END + 2000, stuck);
    expect(look(SHIFT_END + DAY_MS + 2000, stuck)).toContain('shift 2026-11-21 day');
    expect(known().followed.some(({ key }) => key === '2026-11-21 day')).toBe(false);
  });

  it('those that ended while nobody wrote, and no more than 35 days of them', () => {
    const { look, known } = someWriting();
    look(SHIFT_END + 2000);
    const again = someWriting(JSON.parse(JSON.stringify(known())) as WritingState);
    expect(again.look(SHIFT_END + DAY_MS + 2000)).toEqual([
      'day 2026-11-21',
      'shift 2026-11-21 night',
      'shift 2026-11-22 day',
      'shift 2026-11-21 day',
    ]);
    const muchLater = someWriting(known()).look(SHIFT_END + 100 * DAY_MS);
    // Two a day: one lies on the edge, one is not over by 2 s, and one is that of the beginning, for the last time.
    expect(muchLater.filter((name) => name.startsWith('shift')).length).toBe(69 + 1);
    expect(muchLater).toContain('month 2027-01');
  });

  it('what could not be written is due again, also of two that end at one instant', () => {
    const midnight = Date.UTC(2026, 11, 1) + 2000;
    const { look } = someWriting(firstState(midnight - 3 * HOUR_MS));
    expect(look(midnight, undefined, 1)).toEqual(['day 2026-11-30']);
    expect(look(midnight, undefined, 0)).toEqual([]);
    expect(look(midnight)).toEqual(['month 2026-11']);
    expect(look(midnight)).toEqual([]);
  });

  it('nothing of the past where nothing was ever written', () => {
    expect(writingTasks(firstState(SHIFT_END + 3000), hours, SHIFT_END + 3000)).toEqual([]);
  });
});

describe('the name of a report', () => {
  it.each([
    ['shift', '2026-11-21 early', 'html', 'zh-Hans', 'shift-2026-11-21-early.zh-Hans.html'],
    ['shift', '2026-11-21 夜班', 'html', 'en', 'shift-2026-11-21-夜班.en.html'],
    ['shift', '2026-11-21 ../x y', 'csv', 'en', 'shift-2026-11-21-..-x-y.en.csv'],
    ['quarter', '2026-Q4', 'json', 'en', 'quarter-2026-Q4.json'],
  ] as const)('%s %s as %s in %s', (kind, key, format, language, name) => {
    expect(reportFileName({ kind, key }, format, language)).toBe(name);
  });
});
