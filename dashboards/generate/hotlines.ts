import type { Board, Row } from './board.ts';
import { DASHED, DASHED_LINE, type PanelMaker, series, states } from './panels.ts';
import { hotlineCalls } from './hotline-calls.ts';
import { nowOf, ofHotlines, rowOf, whileSeen } from './promql.ts';
import { tableOf } from './tables.ts';
import { NOBODY_DUE, OPEN, SIGNIFICANT, VERDICTS } from './words.ts';

const WHO = '{{pbx}} {{hotline}}';
const WHAT = `${WHO} {{target}}`;
const TARGET_KEYS = { pbx: 'Exchange', hotline: 'Hotline', target: 'Target' };
const WINDOW = 'window="$window"';
const NO_CALLS = 'no calls';
/** Without calls, or where what it is made of is not told. */
const NO_FIGURE = 'no figure';
const FIGURES =
  'Auto: picked up by the attendant / reached. Transfer: answered by a person / asked for one. Direct: answered by a person / reached.';

const ofTarget = (name: string, matchers = ''): string => rowOf(ofHotlines(name, matchers), 'hotline,target');
const inPeriod = (name: string, matchers = ''): string =>
  rowOf(ofHotlines(name, `window=~"shift|day|month"${matchers}`), 'hotline,target,window');

/** The daemon's own figure; of closed hours, which it gives no rate of, the recorded one. */
const ratesBy = (rowsOf: typeof ofTarget, matchers = ''): string =>
  `${rowsOf('ringside_rate_ratio', matchers)} or ${rowsOf('ringside:rate:ratio', matchers)}`;
const callsBy = (rowsOf: typeof ofTarget, matchers: string): string =>
  `${rowsOf('ringside_rate_calls', matchers)} or ${rowsOf('ringside:scored:calls', matchers)}`;
const callsOf = (result: 'hit' | 'miss'): string => callsBy(ofTarget, `${WINDOW},result="${result}"`);
const callsInPeriod = (result: 'hit' | 'miss'): string => callsBy(inPeriod, `,result="${result}"`);

/**
 * A bound of Wilson's 95 % interval of the rate (Newcombe 1998, method 3): 1.96 squared is 3.8415. Of the daemon's own
 * figures, as the rate beside it is: the recorded ones are up to an evaluation older.
 */
function wilson95(side: '-' | '+'): string {
  const calls = (result: string): string => ofTarget('ringside_rate_calls', `${WINDOW},result="${result}"`);
  const rate = ofTarget('ringside_rate_ratio', WINDOW);
  const n = `(${calls('hit')} + ${calls('miss')} > 0)`;
  const spread = `1.96 * sqrt((${rate} * (1 - ${rate}) + 3.8415 / (4 * ${n})) / ${n})`;
  return `(${rate} + 3.8415 / (2 * ${n}) ${side} ${spread}) / (1 + 3.8415 / ${n})`;
}
const ofHotline = (name: string, matchers = ''): string => rowOf(ofHotlines(name, matchers), 'hotline');

const count = { unit: 'short', decimals: 0 };
const ratio = { unit: 'percentunit', decimals: 1 };

const targetsNow = (): PanelMaker =>
  tableOf({
    title: 'Every target, over the last $window',
    description: `${FIGURES} The verdict waits for enough calls and knows of blind time: missing only where chance does not explain the misses (significant from: exact binomial test at 5 %; at least, at most: Wilson 95 %). Set aside and unknown calls are in no rate. Of closed hours there is a rate, and nothing is asked but that every call is taken.`,
    unit: 'short',
    none: NO_CALLS,
    width: 24,
    height: 9,
    keys: TARGET_KEYS,
    columns: [
      { ref: 'rate', title: 'Rate', expr: ratesBy(ofTarget, WINDOW), ...ratio },
      { ref: 'asked', title: 'Asked', expr: ofTarget('ringside_target_ratio'), ...ratio, none: 'every one' },
      {
        ref: 'verdict',
        title: 'Verdict',
        expr: ofTarget('ringside_rate_verdict', WINDOW),
        ...count,
        none: 'no verdict',
        mappings: VERDICTS,
      },
      { ref: 'hits', title: 'Hits', expr: callsOf('hit'), ...count },
      { ref: 'misses', title: 'Misses', expr: callsOf('miss'), ...count },
      {
        ref: 'guard',
        title: 'Significant from',
        expr: ofTarget('ringside_rate_guard_misses', `${WINDOW},significance="0.05"`),
        ...count,
        none: NO_FIGURE,
      },
      { ref: 'pending', title: 'Pending', expr: ofTarget('ringside_pending_calls'), ...count, none: 'blind' },
      {
        ref: 'aside',
        title: 'Set aside',
        expr: ofTarget('ringside:scored:calls', `${WINDOW},result="set_aside"`),
        ...count,
      },
      {
        ref: 'unknown',
        title: 'Unknown',
        expr: ofTarget('ringside:scored:calls', `${WINDOW},result="unknown"`),
        ...count,
      },
      { ref: 'low', title: 'At least', expr: wilson95('-'), ...ratio, none: NO_FIGURE },
      { ref: 'high', title: 'At most', expr: wilson95('+'), ...ratio, none: NO_FIGURE },
    ],
  });

