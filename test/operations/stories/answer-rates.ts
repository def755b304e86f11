import { fewestSignificantMisses } from '../../../src/rates/binomial.ts';
import type { Labels } from '../series-of-golden.ts';
import { ALWAYS, shown, type Shown } from '../rule-case.ts';
import { NO_CALLS, rateSeries, TRANSFER, type Windows } from './window-calls.ts';
import { runbook, type AlertStory } from './story.ts';

const ALERT = 'AnswerRateFalling';
const of = (severity: string, target = 'transfer'): Labels => ({
  severity,
  watches: 'calls',
  job: 'ringside',
  pbx: 'north',
  hotline: 'gas',
  target,
});
const PAGE = of('page');
const NOTICE = of('notice');
const BOTH = [NOTICE, PAGE];

const ELSEWHERE: Labels = { job: 'ringside', instance: 'spare:9811' };

const fewest = (n: number, alpha: number): number => fewestSignificantMisses(n, 0.85, alpha) ?? NaN;
const FINE: Windows = { '5m': [0, 4], '10m': [1, 8], '30m': [2, 20], '2h': [6, 60] };
/** As many as are significant at 1 %. */
const BAD: Windows = { '5m': [3, 5], '10m': [5, 9], '30m': [fewest(20, 0.01), 20], '2h': [11, 60] };

const open = (isOpen: number): Shown => shown('ringside_hotline_open', {}, [[isOpen, ALWAYS]]);
const OPEN = open(1);
const seats = (idle: number, paused: number): Shown[] => [
  shown('ringside_seats', { state: 'idle' }, [[idle, ALWAYS]]),
  shown('ringside_seats', { state: 'paused' }, [[paused, ALWAYS]]),
];
const blocked = (calls: number): Shown =>
  shown('ringside_calls_total', { hours: 'open', outcome: 'blocked' }, [
    [4, 10],
    [4 + calls, ALWAYS],
  ]);
const badFrom10 = rateSeries(TRANSFER, [
  [FINE, 10],
  [BAD, ALWAYS],
]);

const FIGURES =
  `Missed 8 of 20 in 30 minutes (chance no longer from 7 at 5 %, 8 at 1 %), ` +
  `11 of 60 in 2 hours (from ${fewest(60, 0.05)}, ${fewest(60, 0.01)}): ` +
  `2.7 times what its target of 85% allows.`;
/** Both severities say the same. */
const told = (first: string, url = runbook(ALERT), target = 'transfer', figures = FIGURES) =>
  [of('notice', target), of('page', target)].map((labels) => ({
    labels,
    annotations: {
      summary: `gas (north): the answer rate ${target} is falling`,
      description: `${figures} First: ${first}`,
      runbook_url: url,
    },
  }));
