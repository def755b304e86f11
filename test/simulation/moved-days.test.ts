import { expect, it } from 'vitest';
import { SEATS } from '../../src/simulator/company.ts';
import { QUEUE_ACTIONS } from '../../src/simulator/queue-actions.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { liveDay } from './day.ts';
import { practiceDefinition } from './day-definition.ts';
import type { WatchedExchange } from './watched-exchange.ts';

const DAYS = 60;
/** Where all are rung at once, the events of many phones are no instant any more, as the book has it. */
const ONE_BY_ONE = ['billing', 'repairs', 'key-accounts'] as const;

/** Somebody moves a seat about: what it is asked to do, it does or refuses. */
function mover(seed: number): { meddle: (watched: WatchedExchange) => void; done: Map<string, number> } {
  const random = seededRandom(seed);
  const done = new Map<string, number>();
  const seats = SEATS.filter(({ extension }) => extension < '400').map((seat) => seat.interface);
  const meddle = ({ pbx }: WatchedExchange): void => {
    const seat = random.pick([seats[0] ?? '', ...seats.slice(1)]);
    const { desk } = pbx.floor;
    const [own] = desk.membersOf(seat);
    const like = own ?? { interface: seat, name: seat, paused: false, pausedReason: '' };
    const queue = random.pick(ONE_BY_ONE);
    // Who is in no queue cannot be paused, and the book has every break.
    const other = desk.membersOf(seat).length > 1 ? 'queueremove' : 'queueadd';
    const name = random.pick(['queueadd', other, 'queuepenalty']);
    const action = new Map([
      ['queue', queue],
      ['interface', like.interface],
      ['stateinterface', seat],
      ['membername', like.name],
      ['penalty', String(random.between(0, 5))],
      ['paused', String(like.paused)],
      ['reason', like.pausedReason],
    ]);
    const answer = QUEUE_ACTIONS.get(name)?.(pbx.floor, action);
    const key = answer?.isRefused === false ? name : 'refused';
    done.set(key, (done.get(key) ?? 0) + 1);
  };
  return { meddle, done };
}

it('while seats are moved about, every day is told as the ledger has it', { timeout: 120_000 }, async () => {
  const definition = await practiceDefinition();
  const total = new Map<string, number>();
  for (let seed = 1; seed <= DAYS; seed += 1) {
    const { meddle, done } = mover(seed);
    const day = liveDay(definition, { seed, calls: 100, faults: false, meddle });
    // Who was taken out of a queue while it talked has no wrap-up there; that was in the book before.
    const found = day.differences.filter((one) => !one.includes('truly wrap-up, told idle'));
    expect(found, `seed ${seed}`).toEqual([]);
    for (const [name, count] of done) total.set(name, (total.get(name) ?? 0) + count);
  }
  for (const name of ['queueadd', 'queueremove', 'queuepenalty', 'refused'])
    expect(total.get(name)).toBeGreaterThan(DAYS);
});
