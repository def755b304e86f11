import { describe, expect, it } from 'vitest';
import { callBacksCsv } from '../../src/reports/call-backs-csv.ts';
import type { CallBackEntry } from '../../src/store/call-back-reads.ts';

const T = Date.UTC(2026, 9, 20, 1);
const entry: CallBackEntry = {
  id: '17',
  pbx: 'hq',
  hotline: 'gas',
  firstCall: '1.1',
  number: '138****0001',
  openedAtMs: T,
  dueAtMs: T + 72 * 3_600_000,
  ageMs: 5_500_000,
  overdue: false,
  emergency: false,
  lostCalls: 2,
  lastLostAtMs: T + 60_000,
  lastOutcome: 'abandoned',
  calls: [{ pbx: 'hq', uniqueid: '1.1' }],
  tries: 0,
  lastTry: null,
  daysTried: 0,
  mayBeGivenUp: false,
  end: null,
};

describe('call-backs as CSV', () => {
  it('have a line each, what is not there left empty', () => {
    const [head, line, end] = callBacksCsv([entry]).split('\r\n');
    expect(head).toMatch(/^id,exchange,hotline,number,opened,due,age hours,/);
    expect(line).toBe(
      '17,hq,gas,138****0001,2026-10-20T01:00:00.000Z,2026-10-23T01:00:00.000Z,1.5,no,no,2,' +
        '2026-10-20T01:01:00.000Z,abandoned,0,,0,no,,,,,',
    );
    expect(end).toBe('');
    expect(head?.split(',')).toHaveLength(line?.split(',').length ?? 0);
  });

  it('no cell is a formula, whatever a leader wrote', () => {
    const ended = {
      how: 'person',
      atMs: T,
      by: '@lea',
      reason: 'other',
      note: '=HYPERLINK("x"),\n1',
    } as const;
    const text = callBacksCsv([{ ...entry, hotline: '-gas', end: ended }]);
    expect(text).toContain(`,'-gas,`);
    expect(text).toContain(`,'@lea,other,"'=HYPERLINK(""x""),\n1"\r\n`);
  });
});
