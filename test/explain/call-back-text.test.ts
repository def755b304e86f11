import { describe, expect, it } from 'vitest';
import { callBackList } from '../../src/explain/call-back-list.ts';
import { callBackText } from '../../src/explain/call-back-text.ts';
import type { CallBackEntry } from '../../src/store/call-back-reads.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 10, 22, 7, 5, 30);

const entry = (id: string, ageMs: number, over: Partial<CallBackEntry> = {}): CallBackEntry => ({
  id,
  number: '138****0001',
  pbx: 'hq',
  hotline: 'gas',
  firstCall: `c-${id}`,
  openedAtMs: NOW - ageMs,
  dueAtMs: NOW - ageMs + 72 * HOUR_MS,
  ageMs,
  overdue: ageMs >= 72 * HOUR_MS,
  emergency: false,
  lostCalls: 1,
  lastLostAtMs: NOW - ageMs,
  lastOutcome: 'abandoned',
  calls: [],
  tries: 0,
  lastTry: null,
  daysTried: 0,
  mayBeGivenUp: false,
  end: null,
  ...over,
});

describe('the call-backs as a terminal shows them', () => {
  it('the overdue first, in columns', () => {
    const entries = [
      entry('7', 5 * HOUR_MS, { emergency: true, number: '' }),
      entry('12', 80 * HOUR_MS, { tries: 3, daysTried: 2, mayBeGivenUp: true, lostCalls: 4 }),
    ];
    expect(callBackText(callBackList(entries, NOW))).toBe(
      [
        'ID  CALLER       HOTLINE  SINCE              AGE   DUE                LOST  LAST       TRIES',
        '12  138****0001  hq/gas   2026-11-18 23:05Z  80 h  2026-11-21 23:05Z  4     abandoned  3 on 2 d  OVERDUE, may be given up',
        '7   -            hq/gas   2026-11-22 02:05Z  5 h   2026-11-25 02:05Z  1     abandoned  0         EMERGENCY',
        '2 open, 1 overdue',
        '',
      ].join('\n'),
    );
  });

  it('says so where nobody is owed one', () => {
    expect(callBackText(callBackList([], NOW))).toBe('nobody is owed a call back\n');
  });
});
