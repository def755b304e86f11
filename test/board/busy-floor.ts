import type { Changes, Row } from '../../src/push/protocol.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { generatedSeat, type Floor } from './generated-board.ts';

/** What changes on a busy floor: so many seats and a queue in each step, the same for the same seed. */
export function busyFloor(floor: Floor, seatsEachStep: number): (nowMs: number) => Changes {
  const random = seededRandom(floor.seed + 1);
  let step = 0;
  return (nowMs) => {
    step += 1;
    const changed = new Map<string, Row<'seats'>>();
    while (changed.size < seatsEachStep) {
      const seat = generatedSeat({ ...floor, nowMs }, random, random.between(0, floor.seats - 1));
      changed.set(seat.key, { ...seat, sinceMs: nowMs });
    }
    const seats = [...changed.values()].map(({ key, state, busyWith, on, sinceMs, why, caller, today }) => ({
      key,
      state,
      busyWith,
      on,
      sinceMs,
      why,
      caller,
      today,
    }));
    const queue = floor.queues[step % floor.queues.length] ?? '';
    return {
      seats: { set: seats },
      queues: { set: [{ key: `main/${queue}`, waiting: 1, callers: [caller(step, nowMs)] }] },
    };
  };
}

const caller = (step: number, nowMs: number): Row<'queues'>['callers'][number] => ({
  uniqueid: `1700000009.${step}`,
  sinceMs: nowMs - 20_000,
  caller: '138****0042',
  hotline: 'h0',
});
