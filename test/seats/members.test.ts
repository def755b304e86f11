import { describe, expect, test } from 'vitest';
import { Members } from '../../src/seats/members.ts';
import { somePbx } from '../support/definitions.ts';
import { memberLine } from '../support/event-script.ts';

const ann = { interface: 'PJSIP/101', name: 'Ann (configured)' };

describe('Members', () => {
  test('a seat is its state interface, whatever interface the queue rings', () => {
    const members = new Members(somePbx());
    members.put(memberLine({ interface: 'Local/101@seats/n', stateInterface: 'PJSIP/101' }), 1);
    expect(members.seatOf('Local/101@seats/n')).toBe('PJSIP/101');
    expect(members.seatOf('Local/101@seats')).toBe('PJSIP/101');
    expect(members.seatOf('PJSIP/101')).toBe('PJSIP/101');
  });

  test('an interface that no member and no configuration names is no seat', () => {
    const members = new Members(somePbx({ seats: [ann] }));
    expect(members.seatOf('PJSIP/999')).toBeUndefined();
    expect(members.seatOf('PJSIP/101')).toBe('PJSIP/101');
  });

  test('the agent is the member name now, else the configured name, else the interface', () => {
    const members = new Members(somePbx({ seats: [ann] }));
    expect(members.agentOf('PJSIP/101')).toBe('Ann (configured)');
    members.put(memberLine({ memberName: 'Bea' }), 1);
    expect(members.agentOf('PJSIP/101')).toBe('Bea');
    members.put(memberLine({ memberName: 'PJSIP/101' }), 2);
    expect(members.agentOf('PJSIP/101')).toBe('Ann (configured)');
    expect(members.agentOf('PJSIP/102')).toBe('PJSIP/102');
  });

  test('a Local member that leads to one configured phone is that seat', () => {
    const members = new Members(somePbx({ seats: [ann] }));
    members.put(memberLine({ interface: 'Local/101@seats' }), 1);
    expect(members.leadsTo('Local/101@seats', 'PJSIP/101')).toEqual(['Local/101@seats', 'PJSIP/101']);
    expect(members.seatOf('Local/101@seats')).toBe('PJSIP/101');
    expect(members.inQueues('PJSIP/101')).toBe(true);
    expect(members.isSeat('Local/101@seats')).toBe(false);
  });

  test('a Local member that leads to several configured phones is a group, and a seat of its own', () => {
    const members = new Members(somePbx({ seats: [ann, { interface: 'PJSIP/102', name: 'Bea' }] }));
    members.put(memberLine({ interface: 'Local/all@seats' }), 1);
    members.leadsTo('Local/all@seats', 'PJSIP/101');
    members.leadsTo('Local/all@seats', 'PJSIP/102');
    expect(members.leadsTo('Local/all@seats', 'PJSIP/101')).toEqual([]);
    expect(members.seatOf('Local/all@seats')).toBe('Local/all@seats');
    expect(members.inQueues('PJSIP/101')).toBe(false);
  });

  test('a line that says nothing but the status is taken over as that, any other is not', () => {
    const members = new Members(somePbx());
    const line = memberLine({ memberName: 'Ann', status: 1 });
    const known = members.put(line, 1);
    const others = [
      { paused: true, pausedReason: 'break' },
      { memberName: 'Bea' },
      { wrapupS: 7 },
      { stateInterface: 'PJSIP/102' },
    ];
    for (const other of others)
      expect(members.putStatus(known, { ...line, ...other, status: 6 }, 2)).toBe(false);
    expect([known.status, known.touchedPbxMs]).toEqual([1, 1]);
    expect(members.putStatus(known, { ...line, pausedReason: 'of before', status: 6 }, 3)).toBe(true);
    expect([known.status, known.touchedPbxMs]).toEqual([6, 3]);
  });

  test('one interface in two queues is one seat with two memberships', () => {
    const members = new Members(somePbx());
    members.put(memberLine({ queue: 'a' }), 1);
    members.put(memberLine({ queue: 'b' }), 1);
    expect([...members.of('PJSIP/101')].map((one) => one.queue)).toEqual(['a', 'b']);
    members.remove('a', 'PJSIP/101', 2);
    expect(members.isSeat('PJSIP/101')).toBe(true);
    members.remove('b', 'PJSIP/101', 3);
    expect(members.isSeat('PJSIP/101')).toBe(false);
  });
});
