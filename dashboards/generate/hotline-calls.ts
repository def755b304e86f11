import type { Row } from './board.ts';
import { bars, colored, DASHED_LINE, events, figures, type PanelMaker, series, waits } from './panels.ts';
import {
  countedIn,
  countedShown,
  nowOf,
  ofHotlines,
  ofQueues,
  ofSoMany,
  quantileOf,
  whileSeen,
} from './promql.ts';
import { tableOf } from './tables.ts';

const WHO = '{{pbx}} {{hotline}}';
/** The daemon has the figures of hotlines of these minutes, and of the day. */
const FIGURE = 'window="30m"';
const NO_CALLS = 'no calls';

/** A ready-made figure of each hotline. */
const figureOf = (name: string, legend = WHO) => ({
  expr: whileSeen(nowOf(ofHotlines(name, FIGURE))),
  legend,
});

const count = { unit: 'short', decimals: 0 };

const outcomes = (hours: 'open' | 'closed', title: string, description: string): PanelMaker =>
  events({
    title,
    description,
    unit: 'short',
    none: NO_CALLS,
    width: 12,
    queries: [
      {
        expr: countedIn(ofHotlines('ringside_calls_total', `hours="${hours}"`), 'outcome'),
        legend: '{{outcome}}',
      },
    ],
    like: [
      ['/^answered$/', colored('green')],
      ['/^self-served$/', colored('light-green')],
      ['/^voicemail$/', colored('blue')],
      ['/^abandoned$/', colored('yellow')],
      ['/^unanswered$/', colored('red')],
      ['/^dropped$/', colored('dark-red')],
      ['/^blocked$/', colored('orange')],
      ['/^unknown$/', colored('gray')],
    ],
  });

const volumes = (): readonly PanelMaker[] => [
  events({
    title: 'Calls that reached each hotline',
    description: 'Every call counted once, in the step in which it came; test callers are not in it.',
    unit: 'short',
    none: NO_CALLS,
    width: 12,
    queries: [{ expr: countedIn(ofHotlines('ringside_reached_total'), 'pbx,hotline'), legend: WHO }],
  }),
  outcomes(
    'open',
    'What became of calls in staffed hours',
    'Every call that is over, by its one outcome, in the step in which it ended.',
  ),
  outcomes(
    'closed',
    'What became of calls after hours',
    'An attendant, a voicemail or a person must take each of them; unanswered is a breach.',
  ),
  events({
    title: 'How tries at a person ended',
    description:
      'Each try (a queue, or a direct dial) of calls that are over: timeout, full, join-empty and busy ask for seats, hang-up for a shorter wait.',
    unit: 'short',
    none: NO_CALLS,
    width: 12,
    queries: [{ expr: countedIn(ofHotlines('ringside_stages_total'), 'reason'), legend: '{{reason}}' }],
    like: [
      ['/^answered$/', colored('green')],
      ['/^hang-up$/', colored('yellow')],
      ['/^timeout$/', colored('orange')],
      ['/^(full|busy|join-empty|leave-empty)$/', colored('red')],
      ['/^(key|elsewhere|withdrawn)$/', colored('blue')],
      ['/^unknown$/', colored('gray')],
    ],
  }),
  events({
    title: 'Hits, misses and what is set aside',
    description:
      'Calls at the instant each target was decided: hit, miss, set aside (a short abandon), unknown (blind).',
    unit: 'short',
    none: NO_CALLS,
    width: 12,
    queries: [
      {
        expr: countedIn(ofHotlines('ringside_scored_total'), 'target,result'),
        legend: '{{target}} {{result}}',
      },
    ],
    like: [
      ['/ hit$/', colored('green')],
      ['/ miss$/', colored('red')],
      ['/ (set_aside|unknown)$/', colored('gray')],
    ],
  }),
  tableOf({
    title: 'Beside the rates, in the time shown',
    description:
      'Counts that belong to no rate. Transferred in: already counted on another hotline. Taken up: found in mid-life. Backfilled: known only afterwards, from the log of the exchange. Where the daemon began to count anew in that time (a start without a journal): since then.',
    unit: 'short',
    none: NO_CALLS,
    width: 12,
    keys: { pbx: 'Exchange', hotline: 'Hotline' },
    columns: [
      {
        ref: 'lost',
        title: 'Lost after answer',
        expr: countedShown(ofHotlines('ringside_lost_after_answer_total'), 'hotline'),
        ...count,
      },
      {
        ref: 'transferred',
        title: 'Transferred in',
        expr: countedShown(ofHotlines('ringside_transferred_in_total'), 'hotline'),
        ...count,
      },
      {
        ref: 'taken',
        title: 'Taken up',
        expr: countedShown(ofHotlines('ringside_taken_up_total'), 'hotline'),
        ...count,
      },
      {
        ref: 'test',
        title: 'Test calls',
        expr: countedShown(ofHotlines('ringside_test_calls_total'), 'hotline'),
        ...count,
      },
      {
        ref: 'backfilled',
        title: 'Backfilled',
        expr: countedShown(ofHotlines('ringside_backfilled_total'), 'hotline'),
        ...count,
      },
    ],
  }),
];

