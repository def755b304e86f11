import type { Board, Row } from './board.ts';
import { colored, DASHED, DASHED_LINE, events, type PanelMaker, series, stacked, states } from './panels.ts';
import { countedIn, nowOf, ofExchanges, ofQueues, rowOf, whileSeen } from './promql.ts';
import { tableOf } from './tables.ts';
import { meaning, MEMBER_STATUSES, OPEN, SEAT_STATES } from './words.ts';

const WHO = '{{pbx}} {{queue}}';
/** The daemon has the figures of queues of these minutes, and of the day. */
const FIGURE = 'window="30m"';
const NO_CALLS = 'no calls';
const NOT_SEEN = 'blind';

const ofQueue = (name: string, matchers = ''): string => rowOf(ofQueues(name, matchers), 'queue');
/** A ready-made figure of each queue. */
const figureOf = (name: string, legend = WHO) => ({
  expr: whileSeen(nowOf(ofQueues(name, FIGURE))),
  legend,
});

const count = { unit: 'short', decimals: 0 };
const seconds = { unit: 's', decimals: 0 };
const ratio = { unit: 'percentunit', decimals: 1 };

const STATE_COLORS = SEAT_STATES.map(([state, color]) => [`/^${state}$/`, colored(color)] as const);
/** One query a state, as a stack goes by the order of its queries. */
const byState = (exprOf: (matcher: string) => string) =>
  SEAT_STATES.map(([state]) => ({ expr: exprOf(`state="${state}"`), legend: state }));

const seatTime = (state?: string): string =>
  `sum(rate(${ofExchanges('ringside_seat_seconds_total', state)}[$window]))`;

/** The state of each seat as its place in the list of states: a graph has numbers only. */
const seatStates = SEAT_STATES.map(
  ([state], place) => `${nowOf(ofExchanges('ringside_seat_state', `state="${state}"`))} * ${place}`,
).join(' or ');

const seats = (): readonly PanelMaker[] => [
  stacked({
    title: 'Seats by state',
    description:
      'Each seat once, in its true state. Callers who wait while seats are idle ask for a move; all talking asks for more seats. Those of an exchange that is not seen are not in it.',
    unit: 'short',
    none: NOT_SEEN,
    width: 12,
    height: 9,
    queries: byState((state) => `sum(${nowOf(ofExchanges('ringside_seats', state))})`),
    like: STATE_COLORS,
  }),
  stacked({
    title: "Where the seats' time went, over the last $window",
    description: 'Time of all seats in each state / time of all seats.',
    unit: 'percentunit',
    none: NOT_SEEN,
    width: 12,
    height: 9,
    max: 1,
    queries: byState((state) => `${seatTime(state)} / (${seatTime()} > 0)`),
    like: STATE_COLORS,
  }),
  series({
    title: 'Occupancy (30 minutes)',
    description:
      'Talking, on hold, wrap-up and dialling / the same, idle and ringing, of the time of the seats of each queue.',
    unit: 'percentunit',
    none: 'no seat on duty',
    width: 12,
    max: 1,
    queries: [figureOf('ringside_queue_occupancy_ratio')],
  }),
  events({
    title: 'Offered calls that a seat did not answer',
    description:
      'Ring-no-answer, once a call and seat. Seats do not refuse calls: a phone that rings on is an empty place or a fault.',
    unit: 'short',
    none: 'none',
    width: 12,
    queries: [
      {
        expr: `label_replace(${countedIn(ofQueues('ringside_ring_no_answer_total'), 'pbx,queue')}, "queue", "dialled directly", "queue", "")`,
        legend: WHO,
      },
    ],
  }),
];

