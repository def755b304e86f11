import type { Labels } from '../series-of-golden.ts';
import { ALWAYS, type Shown, type Stretch } from '../rule-case.ts';
import { open, series } from './given.ts';
import { runbook, type AlertStory } from './story.ts';

const inQueue = (severity: string): Labels => ({
  severity,
  watches: 'calls',
  job: 'ringside',
  pbx: 'north',
  queue: 'support',
});
const queueOpen = (isOpen: number): Shown => series('ringside_queue_open', [[isOpen, ALWAYS]]);

const UNSTAFFED = [inQueue('page')];
const staffed = (...stretches: readonly Stretch[]): Shown => series('ringside_queue_staffed', stretches);
const emptyFrom10 = staffed([1, 10], [0, ALWAYS]);

export const queueUnstaffed: AlertStory = {
  alert: 'QueueUnstaffed',
  fires: {
    given: [
      queueOpen(1),
      emptyFrom10,
      series('ringside_queue_seats', [[2, ALWAYS]], { state: 'paused' }),
      series('ringside_queue_seats', [[1, ALWAYS]], { state: 'offline' }),
      series('asterisk_queue_callers', [[4, ALWAYS]]),
    ],
    firing: [
      [10, []],
      [10.25, []],
      [10.5, UNSTAFFED],
    ],
    told: {
      atMin: 10.5,
      alerts: [
        {
          labels: inQueue('page'),
          annotations: {
            summary: 'Queue support (north) is open and nobody is there',
            description:
              '0 members are logged in, unpaused and reachable; 2 seats are paused, 1 offline, 4 callers wait. ' +
              'First: seats, have a paused one back or move one here from the board.',
            runbook_url: runbook('QueueUnstaffed'),
          },
        },
      ],
    },
  },
  justBelow: {
    // One member, or none for less than 30 s.
    given: [queueOpen(1), staffed([1, 10], [0, 0.5], [1, ALWAYS])],
    firing: [
      [9, []],
      [10.25, []],
      [10.5, []],
      [11, []],
    ],
  },
  resolves: {
    given: [queueOpen(1), staffed([0, 10], [1, ALWAYS])],
    firing: [
      [9.75, UNSTAFFED],
      [10.75, UNSTAFFED],
      [11, []],
    ],
  },
  // Somebody has to be there before the first calls.
  noCalls: {
    given: [queueOpen(1), emptyFrom10, series('asterisk_queue_callers', [[0, ALWAYS]])],
    firing: [[11, UNSTAFFED]],
  },
  outOfHours: { given: [queueOpen(0), emptyFrom10], firing: [[20, []]] },
  // It is not called over before AmiDown says that nobody knows.
  blind: {
    given: [
      queueOpen(1),
      staffed([0, 10], [undefined, ALWAYS]),
      series('ringside_ami_up', [
        [1, 10],
        [0, ALWAYS],
      ]),
    ],
    firing: [
      [9, UNSTAFFED],
      [10.25, UNSTAFFED],
    ],
    values: [
      {
        atMin: 10.5,
        expression: 'group by (alertname) (ALERTS{alertstate="firing"})',
        are: [
          [{ alertname: 'QueueUnstaffed' }, 1],
          [{ alertname: 'AmiDown' }, 1],
        ],
      },
      {
        atMin: 11,
        expression: 'group by (alertname) (ALERTS{alertstate="firing"})',
        are: [[{ alertname: 'AmiDown' }, 1]],
      },
    ],
  },
  coldStart: {
    // The first picture is not whole for some seconds.
    given: [
      series('ringside_queue_open', [
        [undefined, 10],
        [1, ALWAYS],
      ]),
      staffed([undefined, 10], [0, 0.25], [2, ALWAYS]),
    ],
    firing: [
      [10, []],
      [10.5, []],
      [11, []],
    ],
  },
  // A gauge, it has nothing to forget.
  afterReset: { given: [queueOpen(1), staffed([0, 10], [undefined, 0.25], [2, ALWAYS])], firing: [[11, []]] },
};

const wait = (...stretches: readonly Stretch[]): Shown =>
  series('ringside_queue_live_longest_wait_seconds', stretches);
const quarter = (seconds: number | undefined): Shown =>
  series('ringside_queue_patience_seconds', [[seconds, ALWAYS]], { share: '0.25' });
const half = (seconds: number | undefined): Shown =>
  series('ringside_queue_patience_seconds', [[seconds, ALWAYS]], { share: '0.5' });