const breaches = (): readonly PanelMaker[] => [
  events({
    title: 'Calls that must not happen',
    description:
      'Each one is a breach: unanswered in staffed hours, not taken after hours, an emergency that no person answered.',
    unit: 'short',
    none: 'none',
    width: 12,
    queries: [
      {
        expr: countedIn(ofHotlines('ringside_breaches_total'), 'pbx,hotline,reason'),
        legend: `${WHO}: {{reason}}`,
      },
    ],
    like: [
      ['/: emergency/', colored('dark-red')],
      ['/: unanswered$/', colored('red')],
      ['/: after-hours/', colored('orange')],
    ],
  }),
  series({
    title: 'Callers who are owed a call',
    description:
      'Callers who asked for a person and whose attempts ended without one, until they are called back or get through; dashed: those whose time is up (72 hours, an emergency at once).',
    unit: 'short',
    none: 'no journal',
    width: 12,
    decimals: 0,
    queries: [
      { expr: nowOf(ofHotlines('ringside_call_backs_open')), legend: WHO },
      { expr: nowOf(ofHotlines('ringside_call_backs_overdue')), legend: `overdue ${WHO}` },
    ],
    like: [['/^overdue/', DASHED_LINE]],
  }),
];

/** Of fewer calls the longest tenth is less than one. */
const FOR_NINE_OF_TEN = 10;

const medianOf = (histogram: string, name: string) => ({
  expr: whileSeen(quantileOf(0.5, histogram)),
  legend: `${name} ${WHO}`,
});
const nineOfTenOf = (histogram: string) => ({
  expr: whileSeen(`${quantileOf(0.9, histogram)} ${ofSoMany(FOR_NINE_OF_TEN, histogram)}`),
  legend: `nine of ten ${WHO}`,
});

/** All buckets of the steps in which somebody was answered, and of no other. */
function answerWaits(): string {
  const answered = countedIn(ofHotlines('ringside_answer_wait_seconds_count'), '');
  return `${countedIn(ofHotlines('ringside_answer_wait_seconds_bucket'), 'le')} and on () ${answered} > 0`;
}