const onTheLine = (): PanelMaker =>
  tableOf({
    title: 'On the line now',
    description:
      'Live picture of each hotline; absent while its exchange is not seen. Call-backs: callers who asked for a person and got none. Counts as quick: the bound of the service level.',
    unit: 'short',
    none: 'blind',
    width: 24,
    height: 7,
    keys: { pbx: 'Exchange', hotline: 'Hotline' },
    columns: [
      { ref: 'open', title: 'Hours', expr: ofHotline('ringside_hotline_open'), ...count, mappings: OPEN },
      { ref: 'calls', title: 'Calls', expr: ofHotline('ringside_live_calls'), ...count },
      { ref: 'waiting', title: 'Waiting', expr: ofHotline('ringside_live_waiting'), ...count },
      { ref: 'talking', title: 'Talking', expr: ofHotline('ringside_live_talking'), ...count },
      {
        ref: 'longest',
        title: 'Longest wait',
        expr: ofHotline('ringside_live_longest_wait_seconds'),
        unit: 's',
        decimals: 0,
        none: 'nobody waits',
      },
      {
        ref: 'bound',
        title: 'Counts as quick',
        expr: ofHotline('ringside_service_level_bound_seconds'),
        unit: 's',
        decimals: 0,
      },
      {
        ref: 'owed',
        title: 'Call-backs open',
        expr: ofHotline('ringside_call_backs_open'),
        ...count,
        none: 'no journal',
      },
      {
        ref: 'overdue',
        title: 'Overdue',
        expr: ofHotline('ringside_call_backs_overdue'),
        ...count,
        none: 'no journal',
        mappings: NOBODY_DUE,
      },
    ],
  });

const ratesOverTime = (): readonly PanelMaker[] => [
  series({
    title: 'Rate of each target, over the last $window',
    description: `${FIGURES} Dashed: what is asked. Counted by Prometheus from the raw counters; the table above is the daemon's own count. A gap is blind time.`,
    unit: 'percentunit',
    none: NO_CALLS,
    width: 12,
    max: 1,
    queries: [
      { expr: whileSeen(ofHotlines('ringside:rate:ratio', WINDOW)), legend: WHAT },
      { expr: nowOf(ofHotlines('ringside_target_ratio')), legend: `asked of ${WHAT}` },
    ],
    like: [['/^asked of/', DASHED]],
  }),
  series({
    title: 'How fast misses use up what the target allows ($window)',
    description:
      '(1 - rate) / (1 - target). 1: exactly what the target allows; 2: twice that. At most 50 for 98 %, 10 for 90 %, 6.7 for 85 %.',
    unit: 'short',
    none: NO_CALLS,
    width: 12,
    queries: [{ expr: whileSeen(ofHotlines('ringside:burn:ratio', WINDOW)), legend: WHAT }],
  }),
  series({
    title: 'Calls in the rate, and missed ones ($window)',
    description:
      "Hits + misses of each moment's last $window, and the misses of them (dashed): a rate says little where these are few.",
    unit: 'short',
    none: NO_CALLS,
    width: 12,
    decimals: 0,
    queries: [
      { expr: whileSeen(ofHotlines('ringside:offered:calls', WINDOW)), legend: WHAT },
      { expr: whileSeen(ofHotlines('ringside:missed:calls', WINDOW)), legend: `missed ${WHAT}` },
    ],
    like: [['/^missed/', DASHED_LINE]],
  }),
  states({
    title: 'Verdict on each target ($window)',
    description: 'As the daemon says it. Empty without calls, and until it has watched a whole window.',
    unit: 'short',
    none: NO_CALLS,
    width: 12,
    mappings: VERDICTS,
    queries: [{ expr: nowOf(ofHotlines('ringside_rate_verdict', WINDOW)), legend: WHAT }],
  }),
  states({
    title: 'Misses that chance does not explain',
    description:
      'Exact binomial test of the misses of the last 30 minutes and 2 hours: at 1 % somebody is paged, at 5 % it is a notice. Empty without calls and while blind.',
    unit: 'short',
    none: NO_CALLS,
    width: 24,
    mappings: SIGNIFICANT,
    queries: [
      {
        expr: nowOf(ofHotlines('ringside_rate_significant')),
        legend: `${WHAT} {{window}} at {{significance}}`,
      },
    ],
  }),
];

