import type { Labels } from '../series-of-golden.ts';
import { ALWAYS, DAEMON, up, type Shown, type Stretch } from '../rule-case.ts';
import { BLIND, NORTH, open, series, told } from './given.ts';
import type { AlertStory } from './story.ts';

const DOWN: Labels = { severity: 'page', ...DAEMON };
const GONE: Labels = { severity: 'page' };
const FIRST_DOWN =
  'no call is watched, or nobody is told of it. ' +
  'First: see whether the process runs and what its log ends with; then whether Prometheus may reach it.';

export const ringsideDown: AlertStory = {
  alert: 'RingsideDown',
  fires: {
    given: [
      up([
        [1, 10],
        [0, ALWAYS],
      ]),
    ],
    firing: [
      [10.75, []],
      [11, [DOWN]],
    ],
    told: told(
      'RingsideDown',
      11,
      DOWN,
      'Ringside at daemon:9811 does not answer',
      `daemon:9811 (job ringside) was asked for its metrics and did not give them: ${FIRST_DOWN}`,
    ),
  },
  // A restart takes less than a minute.
  justBelow: {
    given: [
      up([
        [1, 10],
        [0, 0.75],
        [1, ALWAYS],
      ]),
    ],
    firing: [
      [10.5, []],
      [10.75, []],
      [12, []],
    ],
  },
  resolves: {
    given: [
      up([
        [0, 10],
        [1, ALWAYS],
      ]),
    ],
    firing: [
      [9, [DOWN]],
      [10, []],
    ],
  },
  noCalls: { given: [up([[1, ALWAYS]])], firing: [[10, []]] },
  // It has to watch at all hours.
  outOfHours: { given: [up([[0, ALWAYS]]), open(0)], firing: [[10, [DOWN]]] },
  // It is there, and says of itself that it does not see.
  blind: { given: [up([[1, ALWAYS]]), BLIND], firing: [[10, []]] },
  // Prometheus begins, and has not asked yet.
  coldStart: {
    given: [
      up([
        [undefined, 0.75],
        [1, ALWAYS],
      ]),
    ],
    firing: [
      [0.5, []],
      [0.75, []],
      [2, []],
    ],
  },
  afterReset: { given: [up([[1, ALWAYS]])], firing: [[10, []]] },
  more: {
    'there is no such target': {
      given: [up([[1, ALWAYS]], { job: 'other', instance: 'elsewhere:1' })],
      firing: [
        [0.75, []],
        [1, [GONE]],
      ],
      told: told(
        'RingsideDown',
        1,
        GONE,
        'Ringside does not answer',
        `Prometheus has no target whose job begins with "ringside": ${FIRST_DOWN}`,
      ),
    },
    'one of two daemons': {
      given: [
        up([[1, ALWAYS]], { job: 'ringside-south', instance: 'south:9811' }),
        up([[0, ALWAYS]], { job: 'ringside-north', instance: 'north:9811' }),
      ],
      firing: [[2, [{ severity: 'page', job: 'ringside-north', instance: 'north:9811' }]]],
    },
  },
};

const AMI: Labels = { severity: 'page', ...NORTH };
const ami = (...stretches: readonly Stretch[]): Shown => series('ringside_ami_up', stretches);

