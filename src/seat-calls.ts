import type { Pipeline } from './pipeline.ts';
import type { BoardExtras } from './push/board-extras.ts';
import { ByPbx } from './rates/by-pbx.ts';
import type { SeatCall } from './seats/seat-call.ts';

/** The call each seat is on, the same object as long as it is the same call. */
export class SeatCalls {
  readonly #pipeline: Pipeline;
  readonly #calls = new ByPbx<SeatCall | undefined>();

  constructor(pipeline: Pipeline) {
    this.#pipeline = pipeline;
  }

  extras(): Pick<BoardExtras, 'callAt'> {
    return { callAt: (pbx, seat) => this.#callAt(pbx, seat) };
  }

  #callAt(pbx: string, seat: string): SeatCall | undefined {
    const seats = this.#pipeline.exchange(pbx)?.seats;
    const call = seats?.stale === false ? seats.callOf(seat) : undefined;
    const before = this.#calls.get(pbx, seat);
    if (call === before || (call && before && isSame(call, before))) return before;
    this.#calls.set(pbx, seat, call);
    return call;
  }
}

const isSame = (one: SeatCall, other: SeatCall): boolean =>
  one.uniqueid === other.uniqueid && one.caller === other.caller && one.direction === other.direction;