const WAITING_NOTICE = [inQueue('notice')];
const WAITING_BOTH = [inQueue('notice'), inQueue('page')];
const waitingTold = (first: string) =>
  [inQueue('notice'), inQueue('page')].map((labels) => ({
    labels,
    annotations: {
      summary: 'Queue support (north): callers wait longer than they are willing to',
      description:
        'The first of 4 callers has waited 1m 31s; a quarter have given up by 45s, half by 1m 30s. ' +
        `3 members are there. First: ${first}`,
      runbook_url: runbook('CallersWaitingTooLong'),
    },
  }));
const seats = (idle: number, paused: number): Shown[] => [
  series('ringside_seats', [[idle, ALWAYS]], { state: 'idle' }),
  series('ringside_seats', [[paused, ALWAYS]], { state: 'paused' }),
];
const CALLERS = series('asterisk_queue_callers', [[4, ALWAYS]]);
const STAFFED = series('ringside_queue_staffed', [[3, ALWAYS]]);
const PATIENCE = [quarter(45), half(90), CALLERS, STAFFED];

export const callersWaitingTooLong: AlertStory = {
  alert: 'CallersWaitingTooLong',
  fires: {
    given: [queueOpen(1), ...PATIENCE, ...seats(2, 1), wait([undefined, 10], [46, 5], [91, ALWAYS])],
    firing: [
      [9, []],
      [10, []],
      [10.25, WAITING_NOTICE],
      [15.25, WAITING_BOTH],
    ],
    told: { atMin: 15.25, alerts: waitingTold('seats, 2 of this exchange are idle: move them here.') },
  },
  justBelow: {
    given: [queueOpen(1), ...PATIENCE, wait([undefined, 10], [45, 10], [90, ALWAYS])],
    firing: [
      [15, []],
      [25, WAITING_NOTICE],
    ],
  },
  resolves: {
    given: [queueOpen(1), ...PATIENCE, wait([91, 10], [10, ALWAYS])],
    firing: [
      [9, WAITING_BOTH],
      [10.75, WAITING_BOTH],
      [11, []],
    ],
  },
  noCalls: {
    given: [queueOpen(1), quarter(45), half(90), STAFFED, wait([undefined, ALWAYS])],
    firing: [[10, []]],
  },
  // A colleague may wait in it at night.
  outOfHours: { given: [queueOpen(0), ...PATIENCE, wait([91, ALWAYS])], firing: [[10, []]] },
  blind: {
    given: [queueOpen(1), quarter(45), half(90), wait([91, 10], [undefined, ALWAYS])],
    firing: [
      [9, WAITING_BOTH],
      [11, []],
    ],
  },
  coldStart: {
    // Without a journal nobody knows yet how patient they are.
    given: [queueOpen(1), quarter(undefined), half(undefined), wait([undefined, 10], [300, ALWAYS])],
    firing: [[20, []]],
  },
  afterReset: {
    given: [
      queueOpen(1),
      quarter(undefined),
      half(undefined),
      wait([91, 10], [undefined, 0.25], [300, ALWAYS]),
    ],
    firing: [[20, []]],
  },
  more: {
    'the next in line has waited nearly as long: it is the same alert': {
      given: [queueOpen(1), ...PATIENCE, wait([91, 10], [60, 0.5], [91, ALWAYS])],
      firing: [
        [9, WAITING_BOTH],
        [10.25, WAITING_BOTH],
        [10.75, WAITING_BOTH],
        [12, WAITING_BOTH],
      ],
    },
    'where nobody is idle, whoever is paused comes back': {
      given: [queueOpen(1), ...PATIENCE, ...seats(0, 1), wait([91, ALWAYS])],
      told: { atMin: 5, alerts: waitingTold('seats, 1 of this exchange are paused: have them back.') },
    },
    'where nobody is idle or paused there are too few positions': {
      given: [queueOpen(1), ...PATIENCE, ...seats(0, 0), wait([91, ALWAYS])],
      told: {
        atMin: 5,
        alerts: waitingTold('positions, no seat is idle or paused: more people are needed at this hour.'),
      },
    },
  },
};

const LINES: Labels = { severity: 'page', watches: 'calls', job: 'ringside', pbx: 'north', trunk: 'carrier' };
const lines = series('ringside_lines', [[30, ALWAYS]]);
const inUse = (...stretches: readonly Stretch[]): Shown => series('ringside_lines_in_use', stretches);

