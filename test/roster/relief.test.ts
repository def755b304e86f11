import { describe, expect, it } from 'vitest';
import type { RosterDuty } from '../../src/hotlines/definition.ts';
import type { SeatSpan } from '../../src/roster/presence.ts';
import { sits } from './duties.ts';
import { check, LI, off, right, span, UNSEEN, wrong } from './seat-spans.ts';

describe('the hand-over from seat to seat', () => {
  const CHEN = sits('thu', 'late', '102', 'Chen');
  const gone = (seat: string, agent: string, at: number) => [span(seat, agent, -480, at), off(seat, at, 120)];
  const came = (seat: string, agent: string, at: number) => [off(seat, -480, at), span(seat, agent, at, 120)];
  const two = [LI, sits('thu', 'early', '103', 'Sun'), CHEN];
  it.each<[string, readonly RosterDuty[], readonly SeatSpan[], ReturnType<typeof check>]>([
    [
      'the successor is there first',
      [LI, CHEN],
      [...gone('101', 'Li', 0), ...came('102', 'Chen', -5)],
      right(1),
    ],
    [
      'the successor sat there all day',
      [LI, CHEN],
      [...gone('101', 'Li', 0), span('102', 'Chen', -480, 120)],
      right(1),
    ],
    [
      'the successor sat there all day, the last hour on calls',
      [LI, CHEN],
      [
        ...gone('101', 'Li', -90),
        span('102', 'Chen', -480, -70),
        span('102', 'Chen', -70, 120, { state: 'talking' }),
      ],
      right(1),
    ],
    [
      'who comes sits at another exchange',
      [LI, { ...CHEN, pbx: 'north' }],
      [...gone('101', 'Li', 0), ...came('102', 'Chen', 5).map((one) => ({ ...one, pbx: 'north' }))],
      right(0),
    ],
    [
      'the successor is late',
      [LI, CHEN],
      [...gone('101', 'Li', 0), ...came('102', 'Chen', 5)],
      wrong('shift-end PJSIP/101 Li 0..5 300 s PJSIP/102'),
    ],
    [
      'the successor never comes',
      [LI, CHEN],
      [...gone('101', 'Li', 0), off('102', -480, 120)],
      wrong('shift-end PJSIP/101 Li 0..nobody 7200 s PJSIP/102'),
    ],
    [
      'who goes waits for the successor',
      [LI, CHEN],
      [...gone('101', 'Li', 20), ...came('102', 'Chen', 15)],
      right(1),
    ],
    [
      'who goes is still there',
      [LI, CHEN],
      [span('101', 'Li', -480, 120), ...came('102', 'Chen', 15)],
      right(0),
    ],
    [
      'two go and one comes: the first to go is not asked for',
      two,
      [...gone('101', 'Li', -10), ...gone('103', 'Sun', 0), ...came('102', 'Chen', -1)],
      right(1),
    ],
    [
      'two go and one comes after both',
      two,
      [...gone('101', 'Li', -10), ...gone('103', 'Sun', 0), ...came('102', 'Chen', 2)],
      wrong('shift-end PJSIP/103 Sun 0..2 120 s PJSIP/102'),
    ],
    [
      'two go and two come: the last to go waits for the last to come',
      [...two, sits('thu', 'late', '104', 'Ma')],
      [
        ...gone('101', 'Li', -10),
        ...gone('103', 'Sun', 0),
        ...came('102', 'Chen', -15),
        ...came('104', 'Ma', 2),
      ],
      { judged: 2, unseen: 0, findings: ['shift-end PJSIP/103 Sun 0..2 120 s PJSIP/104'] },
    ],
    [
      'who comes takes calls of another queue',
      [LI, CHEN],
      [...gone('101', 'Li', 0), off('102', -480, 5), span('102', 'Chen', 5, 120, { queues: ['emergency'] })],
      right(0),
    ],
    ['the coming was not seen', [LI, CHEN], [...gone('101', 'Li', 0), span('102', 'Chen', 5, 120)], UNSEEN],
    [
      'the coming was not seen, but early enough',
      [LI, CHEN],
      [...gone('101', 'Li', 0), span('102', 'Chen', -5, 120)],
      right(1),
    ],
    [
      'the leaving was not seen',
      [LI, CHEN],
      [span('101', 'Li', -480, -9), ...came('102', 'Chen', 5)],
      UNSEEN,
    ],
  ])('%s', (_what, duties, spans, told) => {
    expect(check(duties, spans)).toEqual(told);
  });
});
