import { describe, expect, it } from 'vitest';
import { checkRoster } from '../../src/config/check-roster.ts';
import { pathKey } from '../../src/config/setting-node.ts';
import type { RosterDuty } from '../../src/hotlines/definition.ts';

const COMPANY = { zone: 'Asia/Shanghai', shifts: { night: '22:00', early: '06:00' } };
const HQ = { name: 'hq', seats: [{ interface: 'PJSIP/101', name: 'Desk 1' }] };

function compiled(roster: object, csv = '', pbxs: readonly object[] = [HQ]) {
  const files = new Map([[pathKey(['roster', 'file']), { text: csv, readableByAll: true }]]);
  return checkRoster({ company: COMPANY, pbxs, roster }, files);
}
const inFile = (csv: string, pbxs?: readonly object[]) => compiled({ file: 'roster.csv' }, csv, pbxs);

const leads = (day: string, shift: string, agent: string): RosterDuty => ({
  day,
  shift,
  role: 'leader',
  pbx: '',
  seat: '',
  agent,
});
const sits = (day: string, shift: string, seat: string, agent: string): RosterDuty => ({
  day,
  shift,
  role: 'seat',
  pbx: 'hq',
  seat,
  agent,
});

const ENTRIES = [
  { day: 'sat,sun', shift: 'night', leader: 'Wang Fang', seats: { 'Desk 1': 'Li Na' } },
  { day: '2026-10-01', shift: 'early', seats: { 'Desk 1': '-', 'PJSIP/300': 'Chen Jie' } },
];
const CSV = `# October
day,shift,seat,agent,role
"sat,sun",night,,Wang Fang,leader
"sat,sun",night,Desk 1,Li Na,seat
2026/10/1,early,Desk 1,-,seat
2026-10-01,early,PJSIP/300,Chen Jie,seat
`;
const DUTIES = [
  leads('sat', 'night', 'Wang Fang'),
  leads('sun', 'night', 'Wang Fang'),
  sits('sat', 'night', 'PJSIP/101', 'Li Na'),
  sits('sun', 'night', 'PJSIP/101', 'Li Na'),
  sits('2026-10-01', 'early', 'PJSIP/101', ''),
  sits('2026-10-01', 'early', 'PJSIP/300', 'Chen Jie'),
];

describe('checkRoster', () => {
  it('knows nothing where none is configured', () => {
    expect(checkRoster({ company: COMPANY, pbxs: [HQ] }, new Map())).toEqual({
      roster: undefined,
      findings: [],
    });
  });

  it('makes a duty of each day and seat, days of the week and names resolved, shifts in order', () => {
    const { roster, findings } = compiled({ entries: ENTRIES });
    expect(findings).toEqual([]);
    expect(roster).toMatchObject({
      zone: 'Asia/Shanghai',
      shifts: [
        { name: 'early', fromMin: 360 },
        { name: 'night', fromMin: 1320 },
      ],
      duties: DUTIES,
    });
  });

  it('reads the same from a file, whatever the spreadsheet', () => {
    const { roster } = compiled({ entries: ENTRIES });
    expect(inFile(CSV).roster).toEqual(roster);
    expect(inFile(`\uFEFF${CSV.replaceAll('\n', '\r\n')}`).roster).toEqual(roster);
    expect(
      inFile(CSV.replaceAll('"', '').replaceAll(',', ';').replaceAll('sat;sun', 'sat,sun')).roster,
    ).toEqual(roster);
  });

  it('has the same hash for the same duties in another order, and another for others', () => {
    const hash = (entries: readonly object[]) => compiled({ entries }).roster?.hash;
    const same = hash(ENTRIES);
    expect(same).toMatch(/^[0-9a-f]{12}$/);
    expect(hash(ENTRIES.toReversed())).toBe(same);
    expect(hash(ENTRIES.slice(1))).not.toBe(same);
  });

  it('gives a leader who has a seat both', () => {
    const { roster } = inFile('role,agent,seat,shift,day\nleader,Wang Fang,Desk 1,early,mon\n');
    expect(roster?.duties).toEqual([
      leads('mon', 'early', 'Wang Fang'),
      sits('mon', 'early', 'PJSIP/101', 'Wang Fang'),
    ]);
  });

  it('tells the exchanges of seats apart', () => {
    const north = { name: 'north', seats: [{ interface: 'PJSIP/900', name: 'Desk 1' }] };
    const { roster } = inFile(
      'day,shift,seat,agent,role,pbx\nmon,early,Desk 1,Li Na,seat,hq\nmon,early,Desk 1,Chen Jie,seat,north\n',
      [HQ, north],
    );
    expect(roster?.duties.map(({ pbx, seat }) => `${pbx} ${seat}`)).toEqual([
      'hq PJSIP/101',
      'north PJSIP/900',
    ]);
  });

  it('is not there where a line of it is wrong', () => {
    expect(inFile(`${CSV}mon,erly,Desk 1,Li Na,seat\n`)).toMatchObject({
      roster: undefined,
      findings: [{ inFile: { file: 'roster.csv', line: 7, column: 'shift' } }],
    });
  });
});