export const answerRateFalling: AlertStory = {
  alert: ALERT,
  fires: {
    given: [OPEN, ...badFrom10, ...seats(3, 2), blocked(0)],
    firing: [
      [10.25, []],
      [10.5, BOTH],
      [20, BOTH],
    ],
    told: {
      atMin: 10.5,
      alerts: told('seats, 3 of this exchange are idle: move them to where callers wait.'),
    },
  },
  justBelow: {
    given: [OPEN, ...rateSeries(TRANSFER, [[{ ...BAD, '30m': [fewest(20, 0.01) - 1, 20] }, ALWAYS]])],
    firing: [[10, [NOTICE]]],
  },
  resolves: {
    given: [
      OPEN,
      ...rateSeries(TRANSFER, [
        [BAD, 20],
        // The long window is as bad as before; the short one shows that it is over: at its target.
        [{ ...BAD, '5m': [3, 20] }, ALWAYS],
      ]),
    ],
    firing: [
      [19.75, BOTH],
      [22.75, BOTH],
      [23, []],
    ],
  },
  noCalls: {
    given: [
      OPEN,
      ...rateSeries(TRANSFER, [
        [NO_CALLS, 10],
        [BAD, 10],
        [NO_CALLS, ALWAYS],
      ]),
    ],
    firing: [
      [9, []],
      [15, BOTH],
      [23, []],
    ],
  },
  outOfHours: { given: [open(0), ...badFrom10], firing: [[30, []]] },
  blind: {
    given: [
      OPEN,
      ...rateSeries(TRANSFER, [
        [{ ...BAD, sight: 'blind' }, 10],
        [BAD, 10],
        [{ ...BAD, sight: 'blind' }, ALWAYS],
      ]),
    ],
    firing: [
      [9, []],
      [15, BOTH],
      [23, []],
    ],
  },
  coldStart: {
    given: [
      shown('ringside_hotline_open', {}, [
        [undefined, 10],
        [1, ALWAYS],
      ]),
      ...rateSeries(TRANSFER, [
        [undefined, 10],
        [{ '5m': [20, 20], '10m': [20, 20], '30m': [20, 20], '2h': [20, 20], sight: 'since' }, ALWAYS],
      ]),
    ],
    firing: [
      [10, []],
      [11, []],
      [20, []],
    ],
  },
  afterReset: {
    given: [
      OPEN,
      ...rateSeries(TRANSFER, [
        [BAD, 10],
        // It comes back without a journal.
        [undefined, 0.5],
        [{ ...NO_CALLS, sight: 'since' }, 10],
        [{ '5m': [5, 5], '10m': [5, 5], '30m': [5, 5], '2h': [5, 5], sight: 'since' }, ALWAYS],
      ]),
    ],
    firing: [
      [9, BOTH],
      [13, []],
      [30, []],
    ],
  },
  more: {
    'one missed call at 7:00 pages nobody': {
      given: [
        OPEN,
        ...rateSeries(TRANSFER, [
          [NO_CALLS, 10],
          [{ '5m': [1, 1], '10m': [1, 1], '30m': [1, 1], '2h': [1, 1] }, ALWAYS],
        ]),
      ],
      firing: [
        [11, []],
        [20, []],
      ],
    },
    'thirty of eighty at noon do': {
      given: [
        OPEN,
        ...rateSeries(TRANSFER, [
          [{ '5m': [5, 13], '10m': [10, 27], '30m': [30, 80], '2h': [30, 320] }, ALWAYS],
        ]),
      ],
      firing: [[1, BOTH]],
    },
    'two hours and ten minutes do as half an hour and five minutes': {
      given: [
        OPEN,
        ...rateSeries(TRANSFER, [
          [{ '5m': [0, 2], '10m': [2, 5], '30m': [3, 20], '2h': [fewest(60, 0.01), 60] }, 10],
          [{ '5m': [0, 2], '10m': [0, 5], '30m': [3, 20], '2h': [fewest(60, 0.01), 60] }, ALWAYS],
        ]),
      ],
      firing: [
        [5, BOTH],
        [13, []],
      ],
    },
    'neither window lends its short one to the other': {
      given: [
        OPEN,
        ...rateSeries(TRANSFER, [
          [{ '5m': [0, 2], '10m': [2, 5], '30m': [8, 20], '2h': [6, 60] }, 10],
          [{ '5m': [2, 2], '10m': [0, 5], '30m': [2, 20], '2h': [fewest(60, 0.01), 60] }, ALWAYS],
        ]),
      ],
      firing: [
        [5, []],
        [15, []],
      ],
    },
    'a restart with a journal neither ends a page nor sends it anew': {
      given: [
        OPEN,
        ...rateSeries(TRANSFER, [
          [BAD, 10],
          [undefined, 0.5],
          [BAD, ALWAYS],
        ]),
      ],
      firing: [
        [9, BOTH],
        [10, BOTH],
        [10.25, BOTH],
        [10.5, BOTH],
        [14, BOTH],
      ],
    },
    'a daemon that moves to another machine goes on': {
      given: [
        shown('ringside_hotline_open', {}, [
          [1, 10],
          [undefined, ALWAYS],
        ]),
        shown(
          'ringside_hotline_open',
          {},
          [
            [undefined, 10],
            [1, ALWAYS],
          ],
          ELSEWHERE,
        ),
        ...rateSeries(TRANSFER, [
          [BAD, 10],
          [undefined, ALWAYS],
        ]),
        ...rateSeries({ ...TRANSFER, by: ELSEWHERE }, [
          [undefined, 10],
          [BAD, ALWAYS],
        ]),
      ],
      firing: [
        [9, BOTH],
        [10, BOTH],
        [10.25, BOTH],
        [14, BOTH],
      ],
    },
    'blocked calls ask for lines': {
      given: [
        OPEN,
        ...badFrom10,
        ...seats(3, 2),
        blocked(2),
        shown('ringside_hotline_open', { hotline: 'water' }, [[1, ALWAYS]]),
      ],
      told: {
        atMin: 10.5,
        alerts: told('lines, 2 calls were blocked in 30 minutes.'),
      },
    },
    'where nobody is idle, whoever is paused comes back': {
      given: [OPEN, ...badFrom10, ...seats(0, 2), blocked(0)],
      told: { atMin: 11, alerts: told('seats, 2 of this exchange are paused: have them back.') },
    },
    'where nobody is idle or paused there are too few positions; the runbook is where the company keeps it': {
      given: [OPEN, ...badFrom10, ...seats(0, 0), blocked(0)],
      externalLabels: { ringside_runbook: 'https://wiki.example/ringside' },
      told: {
        atMin: 11,
        alerts: told(
          'positions, no seat is idle or paused: more people are needed at this hour.',
          'https://wiki.example/ringside#answerratefalling',
        ),
      },
    },
    'an attendant has no seats': {
      given: [
        OPEN,
        ...rateSeries({ target: 'auto', ratio: 0.98 }, [
          [{ '5m': [1, 5], '10m': [1, 9], '30m': [3, 20], '2h': [3, 60] }, ALWAYS],
        ]),
        ...seats(3, 2),
      ],
      told: {
        atMin: 11,
        alerts: told(
          'the attendant, which did not pick up though no call was blocked.',
          runbook(ALERT),
          'auto',
          'Missed 3 of 20 in 30 minutes (chance no longer from 3 at 5 %, 3 at 1 %), 3 of 60 in 2 hours (from 4, 5): ' +
            '7.5 times what its target of 98% allows.',
        ),
      },
    },
  },
};
