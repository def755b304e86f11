import { describe, expect, it } from 'vitest';
import { sits } from './duties.ts';
import { check, LI, off, paused, right, span, UNSEEN, wrong, type Case } from './seat-spans.ts';

describe('a break in the middle of a shift', () => {
  const DUTIES = [LI, sits('thu', 'late', '101', 'Li')];
  const meal = (from: number, until: number) => [
    span('101', 'Li', -480, from),
    paused('101', 'Li', from, until, 'meal'),
    span('101', 'Li', until, 120),
  ];
  it.each<Case>([
    ['nobody else in the queue', meal(-200, -180), wrong('break PJSIP/101 Li -200..-180 1200 s service')],
    ['somebody else in the queue', [...meal(-200, -180), span('102', 'Sun', -480, 120)], right(1)],
    [
      'somebody else, talking',
      [...meal(-200, -180), span('102', 'Sun', -480, 120, { state: 'talking' })],
      right(1),
    ],
    [
      'somebody else, paused too',
      [...meal(-200, -180), paused('102', 'Sun', -480, 120)],
      wrong('break PJSIP/101 Li -200..-180 1200 s service'),
    ],
    [
      'somebody else, five minutes late',
      [...meal(-200, -180), off('102', -480, -195), span('102', 'Sun', -195, 120)],
      wrong('break PJSIP/101 Li -200..-195 300 s service'),
    ],
    [
      'somebody else in another queue',
      [...meal(-200, -180), span('102', 'Sun', -480, 120, { queues: ['emergency'] })],
      wrong('break PJSIP/101 Li -200..-180 1200 s service'),
    ],
    [
      'somebody else of whom nothing is known then',
      [...meal(-200, -180), span('102', 'Sun', -480, -210), span('102', 'Sun', -170, 120)],
      UNSEEN,
    ],
    [
      'somebody else of whom nothing is known at all',
      [...meal(-200, -180), span('102', '', -480, 120, { state: 'unknown', queues: [] })],
      UNSEEN,
    ],
    [
      'not seen to the end, so that the seat may have been back earlier',
      [span('101', 'Li', -480, -200), paused('101', 'Li', -200, -190), span('101', 'Li', -180, 120)],
      UNSEEN,
    ],
    ['a phone that registers anew', meal(-200, -199.7), right(1)],
    ['not seen', [span('101', 'Li', -480, -200), span('101', 'Li', -180, 120)], UNSEEN],
    [
      'still unrelieved at the end of what is known',
      [span('101', 'Li', -480, -200), paused('101', 'Li', -200, 120)],
      right(0),
    ],
  ])('%s', (_what, spans, told) => {
    expect(check(DUTIES, spans)).toEqual(told);
  });

  it('names each queue that is left with nobody, once the break', () => {
    const queues = ['service', 'emergency', 'overflow'];
    const spans = [
      span('101', 'Li', -480, -200, { queues }),
      span('101', 'Li', -200, -180, { state: 'paused', queues, pausedIn: queues }),
      span('101', 'Li', -180, 120, { queues }),
      span('102', 'Sun', -480, 120, { queues: ['overflow'] }),
    ];
    expect(check(DUTIES, spans)).toEqual(
      wrong('break PJSIP/101 Li -200..-180 1200 s service', 'break PJSIP/101 Li -200..-180 1200 s emergency'),
    );
  });
});
