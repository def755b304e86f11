import type { Row } from '../push/protocol.ts';

export type Change = Row<'moves'>['change'];
type Seat = Pick<Row<'seats'>, 'pbx' | 'queues' | 'penalties' | 'staticIn'>;
type Queue = Pick<Row<'queues'>, 'pbx' | 'queue'>;

export interface Offer {
  readonly change: Change;
  /** A member row that Asterisk will not let go ("Member not dynamic"). */
  readonly isStatic: boolean;
}

/** What can be done with a seat and a queue: add it, bring it over from another of its queues, or take it out. */
export function offersFor(seat: Seat, { pbx, queue }: Queue, penalty = 0): readonly Offer[] {
  if (seat.pbx !== pbx) return [];
  if (seat.queues.includes(queue)) {
    return [{ change: { what: 'remove', queue }, isStatic: seat.staticIn.includes(queue) }];
  }
  const transfers = seat.queues.map((from) => ({
    change: { what: 'transfer', from, to: queue, penalty: seat.penalties[from] ?? penalty } as const,
    isStatic: seat.staticIn.includes(from),
  }));
  return [{ change: { what: 'add', queue, penalty }, isStatic: false }, ...transfers];
}

/** A seat was dropped on a queue: nothing to do, the one thing that can be meant, or several to choose from. */
export function droppedOn(seat: Seat, queue: Queue): 'nothing' | 'choose' | Change {
  if (seat.pbx !== queue.pbx || seat.queues.includes(queue.queue)) return 'nothing';
  const offers = offersFor(seat, queue);
  const [only] = offers;
  return offers.length === 1 && only !== undefined ? only.change : 'choose';
}