const periods = (): readonly PanelMaker[] => [
  tableOf({
    title: 'Shift, today and this month',
    description:
      "By the instant the call reached the hotline, in the hotline's own zone. A verdict needs a period that was watched from its beginning.",
    unit: 'short',
    none: NO_CALLS,
    width: 24,
    height: 10,
    keys: { ...TARGET_KEYS, window: 'Period' },
    columns: [
      { ref: 'rate', title: 'Rate', expr: ratesBy(inPeriod), ...ratio },
      {
        ref: 'verdict',
        title: 'Verdict',
        expr: inPeriod('ringside_rate_verdict'),
        ...count,
        none: 'no verdict',
        mappings: VERDICTS,
      },
      { ref: 'hits', title: 'Hits', expr: callsInPeriod('hit'), ...count },
      { ref: 'misses', title: 'Misses', expr: callsInPeriod('miss'), ...count },
      {
        ref: 'aside',
        title: 'Set aside',
        expr: inPeriod('ringside:scored:calls', ',result="set_aside"'),
        ...count,
      },
      {
        ref: 'unknown',
        title: 'Unknown',
        expr: inPeriod('ringside:scored:calls', ',result="unknown"'),
        ...count,
      },
    ],
  }),
  series({
    title: "Missed today, and the day's budget",
    description:
      'Budget (dashed): the misses the target allows a day, (1 - target) x calls of a usual day like this one; of the calls until now while eight such days are not in the journal.',
    unit: 'short',
    none: NO_CALLS,
    width: 12,
    queries: [
      { expr: ofHotlines('ringside:missed:calls', 'window="day"'), legend: WHAT },
      { expr: ofHotlines('ringside:day_budget:calls'), legend: `budget of ${WHAT}` },
    ],
    like: [['/^budget of/', DASHED]],
  }),
  series({
    title: "Share of the day's budget that is spent",
    description:
      'Misses of today / budget. A notice goes out at a half and at the whole. Empty while the budget is less than one call.',
    unit: 'percentunit',
    none: 'budget under one call',
    width: 6,
    queries: [{ expr: ofHotlines('ringside:day_budget_spent:ratio'), legend: WHAT }],
  }),
  series({
    title: 'Calls today, and of a usual day',
    description:
      'Calls in the rate since midnight; dashed: the mean of the last eight comparable days, once they are in the journal.',
    unit: 'short',
    none: NO_CALLS,
    width: 6,
    decimals: 0,
    queries: [
      { expr: ofHotlines('ringside:offered:calls', 'window="day"'), legend: WHAT },
      { expr: nowOf(ofHotlines('ringside_usual_day_calls')), legend: `usual day of ${WHAT}` },
    ],
    like: [['/^usual day of/', DASHED]],
  }),
];

const rows = (): readonly Row[] => [
  { title: 'Now', panels: [targetsNow(), onTheLine()] },
  { title: 'Rates over time', panels: ratesOverTime() },
  { title: 'Shift, today and this month', panels: periods() },
  ...hotlineCalls(),
];

export const hotlines = (): Board => ({
  name: 'hotlines',
  title: 'Hotlines',
  description:
    'Each hotline against its targets: now, today and this month, with the counts behind every rate.',
  variables: ['hotline', 'queue', 'window'],
  rows: rows(),
});
