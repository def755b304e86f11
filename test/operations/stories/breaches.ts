import type { Labels } from '../series-of-golden.ts';
import { ALWAYS, DAEMON, shown, type Shown, type Stretch } from '../rule-case.ts';
import { runbook, type AlertStory } from './story.ts';

const ELSEWHERE: Labels = { job: 'ringside', instance: 'spare:9811' };

interface BreachAlert {
  readonly alert: string;
  readonly reason: string;
  readonly severity: 'page' | 'notice';
  readonly summary: string;
  /** After the two counts. */
  readonly advice: string;
}

/** Each is a count of calls that must not happen; they differ in what is told, and whom. */
function storyOf({ alert, reason, severity, summary, advice }: BreachAlert): AlertStory {
  const count = (stretches: readonly Stretch[], by = DAEMON): Shown =>
    shown('ringside_breaches_total', { reason }, stretches, by);
  const of = (counted: number): Labels => ({
    severity,
    count: String(counted),
    job: 'ringside',
    pbx: 'north',
    hotline: 'gas',
    reason,
  });
  const open = (isOpen: number): Shown => shown('ringside_hotline_open', {}, [[isOpen, ALWAYS]]);
  const blind: Shown = shown('ringside_blind', {}, [[1, ALWAYS]]);
  return {
    alert,
    fires: {
      given: [
        open(1),
        count([
          [4, 10],
          [5, 2],
          [7, ALWAYS],
        ]),
      ],
      firing: [
        [9.75, []],
        [10, [of(5)]],
        // Each new one is a new alert.
        [12, [of(7)]],
      ],
      told: {
        atMin: 12,
        alerts: [
          {
            labels: of(7),
            annotations: {
              summary: `gas (north): ${summary}`,
              description: `3 in the last 15 minutes, 7 since counting began${advice}`,
              runbook_url: runbook(alert),
            },
          },
        ],
      },
    },
    // There is no fewer than one.
    justBelow: { given: [open(1), count([[4, ALWAYS]])], firing: [[20, []]] },
    resolves: {
      given: [
        count([
          [4, 10],
          [5, ALWAYS],
        ]),
      ],
      firing: [
        [24.5, [of(5)]],
        [25.25, []],
      ],
    },
    noCalls: { given: [open(1), count([[0, ALWAYS]])], firing: [[20, []]] },
    // The daemon knows which of them can happen when: what it counts counts at any hour.
    outOfHours: {
      given: [
        open(0),
        count([
          [4, 10],
          [5, ALWAYS],
        ]),
      ],
      firing: [
        [9, []],
        [11, [of(5)]],
      ],
    },
    // Nothing is counted while blind; what was counted before was seen.
    blind: {
      given: [
        blind,
        count([
          [4, 10],
          [5, ALWAYS],
        ]),
      ],
      firing: [
        [9, []],
        [11, [of(5)]],
      ],
    },
    coldStart: {
      given: [
        count([
          [undefined, 10],
          [7, ALWAYS],
        ]),
      ],
      firing: [
        [10, []],
        [11, []],
      ],
    },
    afterReset: {
      given: [
        count([
          [9, 10],
          [0, 5],
          [1, ALWAYS],
        ]),
      ],
      firing: [
        [11, []],
        [15, [of(1)]],
      ],
    },
    more: {
      'is said once where it is counted while the daemon moves': {
        given: [
          count([
            [4, 10],
            [undefined, ALWAYS],
          ]),
          count(
            [
              [undefined, 10],
              [5, ALWAYS],
            ],
            ELSEWHERE,
          ),
        ],
        firing: [
          [9, []],
          [11, [of(5)]],
        ],
      },
      'is said once of two daemons that watch the same': {
        given: [
          count([
            [4, 10],
            [5, ALWAYS],
          ]),
          count(
            [
              [1, 10],
              [2, ALWAYS],
            ],
            ELSEWHERE,
          ),
        ],
        firing: [[11, [of(5)]]],
      },
    },
  };
}

export const breaches: readonly AlertStory[] = [
  storyOf({
    alert: 'EmergencyNotAnswered',
    reason: 'emergency-not-answered',
    severity: 'page',
    summary: 'nobody answered a caller with an emergency',
    advice:
      ". First: call back now (the board's list of call-backs has them on top), then see that seats are staffed.",
  }),
  storyOf({
    alert: 'CallUnanswered',
    reason: 'unanswered',
    severity: 'notice',
    summary: 'a call was answered by nobody and nothing',
    advice:
      '; no person, attendant or voicemail took it. ' +
      'First: call back, then see that seats are staffed and that what is not answered goes to a voicemail.',
  }),
  storyOf({
    alert: 'AfterHoursNotTaken',
    reason: 'after-hours-not-taken',
    severity: 'notice',
    summary: 'nothing took a call after hours',
    advice:
      '; an attendant or a voicemail must announce the hours and the emergency number. ' +
      'First: dial the number yourself, and look at what the exchange does with it out of hours.',
  }),
];