export const linesExhausted: AlertStory = {
  alert: 'LinesExhausted',
  fires: {
    given: [
      open(1),
      lines,
      inUse([29, 10], [30, ALWAYS]),
      series('ringside_live_waiting', [[11, ALWAYS]]),
      series('ringside_live_talking', [[14, ALWAYS]]),
      series('ringside_live_waiting', [[2, ALWAYS]], { hotline: 'water' }),
      series('ringside_live_talking', [[1, ALWAYS]], { hotline: 'water' }),
    ],
    firing: [
      [10.25, []],
      [10.5, [LINES]],
    ],
    told: {
      atMin: 10.5,
      alerts: [
        {
          labels: LINES,
          annotations: {
            summary: 'All lines of carrier (north) are in use',
            description:
              '30 of 30 lines are in use; on this exchange 13 callers wait and 15 talk. First: lines. ' +
              'Where far fewer callers wait and talk, end calls that hang; else ask the carrier for more lines.',
            runbook_url: runbook('LinesExhausted'),
          },
        },
      ],
    },
  },
  justBelow: { given: [open(1), lines, inUse([29, ALWAYS])], firing: [[10, []]] },
  resolves: {
    given: [open(1), lines, inUse([30, 10], [29, ALWAYS])],
    firing: [
      [10.75, [LINES]],
      [11, []],
    ],
  },
  noCalls: { given: [open(1), lines, inUse([0, ALWAYS])], firing: [[10, []]] },
  // Whoever calls at night hears busy, too.
  outOfHours: {
    given: [open(0), lines, inUse([0, 10], [30, ALWAYS])],
    firing: [
      [9, []],
      [11, [LINES]],
    ],
  },
  blind: {
    given: [open(1), lines, inUse([30, 10], [undefined, ALWAYS])],
    firing: [
      [9, [LINES]],
      [11, []],
    ],
  },
  coldStart: {
    given: [
      series('ringside_lines', [
        [undefined, 10],
        [30, ALWAYS],
      ]),
      inUse([undefined, 10], [3, ALWAYS]),
    ],
    firing: [[11, []]],
  },
  afterReset: { given: [lines, inUse([30, 10], [undefined, 0.25], [3, ALWAYS])], firing: [[15, []]] },
  more: {
    'a trunk of unknown size is never full': {
      given: [inUse([30, ALWAYS])],
      firing: [[10, []]],
    },
  },
};

const OVERDUE: Labels = {
  severity: 'notice',
  watches: 'calls',
  job: 'ringside',
  pbx: 'north',
  hotline: 'gas',
};
const overdue = (...stretches: readonly Stretch[]): Shown => series('ringside_call_backs_overdue', stretches);
const SEEN = series('ringside_blind', [[0, ALWAYS]]);

export const callBackOverdue: AlertStory = {
  alert: 'CallBackOverdue',
  fires: {
    given: [open(1), SEEN, overdue([0, 10], [2, ALWAYS]), series('ringside_call_backs_open', [[5, ALWAYS]])],
    firing: [
      [10.75, []],
      [11, [OVERDUE]],
    ],
    told: {
      atMin: 11,
      alerts: [
        {
          labels: OVERDUE,
          annotations: {
            summary: 'gas (north): call-backs are overdue',
            description:
              '2 of 5 callers who are owed a call have waited past their time (72 hours; an emergency is due at once). ' +
              'First: have them called, longest due first; the board lists them.',
            runbook_url: runbook('CallBackOverdue'),
          },
        },
      ],
    },
  },
  justBelow: {
    given: [open(1), SEEN, overdue([0, ALWAYS]), series('ringside_call_backs_open', [[5, ALWAYS]])],
    firing: [[20, []]],
  },
  resolves: {
    given: [open(1), SEEN, overdue([2, 10], [0, ALWAYS])],
    firing: [
      [9, [OVERDUE]],
      [10, []],
    ],
  },
  noCalls: {
    given: [open(1), SEEN, overdue([0, ALWAYS]), series('ringside_call_backs_open', [[0, ALWAYS]])],
    firing: [[20, []]],
  },
  // Nobody can be called at night; in the morning it is said again.
  outOfHours: {
    given: [
      series('ringside_hotline_open', [
        [0, 10],
        [1, ALWAYS],
      ]),
      SEEN,
      overdue([2, ALWAYS]),
    ],
    firing: [
      [9, []],
      [11, [OVERDUE]],
    ],
  },
  // The call that closes it may be one that is not seen.
  blind: {
    given: [
      open(1),
      series('ringside_blind', [
        [0, 10],
        [1, ALWAYS],
      ]),
      overdue([2, ALWAYS]),
    ],
    firing: [
      [9, [OVERDUE]],
      [10, []],
    ],
  },
  coldStart: { given: [open(1), SEEN, overdue([undefined, 10], [0, ALWAYS])], firing: [[20, []]] },
  afterReset: {
    given: [open(1), SEEN, overdue([2, 10], [undefined, 0.25], [0, ALWAYS])],
    firing: [
      [9, [OVERDUE]],
      [11, []],
    ],
  },
};