const queuesNow = (): PanelMaker =>
  tableOf({
    title: 'Queues now',
    description:
      'Open while a hotline that uses the queue is. Staffed: members who are logged in, not paused and reachable; 0 while open is an alarm. By the two patiences a quarter and a half of the callers would have given up.',
    unit: 'short',
    none: NOT_SEEN,
    width: 24,
    height: 8,
    keys: { pbx: 'Exchange', queue: 'Queue' },
    columns: [
      {
        ref: 'open',
        title: 'Hours',
        expr: ofQueue('ringside_queue_open'),
        ...count,
        none: '',
        mappings: OPEN,
      },
      { ref: 'waiting', title: 'Waiting', expr: ofQueue('asterisk_queue_callers'), ...count },
      {
        ref: 'longest',
        title: 'Longest wait',
        expr: ofQueue('ringside_queue_live_longest_wait_seconds'),
        ...seconds,
        none: 'nobody waits',
      },
      {
        ref: 'quarter',
        title: 'A quarter gives up',
        expr: ofQueue('ringside_queue_patience_seconds', 'share="0.25"'),
        ...seconds,
        none: 'not measured',
      },
      {
        ref: 'half',
        title: 'Half give up',
        expr: ofQueue('ringside_queue_patience_seconds', 'share="0.5"'),
        ...seconds,
        none: 'not measured',
      },
      { ref: 'talking', title: 'Talking', expr: ofQueue('ringside_queue_connected'), ...count },
      {
        ref: 'staffed',
        title: 'Staffed',
        expr: ofQueue('ringside_queue_staffed'),
        ...count,
        mappings: meaning([0, 'nobody', 'red']),
      },
      { ref: 'idle', title: 'Idle', expr: ofQueue('ringside_queue_seats', 'state="idle"'), ...count },
      { ref: 'paused', title: 'Paused', expr: ofQueue('asterisk_queue_members_paused'), ...count },
      {
        ref: 'level',
        title: 'Service level',
        expr: ofQueue('ringside_queue_service_level_ratio', FIGURE),
        ...ratio,
        none: NO_CALLS,
      },
      {
        ref: 'rate',
        title: 'Answered here',
        expr: ofQueue('ringside_queue_answered_ratio', FIGURE),
        ...ratio,
        none: NO_CALLS,
      },
    ],
  });

const queues = (): readonly PanelMaker[] => [
  queuesNow(),
  series({
    title: 'Callers in line, and seats for them',
    description: 'Callers who wait in each queue, and (dashed) its staffed members, talking ones too.',
    unit: 'short',
    none: NOT_SEEN,
    width: 12,
    decimals: 0,
    queries: [
      { expr: nowOf(ofQueues('asterisk_queue_callers')), legend: `waiting ${WHO}` },
      { expr: nowOf(ofQueues('ringside_queue_staffed')), legend: `staffed ${WHO}` },
    ],
    like: [['/^staffed/', DASHED_LINE]],
  }),
  series({
    title: 'Longest wait in line, and patience',
    description:
      'How long the first in line has waited. Dashed: when a quarter and when a half of the callers would have given up.',
    unit: 's',
    none: 'nobody waits',
    width: 12,
    queries: [
      { expr: nowOf(ofQueues('ringside_queue_live_longest_wait_seconds')), legend: WHO },
      { expr: nowOf(ofQueues('ringside_queue_patience_seconds')), legend: `patience of ${WHO} by {{share}}` },
    ],
    like: [['/^patience of/', DASHED]],
  }),
  stacked({
    title: 'Members by what Asterisk says of their device',
    description:
      'The status of the device alone: Asterisk knows nothing of wrap-up. A seat in several queues counts in each.',
    unit: 'short',
    none: NOT_SEEN,
    width: 12,
    queries: [
      { expr: `sum by (status) (${nowOf(ofQueues('asterisk_queue_members'))})`, legend: '{{status}}' },
    ],
    like: MEMBER_STATUSES.map(([status, color]) => [`/^${status}$/`, colored(color)] as const),
  }),
  stacked({
    title: 'Seats of the queues by state',
    description:
      'The true state of the seats of the chosen queues. A seat in several queues counts in each; those of an exchange that is not seen are not in it.',
    unit: 'short',
    none: NOT_SEEN,
    width: 12,
    queries: byState((state) => `sum(${nowOf(ofQueues('ringside_queue_seats', state))})`),
    like: STATE_COLORS,
  }),
  events({
    title: 'Callers who came to each queue',
    description:
      'Joined, refused at the door (full or empty) and taken up (found in it, not seen to join); callers from inside too.',
    unit: 'short',
    none: NO_CALLS,
    width: 12,
    queries: [
      { expr: countedIn(ofQueues('ringside_queue_joined_total'), 'pbx,queue'), legend: `joined ${WHO}` },
      { expr: countedIn(ofQueues('ringside_queue_refused_total'), 'pbx,queue'), legend: `refused ${WHO}` },
      { expr: countedIn(ofQueues('ringside_queue_taken_up_total'), 'pbx,queue'), legend: `taken up ${WHO}` },
    ],
  }),
  events({
    title: 'How callers left the queues',
    description: 'Joined + refused + taken up = left + those in it now: the books must balance.',
    unit: 'short',
    none: NO_CALLS,
    width: 12,
    queries: [{ expr: countedIn(ofQueues('ringside_queue_left_total'), 'reason'), legend: '{{reason}}' }],
  }),
  series({
    title: 'Answered in this queue (30 minutes)',
    description:
      'Answered here / (joined + refused - short abandons): overflow to another queue is a miss here.',
    unit: 'percentunit',
    none: NO_CALLS,
    width: 8,
    max: 1,
    queries: [figureOf('ringside_queue_answered_ratio')],
  }),
  series({
    title: 'Service level (30 minutes)',
    description: 'Answered by a person within the bound / asked for a person less set aside.',
    unit: 'percentunit',
    none: NO_CALLS,
    width: 8,
    max: 1,
    queries: [figureOf('ringside_queue_service_level_ratio')],
  }),
  series({
    title: 'Share that gave up (30 minutes)',
    description: 'Callers who gave up waiting / asked for a person less set aside.',
    unit: 'percentunit',
    none: NO_CALLS,
    width: 8,
    max: 1,
    queries: [figureOf('ringside_queue_abandon_ratio')],
  }),
  series({
    title: 'Waits in the queues (30 minutes)',
    description: 'Average wait of the answered callers, and the longest wait that is over, answered or not.',
    unit: 's',
    none: NO_CALLS,
    width: 12,
    queries: [
      figureOf('ringside_queue_speed_of_answer_seconds', `average ${WHO}`),
      figureOf('ringside_queue_longest_wait_seconds', `longest ${WHO}`),
    ],
  }),
  series({
    title: 'Handle time (30 minutes)',
    description: 'Average talk, hold and wrap-up of the talks of each queue.',
    unit: 's',
    none: 'no talks',
    width: 12,
    queries: [figureOf('ringside_queue_handle_time_seconds')],
  }),
];

