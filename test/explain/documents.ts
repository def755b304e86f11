import type { CallBack } from '../../src/attempts/call-back.ts';
import { call } from '../attempts/calls.ts';

export const OPENED_MS = Date.parse('2026-11-20T09:00:00Z');
export const HOUR_MS = 3_600_000;

/** Owed since `OPENED_MS`, due within 72 h; all else by `over`. */
export function someCallBack(over: Partial<CallBack> = {}): CallBack {
  const lost = [call(OPENED_MS - 30_000, 'abandoned', { uniqueid: '1.1', pbx: 'north', hotline: 'gas' })];
  return {
    caller: 'a keyed hash',
    openedAtMs: OPENED_MS,
    dueAtMs: OPENED_MS + 72 * HOUR_MS,
    emergency: false,
    lost,
    owed: lost,
    tries: [],
    daysTried: 0,
    mayBeGivenUp: false,
    refused: [],
    end: undefined,
    ...over,
  };
}
