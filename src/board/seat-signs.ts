import type { Row } from '../push/protocol.ts';

export type SeatRow = Row<'seats'>;
export type SeatState = SeatRow['state'];

/** Beside the word, so that colour is never the only sign; the ones of the plain page. In the order in which states are told. */
export const SEAT_SIGNS: Readonly<Record<SeatState, string>> = {
  idle: '○',
  ringing: '◔',
  talking: '●',
  'on-hold': '‖',
  dialling: '◑',
  'wrap-up': '✎',
  paused: '▮',
  offline: '×',
  unknown: '?',
};
export const SEAT_STATES = Object.keys(SEAT_SIGNS) as SeatState[];

const ABSENT: ReadonlySet<SeatState> = new Set(['offline', 'unknown']);
export const isOnDuty = ({ state }: Pick<SeatRow, 'state'>): boolean => !ABSENT.has(state);

/** One for all: to be made anew for each comparison is dear with 500 seats. `Agent 10` comes after `Agent 9`. */
const BY_NAME = new Intl.Collator(undefined, { numeric: true });

export interface SeatGroup {
  /** The queue; '' for all, or for seats in none. */
  readonly queue: string;
  readonly keys: readonly string[];
}

/** The seats to show, by the agent's name: a place on the screen is learnt, so no state moves it. */
export function groupSeats(
  seats: readonly SeatRow[],
  by: 'all' | 'queue',
  only: SeatState | undefined,
): readonly SeatGroup[] {
  const shown = seats
    .filter(({ state }) => only === undefined || state === only)
    .toSorted((a, b) => BY_NAME.compare(a.agent, b.agent) || (a.key < b.key ? -1 : 1));
  if (by === 'all') return shown.length === 0 ? [] : [{ queue: '', keys: shown.map(({ key }) => key) }];
  const groups = Map.groupBy(
    shown.flatMap((seat) =>
      (seat.queues.length === 0 ? [''] : seat.queues).map((queue) => ({ queue, key: seat.key })),
    ),
    ({ queue }) => queue,
  );
  return [...groups]
    .map(([queue, members]) => ({ queue, keys: members.map(({ key }) => key) }))
    .toSorted((a, b) => Number(a.queue === '') - Number(b.queue === '') || BY_NAME.compare(a.queue, b.queue));
}
