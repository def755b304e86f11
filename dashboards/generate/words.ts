import type * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { MappingType } from '@grafana/grafana-foundation-sdk/dashboard';

/** What numbers of ours mean, as text and colour. */
type Meaning = readonly [value: number, text: string, color: string];

export const meaning = (...meanings: readonly Meaning[]): dashboard.ValueMapping[] => [
  {
    type: MappingType.ValueToText,
    options: Object.fromEntries(
      meanings.map(([value, text, color], index) => [String(value), { text, color, index }]),
    ),
  },
];

/** ringside_rate_verdict: a rate gets its colour from here, never from a number in a panel. */
export const VERDICTS = meaning(
  [0, 'blind', 'purple'],
  [1, 'too few calls', 'gray'],
  [2, 'missing', 'red'],
  [3, 'at risk', 'orange'],
  [4, 'on track', 'light-green'],
  [5, 'meeting', 'green'],
);
export const SIGNIFICANT = meaning([0, 'could be chance', 'green'], [1, 'no chance', 'red']);
export const OPEN = meaning([0, 'closed', 'gray'], [1, 'open', 'green']);
export const SEEN = meaning([0, 'not seen', 'red'], [1, 'seen', 'green']);
export const BLIND = meaning([0, 'sees', 'green'], [1, 'blind', 'purple']);
export const UP = meaning([0, 'down', 'red'], [1, 'up', 'green']);
export const FAILED = meaning([0, 'no', 'transparent'], [1, 'yes', 'red']);
export const BALANCED = meaning([0, 'balanced', 'green']);
export const NOBODY_DUE = meaning([0, 'none', 'green']);

/** States of a seat in the order in which a floor reads them (src/calls/facts.ts), each with its colour. */
export const SEAT_STATES: readonly (readonly [state: string, color: string])[] = [
  ['talking', 'blue'],
  ['on-hold', 'light-blue'],
  ['dialling', 'super-light-blue'],
  ['wrap-up', 'purple'],
  ['ringing', 'yellow'],
  ['idle', 'green'],
  ['paused', 'orange'],
  ['offline', 'dark-red'],
  ['unknown', 'gray'],
];

/** What Asterisk says of a member's device (app_queue.c, `AST_DEVICE_*`), in the colours of the states it comes nearest to. */
export const MEMBER_STATUSES: readonly (readonly [status: string, color: string])[] = [
  ['in_use', 'blue'],
  ['busy', 'blue'],
  ['on_hold', 'light-blue'],
  ['ringing', 'yellow'],
  ['ring_in_use', 'yellow'],
  ['not_in_use', 'green'],
  ['unavailable', 'dark-red'],
  ['invalid', 'dark-red'],
  ['unknown', 'gray'],
];
