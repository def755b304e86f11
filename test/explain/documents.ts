import type { CallBackEntry } from '../../src/store/call-back-reads.ts';

export const OPENED_MS = Date.parse('2026-11-20T09:00:00Z');
export const HOUR_MS = 3_600_000;

/** Owed since `OPENED_MS`, due within 72 h, looked at `ageMs` later; all else by `over`. */
export function someCallBack(ageMs: number, over: Partial<CallBackEntry> = {}): CallBackEntry {
  const openedAtMs = over.openedAtMs ?? OPENED_MS;
  const dueAtMs = over.dueAtMs ?? openedAtMs + 72 * HOUR_MS;
  return {
    id: 'cb1',
    pbx: 'north',
    hotline: 'gas',
    number: '138****0001',
    firstCall: '1.1',
    openedAtMs,
    dueAtMs,
    ageMs,
    overdue: openedAtMs + ageMs >= dueAtMs,
    emergency: false,
    lostCalls: 1,
    lastLostAtMs: openedAtMs,
    lastOutcome: 'abandoned',
    calls: [{ pbx: 'north', uniqueid: '1.1' }],
    tries: 0,
    lastTry: null,
    daysTried: 0,
    mayBeGivenUp: false,
    end: null,
    ...over,
  };
}