const lines = (): readonly PanelMaker[] => [
  series({
    title: 'Lines in use',
    description:
      'Channels on each trunk, and the lines it has (dashed): where they meet, callers hear busy. Peak: since the daemon started.',
    unit: 'short',
    none: NOT_SEEN,
    width: 12,
    decimals: 0,
    queries: [
      { expr: nowOf(ofExchanges('ringside_lines_in_use')), legend: '{{pbx}} {{trunk}}' },
      { expr: nowOf(ofExchanges('ringside_lines_in_use_peak')), legend: 'peak {{pbx}} {{trunk}}' },
      { expr: nowOf(ofExchanges('ringside_lines')), legend: 'lines of {{pbx}} {{trunk}}' },
    ],
    like: [['/^lines of/', DASHED]],
  }),
  events({
    title: "Calls that are nobody's",
    description:
      'Inbound channels that match no hotline (a mistyped number), and calls to a hotline on an interface that is no trunk and no known seat.',
    unit: 'short',
    none: 'none',
    width: 12,
    queries: [
      {
        expr: countedIn(ofExchanges('ringside_unattributed_total'), 'pbx,trunk'),
        legend: 'no hotline, {{pbx}} {{trunk}}',
      },
      {
        expr: countedIn(ofExchanges('ringside_unknown_origin_total'), 'pbx'),
        legend: 'unknown origin, {{pbx}}',
      },
    ],
  }),
];

const moves = (): readonly PanelMaker[] => [
  events({
    title: 'Seats moved by leaders',
    description: "By how it ended, as the exchange's own events showed: done, refused, timed out, half done.",
    unit: 'short',
    none: 'none',
    width: 24,
    height: 6,
    queries: [
      { expr: countedIn(ofExchanges('ringside_moves_total'), 'pbx,result'), legend: '{{pbx}} {{result}}' },
    ],
  }),
];

const oneByOne = (): readonly PanelMaker[] => [
  states({
    title: 'Each seat',
    description:
      'The state of every seat over time, where the daemon exports seats one by one (the setting metrics.perSeat).',
    unit: 'short',
    none: 'seats are not exported one by one',
    width: 24,
    height: 10,
    mappings: meaning(...SEAT_STATES.map(([state, color], place) => [place, state, color] as const)),
    queries: [{ expr: seatStates, legend: '{{pbx}} {{seat}}' }],
  }),
];

const rows = (): readonly Row[] => [
  { title: 'Seats', panels: seats() },
  { title: 'Queues', panels: queues() },
  { title: 'Lines', panels: lines() },
  { title: 'Moves', panels: moves() },
  { title: 'Seats one by one', panels: oneByOne() },
];

export const floor = (): Board => ({
  name: 'floor',
  title: 'Floor',
  description: 'Seats, queues and lines: who is there for whom, and who waits.',
  variables: ['queue', 'window'],
  rows: rows(),
});
