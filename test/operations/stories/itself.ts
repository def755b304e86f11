import type { Labels } from '../series-of-golden.ts';
import { ALWAYS, DAEMON, type Shown, type Stretch } from '../rule-case.ts';
import { BLIND, NORTH, open, series, told } from './given.ts';
import type { AlertStory } from './story.ts';

const LATE: Labels = { severity: 'notice', ...NORTH };
const lag = (...stretches: readonly Stretch[]): Shown => series('ringside_event_lag_seconds', stretches);
/** Some in every quarter of a minute, until none come. */
const events = (minutes: number, from = 1000): Shown => ({
  ...series('ringside_events_read_total', [[from, ALWAYS]]),
  values: `${from}+7x${minutes * 4 - 1} ${from + 7 * (minutes * 4 - 1)}x400`,
});

export const eventLag: AlertStory = {
  alert: 'EventLag',
  fires: {
    given: [
      open(1),
      events(30),
      lag([0.008, 10], [8, ALWAYS]),
      series('ringside_event_loop_lag_seconds', [[6, ALWAYS]]),
    ],
    firing: [
      [10.75, []],
      [11, [LATE]],
    ],
    told: told(
      'EventLag',
      11,
      LATE,
      'What the exchange north says arrives 8s late',
      "The last event was 8s old when it was read; a timer of Ringside's came 6s late. " +
        'First: where timers are late too, this machine is short of processor; else look at the network and the load of the exchange.',
    ),
  },
  justBelow: { given: [open(1), events(30), lag([5, ALWAYS])], firing: [[20, []]] },
  resolves: {
    given: [open(1), events(30), lag([8, 10], [0.008, ALWAYS])],
    firing: [
      [9, [LATE]],
      [10, []],
    ],
  },
  // One late event, and then none: that it was late is no news.
  noCalls: {
    given: [open(1), events(10), lag([0.008, 9.75], [8, ALWAYS])],
    firing: [
      [10.5, []],
      [10.75, []],
      [11, []],
      [20, []],
    ],
  },
  outOfHours: { given: [open(0), events(30), lag([8, ALWAYS])], firing: [[10, [LATE]]] },
  blind: { given: [BLIND, events(10), lag([8, ALWAYS])], firing: [[12, []]] },
  coldStart: { given: [lag([undefined, 10], [8, ALWAYS])], firing: [[20, []]] },
  afterReset: { given: [events(30, 0), lag([8, 0.5], [0.008, ALWAYS])], firing: [[2, []]] },
};

const STRAY: Labels = { severity: 'notice', ...NORTH, trunk: 'carrier' };
const strays = (...stretches: readonly Stretch[]): Shown =>
  series('ringside_unattributed_total', stretches, { trunk: 'carrier' });

export const unattributedCalls: AlertStory = {
  alert: 'UnattributedCalls',
  fires: {
    given: [open(1), strays([4, 10], [6, ALWAYS])],
    firing: [
      [9, []],
      [10, [STRAY]],
    ],
    told: told(
      'UnattributedCalls',
      10,
      STRAY,
      'Calls on carrier (north) match no hotline',
      '2 in the last hour, of 6 since counting began: they are in no rate. ' +
        "First: run `ringside doctor`, which names the numbers that were dialled, and correct the hotline's.",
    ),
  },
  // There is no fewer than one.
  justBelow: { given: [open(1), strays([4, ALWAYS])], firing: [[20, []]] },
  resolves: {
    given: [strays([4, 10], [5, ALWAYS])],
    firing: [
      [69.5, [STRAY]],
      [70.25, []],
    ],
  },
  noCalls: { given: [open(1), strays([0, ALWAYS])], firing: [[20, []]] },
  // A number that is no hotline's has no hours.
  outOfHours: { given: [open(0), strays([4, 10], [5, ALWAYS])], firing: [[11, [STRAY]]] },
  blind: { given: [BLIND, strays([4, ALWAYS])], firing: [[20, []]] },
  coldStart: { given: [strays([undefined, 10], [7, ALWAYS])], firing: [[11, []]] },
  afterReset: {
    given: [strays([9, 10], [0, 10], [1, ALWAYS])],
    firing: [
      [11, []],
      [20, [STRAY]],
    ],
  },
};

const BOOKS: Labels = { severity: 'notice', ...NORTH };
const unbalanced = (...stretches: readonly Stretch[]): Shown =>
  series('ringside_books_unbalanced', stretches);

export const booksDoNotBalance: AlertStory = {
  alert: 'BooksDoNotBalance',
  fires: {
    given: [open(1), unbalanced([0, 10], [2, ALWAYS])],
    firing: [
      [10.75, []],
      [11, [BOOKS]],
    ],
    told: told(
      'BooksDoNotBalance',
      11,
      BOOKS,
      "Ringside's own books of north do not balance",
      '2 hotlines or queues of north have calls that are in no place or in two: a fault of Ringside, and their figures may be wrong. ' +
        'First: record what happens (`ringside record`), restart, and report it with the recording.',
    ),
  },
  justBelow: { given: [open(1), unbalanced([0, ALWAYS])], firing: [[20, []]] },
  resolves: {
    given: [unbalanced([2, 10], [0, ALWAYS])],
    firing: [
      [9, [BOOKS]],
      [10, []],
    ],
  },
  noCalls: { given: [open(1), unbalanced([0, ALWAYS])], firing: [[20, []]] },
  outOfHours: { given: [open(0), unbalanced([1, ALWAYS])], firing: [[20, [BOOKS]]] },
  blind: { given: [BLIND, unbalanced([0, ALWAYS])], firing: [[20, []]] },
  coldStart: { given: [unbalanced([undefined, 10], [0, ALWAYS])], firing: [[11, []]] },
  afterReset: { given: [unbalanced([2, 10], [undefined, 0.25], [0, ALWAYS])], firing: [[11, []]] },
};

const JOURNAL: Labels = { severity: 'page', ...DAEMON };
const journal = (...stretches: readonly Stretch[]): Shown => series('ringside_journal_up', stretches);

export const journalDown: AlertStory = {
  alert: 'JournalDown',
  fires: {
    given: [
      open(1),
      journal([1, 10], [0, ALWAYS]),
      series('ringside_journal_pending_facts', [[12, ALWAYS]]),
      series('ringside_journal_dropped_facts_total', [[3, ALWAYS]]),
    ],
    firing: [
      [10.25, []],
      [10.5, [JOURNAL]],
    ],
    told: told(
      'JournalDown',
      10.5,
      JOURNAL,
      'Ringside at daemon:9811 cannot write its journal',
      '12 facts wait in memory, 3 were given up. First: see whether the disk is full or read-only, and what the log says. ' +
        'Do not restart before: what waits would be lost.',
    ),
  },
  justBelow: { given: [journal([1, 10], [0, 0.5], [1, ALWAYS])], firing: [[10.5, []]] },
  resolves: {
    given: [journal([0, 10], [1, ALWAYS])],
    firing: [
      [9, [JOURNAL]],
      [10, []],
    ],
  },
  noCalls: { given: [open(1), journal([1, ALWAYS])], firing: [[10, []]] },
  outOfHours: { given: [open(0), journal([0, ALWAYS])], firing: [[10, [JOURNAL]]] },
  blind: { given: [BLIND, journal([1, ALWAYS])], firing: [[10, []]] },
  coldStart: { given: [journal([undefined, 10], [1, ALWAYS])], firing: [[11, []]] },
  // Without a journal there is no such series.
  afterReset: { given: [journal([0, 10], [undefined, ALWAYS])], firing: [[11, []]] },
};