export const amiDown: AlertStory = {
  alert: 'AmiDown',
  fires: {
    given: [
      open(1),
      ami([1, 10], [0, ALWAYS]),
      series('ringside_blind_for_seconds', [
        [0, 10],
        [45, ALWAYS],
      ]),
      series('ringside_ami_failure', [[1, ALWAYS]], { code: 'login-refused' }),
      series('ringside_ami_failure', [[0, ALWAYS]], { code: 'unreachable' }),
    ],
    firing: [
      [10.25, []],
      [10.5, [AMI]],
    ],
    told: told(
      'AmiDown',
      10.5,
      AMI,
      'The exchange north is not seen',
      'Blind for 45s, last failure: login-refused. Calls that pass now are unknown and in no rate. ' +
        'First: see whether Asterisk runs and answers at its AMI port; the README says what each failure means.',
    ),
  },
  // A short cut, and it is there again.
  justBelow: {
    given: [open(1), ami([1, 10], [0, 0.5], [1, ALWAYS])],
    firing: [
      [10.25, []],
      [10.5, []],
      [12, []],
    ],
  },
  resolves: {
    given: [open(1), ami([0, 10], [1, ALWAYS])],
    firing: [
      [9, [AMI]],
      [10, []],
    ],
  },
  noCalls: { given: [open(1), ami([1, ALWAYS])], firing: [[10, []]] },
  // Calls come at night, too.
  outOfHours: { given: [open(0), ami([0, ALWAYS])], firing: [[10, [AMI]]] },
  // That is what it says.
  blind: { given: [open(1), BLIND, ami([0, ALWAYS])], firing: [[10, [AMI]]] },
  coldStart: { given: [ami([undefined, 10], [0, 0.25], [1, ALWAYS])], firing: [[11, []]] },
  afterReset: { given: [ami([1, 10], [undefined, 0.25], [0, 0.25], [1, ALWAYS])], firing: [[11, []]] },
};

const HOLE: Labels = { severity: 'notice', ...NORTH };
const blindSum = (...stretches: readonly Stretch[]): Shown =>
  series('ringside_blind_seconds_total', stretches);
const blindFor = (...stretches: readonly Stretch[]): Shown => series('ringside_blind_for_seconds', stretches);
const SEEN = blindFor([0, ALWAYS]);

export const blindTime: AlertStory = {
  alert: 'BlindTime',
  fires: {
    given: [
      open(1),
      SEEN,
      blindSum([3.5, 10], [65.5, ALWAYS]),
      series(
        'ringside_resync_calls_total',
        [
          [1, 10],
          [3, ALWAYS],
        ],
        { result: 'ended_unknown' },
      ),
      series(
        'ringside_resync_calls_total',
        [
          [0, 10],
          [4, ALWAYS],
        ],
        { result: 'missed' },
      ),
    ],
    firing: [
      [9, []],
      [10, [HOLE]],
    ],
    told: told(
      'BlindTime',
      10,
      HOLE,
      'The exchange north was not seen for 1m 2s of the last hour',
      'Blind for 1m 2s in an hour; 2 calls ended unknown in it, 4 passed unseen. ' +
        'First: find what cut the connection; where a queue_log is configured, the holes are filled from it.',
    ),
  },
  justBelow: { given: [open(1), SEEN, blindSum([3.5, 10], [63.5, ALWAYS])], firing: [[11, []]] },
  resolves: {
    given: [SEEN, blindSum([3.5, 10], [103.5, ALWAYS])],
    firing: [
      [69.5, [HOLE]],
      [70.25, []],
    ],
  },
  noCalls: { given: [open(1), SEEN, blindSum([3.5, ALWAYS])], firing: [[10, []]] },
  // There is a hole in the figures of the night.
  outOfHours: { given: [open(0), SEEN, blindSum([3.5, 10], [103.5, ALWAYS])], firing: [[11, [HOLE]]] },
  // It is not over: what runs is counted with it. AmiDown says it until then, and silences this one.
  blind: {
    given: [BLIND, blindSum([3.5, ALWAYS]), blindFor([0, 10], [15, 1], [75, ALWAYS])],
    firing: [
      [10.5, []],
      [11, [HOLE]],
    ],
  },
  coldStart: {
    given: [SEEN, blindSum([undefined, 10], [9000, ALWAYS])],
    firing: [
      [10, []],
      [11, []],
    ],
  },
  afterReset: {
    given: [SEEN, blindSum([9000, 10], [0, 10], [75, ALWAYS])],
    firing: [
      [11, []],
      [21, [HOLE]],
    ],
  },
};
