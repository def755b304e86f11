import type { StandingBreach } from '../breaches/breach.ts';
import type { Move } from '../moves/move.ts';
import type { SeatCall } from '../seats/seat-call.ts';
import type { Row } from './protocol.ts';

export type Patience = Row<'queues'>['patience'];
export type Trend = Row<'hotlines'>['trend'];
export type CallBackCounts = NonNullable<Row<'hotlines'>['callBacks']>;
export type SeatToday = Row<'seats'>['today'];

/** What is shown of a caller: the number masked ('' where none came) and the hotline it reached ('' for none). */
export interface ShownCaller {
  readonly caller: string;
  readonly hotline: string;
}

/** What members of queues are beside what their seat's live view says. */
export interface SeatPosts {
  /** By queue. */
  readonly penalties: Readonly<Record<string, number>>;
  /** Queues that Asterisk will not let it go from, as far as it is known. */
  readonly staticIn: readonly string[];
}

/**
 * What a board shows beside the Report and the live seats, handed in by those who know it. Asked for every row of every
 * board that is built, up to ten times a second: each answers at once from what it keeps, and gives the same object
 * again as long as nothing of it changed. Seats are named by their state interface, calls by their caller's uniqueid.
 */
export interface BoardExtras {
  patience(pbx: string, queue: string): Patience;
  trend(pbx: string, hotline: string): Trend;
  /** Null without a journal that keeps numbers. */
  callBacks(pbx: string, hotline: string): CallBackCounts | null;
  /** Of the running day, by the agent at it now. */
  today(pbx: string, seat: string): SeatToday;
  callerOf(pbx: string, uniqueid: string): ShownCaller;
  callAt(pbx: string, seat: string): SeatCall | undefined;
  posts(pbx: string, seat: string): SeatPosts;
  breaches(): readonly StandingBreach[];
  moves(): readonly Move[];
}

const NO_PATIENCE: Patience = Object.freeze({
  waits: 0,
  abandons: 0,
  tooFew: true,
  medianMs: null,
  quarterMs: null,
  curve: [],
});
const NO_TREND: Trend = Object.freeze({});
const NOTHING_TODAY: SeatToday = Object.freeze({ answered: 0, ringNoAnswer: 0, endedFirst: 0, talks: 0 });
const NOBODY: ShownCaller = Object.freeze({ caller: '', hotline: '' });
const NO_POSTS: SeatPosts = Object.freeze({ penalties: Object.freeze({}), staticIn: Object.freeze([]) });

/** Nothing is known of any of it. */
export const NO_EXTRAS: BoardExtras = {
  patience: () => NO_PATIENCE,
  trend: () => NO_TREND,
  callBacks: () => null,
  today: () => NOTHING_TODAY,
  callerOf: () => NOBODY,
  callAt: () => undefined,
  posts: () => NO_POSTS,
  breaches: () => [],
  moves: () => [],
};
