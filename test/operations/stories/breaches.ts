import type { Labels } from '../series-of-golden.ts';
import { ALWAYS, DAEMON, shown, type RuleCase, type Shown, type Stretch } from '../rule-case.ts';
import { BLIND, NORTH, open, series, told } from './given.ts';
import type { AlertStory } from './story.ts';

const ELSEWHERE: Labels = { job: 'ringside', instance: 'spare:9811' };

type Firing = NonNullable<RuleCase['firing']>;

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
  const count = (...stretches: readonly Stretch[]): Shown =>
    series('ringside_breaches_total', stretches, { reason });
  const of = (counted: number): Labels => ({
    severity,
    count: String(counted),
    ...NORTH,
    hotline: 'gas',
    reason,
  });
  const description = `3 in the last 15 minutes, 7 since counting began${advice}`;
  const unseen = `Counted while Prometheus could not see it, 5 since counting began${advice}`;
  const another = count([4, 10], [5, ALWAYS]);
  const unseenFrom4To = (then: number): Shown => count([4, 10], [undefined, 40], [then, ALWAYS]);
  const isTold: Firing = [
    [9, []],
    [11, [of(5)]],
  ];
  return {
    alert,
    fires: {
      given: [open(1), count([4, 10], [5, 2], [7, ALWAYS])],
      firing: [
        [9.75, []],
        [10, [of(5)]],
        // Each new one is a new alert.
        [12, [of(7)]],
      ],
      told: told(alert, 12, of(7), `gas (north): ${summary}`, description),
    },
    // There is no fewer than one.
    justBelow: { given: [open(1), count([4, ALWAYS])], firing: [[20, []]] },
    resolves: {
      given: [another],
      firing: [
        [24.5, [of(5)]],
        [25.25, []],
      ],
    },
    noCalls: { given: [open(1), count([0, ALWAYS])], firing: [[20, []]] },
    // The daemon knows which of them can happen when: what it counts counts at any hour.
    outOfHours: { given: [open(0), another], firing: isTold },
    // Nothing is counted while blind; what was counted before was seen.
    blind: { given: [BLIND, another], firing: isTold },
    coldStart: {
      given: [count([undefined, 10], [7, ALWAYS])],
      firing: [
        [10, []],
        [11, []],
      ],
    },
    afterReset: {
      given: [count([9, 10], [0, 5], [1, ALWAYS])],
      firing: [
        [11, []],
        [15, [of(1)]],
      ],
    },
    more: {
      ...ofTwoDaemons(reason, of(5)),
      // Whoever was to be told when Prometheus did not look is told when it does.
      'is said where it was counted while nobody scraped': {
        given: [unseenFrom4To(5)],
        firing: [
          [49.75, []],
          [50, [of(5)]],
          [64.75, [of(5)]],
          [65.25, []],
        ],
        told: told(alert, 50, of(5), `gas (north): ${summary}`, unseen),
      },
      'is not said of a count that is as it was': { given: [unseenFrom4To(4)], firing: [[50, []]] },
    },
  };
}

/** What one daemon counts and what another does: each call is said once. */
function ofTwoDaemons(reason: string, fifth: Labels): NonNullable<AlertStory['more']> {
  const count = (by: Labels, ...stretches: readonly Stretch[]): Shown =>
    shown('ringside_breaches_total', { reason }, stretches, by);
  return {
    'is said once where it is counted while the daemon moves': {
      given: [count(DAEMON, [4, 10], [undefined, ALWAYS]), count(ELSEWHERE, [undefined, 10], [5, ALWAYS])],
      firing: [
        [9, []],
        [11, [fifth]],
      ],
    },
    'is said once of two daemons that watch the same': {
      given: [count(DAEMON, [4, 10], [5, ALWAYS]), count(ELSEWHERE, [1, 10], [2, ALWAYS])],
      firing: [[11, [fifth]]],
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