const waitsAndTalks = (): readonly PanelMaker[] => [
  waits({
    title: 'How long callers waited until a person answered',
    description: 'Answered calls by their wait, from first asking for a person: the darker, the more calls.',
    unit: 's',
    none: NO_CALLS,
    width: 12,
    query: { expr: answerWaits(), legend: '{{le}}' },
  }),
  series({
    title: 'Wait until the answer, over the last $window',
    description:
      'Half of the answered callers waited less than the median, nine of ten less than the other (of ten calls or more); read from buckets, so to their width, and what is over 10 minutes stands at 10. Average: speed of answer over 30 minutes. A gap is blind time.',
    unit: 's',
    none: NO_CALLS,
    width: 12,
    queries: [
      medianOf('ringside_answer_wait_seconds', 'median'),
      nineOfTenOf('ringside_answer_wait_seconds'),
      figureOf('ringside_speed_of_answer_seconds', `average ${WHO}`),
    ],
  }),
  series({
    title: 'When callers gave up, over the last $window, and the longest wait',
    description:
      'Median wait of those who gave up (10 minutes is 10 or more), and the longest wait that was over in the last 30 minutes, answered or not. A gap is blind time.',
    unit: 's',
    none: 'nobody gave up',
    width: 12,
    queries: [
      medianOf('ringside_abandon_wait_seconds', 'gave up'),
      figureOf('ringside_longest_wait_seconds', `longest ${WHO}`),
    ],
  }),
  series({
    title: 'Patience: when a quarter and a half would have given up',
    description:
      'Kaplan-Meier over the waits of each queue, the answered ones too: who was answered would have waited at least as long.',
    unit: 's',
    none: 'not measured yet',
    width: 12,
    queries: [
      { expr: nowOf(ofQueues('ringside_queue_patience_seconds')), legend: '{{pbx}} {{queue}} by {{share}}' },
    ],
  }),
  series({
    title: 'Service level (30 minutes)',
    description:
      'Answered by a person within the bound / asked for a person less set aside. The bound stands in the table "On the line now".',
    unit: 'percentunit',
    none: NO_CALLS,
    width: 8,
    max: 1,
    queries: [figureOf('ringside_service_level_ratio')],
  }),
  series({
    title: 'Share that gave up (30 minutes)',
    description: 'Callers who gave up waiting / asked for a person less set aside.',
    unit: 'percentunit',
    none: NO_CALLS,
    width: 8,
    max: 1,
    queries: [figureOf('ringside_abandon_ratio')],
  }),
  series({
    title: 'Occupancy of the seats (30 minutes)',
    description:
      'Talking, on hold, wrap-up and dialling / the same, idle and ringing, of the time of the seats of each hotline.',
    unit: 'percentunit',
    none: 'no seat on duty',
    width: 8,
    max: 1,
    queries: [figureOf('ringside_occupancy_ratio')],
  }),
  series({
    title: 'How long talks take, over the last $window',
    description:
      'Handle time: average talk, hold and wrap-up over 30 minutes. Median talk: hold included, wrap-up not; an hour is an hour or more.',
    unit: 's',
    none: 'no talks',
    width: 24,
    queries: [
      medianOf('ringside_talk_seconds', 'median talk'),
      figureOf('ringside_handle_time_seconds', `handle time ${WHO}`),
    ],
  }),
];

const attempts = (): readonly PanelMaker[] => [
  figures({
    title: 'First-attempt score this month',
    description:
      'Mean over all callers: through at the first attempt 20, at the second 16, at the third 8, later or never 0. An attempt is all calls within 3 minutes.',
    unit: 'suffix: of 20',
    none: 'no callers',
    width: 8,
    decimals: 1,
    queries: [{ expr: nowOf(ofHotlines('ringside_attempts_score')), legend: WHO }],
  }),
  bars({
    title: 'Attempts until callers got through, this month',
    description:
      'Callers by the attempts they needed. Never: they gave up for a day. Unknown: hangs on a call whose end nobody saw.',
    unit: 'short',
    none: 'no callers',
    width: 16,
    queries: [
      {
        expr: `sum by (attempts) (${nowOf(ofHotlines('ringside_attempts_callers'))})`,
        legend: '{{attempts}}',
      },
    ],
  }),
];

/** The calls themselves, behind the rates: what became of them, how long they waited, whether callers got through. */
export const hotlineCalls = (): readonly Row[] => [
  { title: 'Breaches and call-backs', panels: breaches() },
  { title: 'Volumes and outcomes', panels: volumes() },
  { title: 'Waits, patience and talks', panels: waitsAndTalks() },
  { title: 'Getting through', panels: attempts() },
];
