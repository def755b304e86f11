import type { Labels } from '../series-of-golden.ts';
import { ALWAYS, shown, type Shown, type Stretch } from '../rule-case.ts';
import { series } from './given.ts';
import { runbook, type AlertStory } from './story.ts';

const ALERT = 'DayBudgetSpent';
const of = (budget: 'half' | 'whole'): Labels => ({
  severity: 'notice',
  watches: 'calls',
  budget,
  job: 'ringside',
  pbx: 'north',
  hotline: 'gas',
  target: 'transfer',
});
const HALF = [of('half')];
const WHOLE = [of('whole')];

/** Missed of the day's calls so far, one after the other for so many minutes. */
type Days = readonly (readonly [missed: number, offered: number, minutes: number] | 'not there')[];

const day = (days: Days): Shown[] =>
  (['hit', 'miss'] as const).map((result) =>
    shown(
      'ringside_period_scored_total',
      { target: 'transfer', period: 'day', result },
      days.map((one): Stretch => {
        if (one === 'not there') return [undefined, 10];
        const [missed, offered, minutes] = one;
        return [result === 'miss' ? missed : offered - missed, minutes];
      }),
    ),
  );
const target = shown('ringside_target_ratio', { target: 'transfer' }, [[0.85, ALWAYS]]);
/** Fifteen of its hundred calls may be missed. */
const usual = shown('ringside_usual_day_calls', { target: 'transfer' }, [[100, ALWAYS]]);
const OPEN = series('ringside_hotline_open', [[1, ALWAYS]]);
const SEEN = series('ringside_blind', [[0, ALWAYS]]);
const AROUND = [target, OPEN, SEEN];

const told = (budget: 'half' | 'whole', percent: string, figures: string) => [
  {
    labels: of(budget),
    annotations: {
      summary: `gas (north): ${percent} of the calls that may be missed today in transfer are`,
      description:
        `Missed ${figures} may be missed (target 85%). First: see on the board at which hours they were missed, ` +
        'and whether lines, seats or positions were short then.',
      runbook_url: runbook(ALERT),
    },
  },
];

export const dayBudgetSpent: AlertStory = {
  alert: ALERT,
  fires: {
    given: [
      ...AROUND,
      usual,
      ...day([
        [7, 20, 10],
        [9, 40, 10],
        [15, 60, ALWAYS],
      ]),
    ],
    firing: [
      [9, []],
      [10, HALF],
      // Of a half that is a whole no more is said when it is.
      [20, [...HALF, ...WHOLE]],
      [23, WHOLE],
    ],
    told: { atMin: 10, alerts: told('half', '60%', '9 of 40 today; a usual day has 100, and 15') },
  },
  justBelow: {
    given: [
      ...AROUND,
      usual,
      ...day([
        [7, 20, 10],
        [14, 40, ALWAYS],
      ]),
    ],
    firing: [
      [9, []],
      [11, HALF],
    ],
  },
  resolves: {
    // Midnight in the hotline's zone.
    given: [
      ...AROUND,
      usual,
      ...day([
        [15, 60, 10],
        [0, 0, ALWAYS],
      ]),
    ],
    firing: [
      [9, WHOLE],
      [12.75, WHOLE],
      [13, []],
    ],
  },
  noCalls: { given: [...AROUND, ...day([[0, 0, ALWAYS]])], firing: [[10, []]] },
  outOfHours: {
    given: [
      target,
      SEEN,
      usual,
      ...day([[15, 60, ALWAYS]]),
      series('ringside_hotline_open', [
        [1, 10],
        [0, ALWAYS],
      ]),
    ],
    firing: [
      [9, WHOLE],
      [13, []],
    ],
  },
  blind: {
    given: [
      target,
      OPEN,
      usual,
      ...day([[15, 60, ALWAYS]]),
      series('ringside_blind', [
        [1, 10],
        [0, 10],
        [1, ALWAYS],
      ]),
    ],
    firing: [
      [9, []],
      [10, WHOLE],
      [23, []],
    ],
  },
  coldStart: { given: [...AROUND, usual, ...day(['not there', [0, 0, ALWAYS]])], firing: [[11, []]] },
  afterReset: {
    // Without a journal: what was missed before is not known any more.
    given: [
      ...AROUND,
      usual,
      ...day([
        [15, 60, 10],
        [7, 20, ALWAYS],
      ]),
    ],
    firing: [
      [9, WHOLE],
      [13, []],
    ],
  },
  more: {
    'until eight days are known the budget is of the calls so far: three of twenty are all of it': {
      given: [
        ...AROUND,
        ...day([
          [1, 20, 10],
          [2, 20, 10],
          [3, 20, ALWAYS],
        ]),
      ],
      firing: [
        [9, []],
        [11, HALF],
        [24, WHOLE],
      ],
      told: { atMin: 24, alerts: told('whole', '100%', '3 of 20 today; of so many 3') },
    },
    'just half is half': {
      given: [...AROUND, ...day([[3, 40, ALWAYS]])],
      firing: [[5, HALF]],
    },
    'of a budget of less than one call nothing is said': {
      given: [
        ...AROUND,
        ...day([
          [1, 1, 10],
          [6, 6, 10],
          [1, 7, ALWAYS],
        ]),
      ],
      firing: [
        [9, []],
        [19, []],
        [20, HALF],
      ],
    },
  },
};
