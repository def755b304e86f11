import { describe, expect, it } from 'vitest';
import { callBackCsv, callBackList, callBackListSchema } from '../../src/explain/call-back-list.ts';
import { HOUR_MS, OPENED_MS, someCallBack } from './documents.ts';

const later = someCallBack(2 * HOUR_MS, { openedAtMs: OPENED_MS + HOUR_MS });
const emergency = someCallBack(HOUR_MS, {
  emergency: true,
  openedAtMs: OPENED_MS + 2 * HOUR_MS,
  dueAtMs: OPENED_MS,
});
const ended = someCallBack(1, {
  end: { how: 'through', atMs: OPENED_MS + 1, by: '', reason: null, note: '' },
});

describe('the list of call-backs', () => {
  const list = callBackList([later, someCallBack(3 * HOUR_MS), emergency, ended], OPENED_MS + 3 * HOUR_MS);

  it('has the open ones, the overdue first, then the oldest', () => {
    expect(list.callBacks.map(({ ageMs, overdue }) => [ageMs / HOUR_MS, overdue])).toEqual([
      [1, true],
      [3, false],
      [2, false],
    ]);
    expect([list.open, list.overdue]).toEqual([3, 1]);
  });

  it('says how many there are where it is cut', () => {
    const cut = callBackList([later], OPENED_MS + 3 * HOUR_MS, { count: 700, overdue: 600 });
    expect([cut.callBacks.length, cut.open, cut.overdue]).toEqual([1, 700, 600]);
  });

  it('is what its schema says, names calls and nobody', () => {
    expect(callBackListSchema.parse(list)).toEqual(list);
    expect(list.callBacks[1]).toMatchObject({
      pbx: 'north',
      hotline: 'gas',
      firstCall: 'north:1.1',
      openedAt: '2026-11-20T09:00:00.000Z',
      dueAt: '2026-11-23T09:00:00.000Z',
      lastOutcome: 'abandoned',
    });
    expect(list.callBacks[1]?.caller).toBe('138****0001');
  });

  it('goes into a spreadsheet with a head and a line for each', () => {
    const lines = callBackCsv(list).split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe(
      'id,caller,pbx,hotline,firstCall,lastCall,openedAt,openedAtMs,dueAt,dueAtMs,ageMs,overdue,emergency,lostCalls,lastOutcome,tries,daysTried,mayBeGivenUp',
    );
    expect(lines[2]).toBe(
      `cb1,138****0001,north,gas,north:1.1,north:1.1,2026-11-20T09:00:00.000Z,${OPENED_MS},2026-11-23T09:00:00.000Z,${OPENED_MS + 72 * HOUR_MS},${3 * HOUR_MS},no,no,1,abandoned,0,0,no`,
    );
  });
});
