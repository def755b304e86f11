import { beforeAll, describe, expect, it } from 'vitest';
import type { Sight } from '../../src/access/who.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { BoardBuilder } from '../../src/push/board-builder.ts';
import { NO_EXTRAS } from '../../src/push/board-extras.ts';
import { Hub } from '../../src/push/hub.ts';
import type { Board } from '../../src/push/protocol.ts';
import { RowKeys } from '../../src/push/row-keys.ts';
import { PRACTICE_PBX } from '../../src/simulator/practice-config.ts';
import { practiceDefinition } from '../simulation/day-definition.ts';
import { WatchedExchange } from '../simulation/watched-exchange.ts';
import { someLink } from '../support/picture.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { someWho } from './some-board.ts';
import { VirtualClient } from './virtual-client.ts';

const NINE_MS = Date.parse('2026-03-03T01:00:00Z');
const STEP_MS = 1_000;
const STEPS = 900;

let definition: WatchDefinition;
beforeAll(async () => {
  definition = await practiceDefinition();
});

/** What one of this sight is told in a quarter of an hour, and every name that was theirs at some time of it. */
function quarterOfAnHour(sees: Sight): { read: VirtualClient; all: Board; own: ReadonlySet<string> } {
  const watched = new WatchedExchange({ definition, seed: 11, startMs: NINE_MS, callsPerHour: 600 });
  const builder = new BoardBuilder(new RowKeys('salt'), NO_EXTRAS);
  const links = [someLink({ pbx: PRACTICE_PBX })];
  const build = (): Board =>
    builder.build(watched.pipeline.report(watched.nowMs, links), watched.pipeline.seats());
  const hub = new Hub({
    clock: new VirtualClock(),
    board: build,
    seatNames: (key) => [key.slice(PRACTICE_PBX.length + 1)],
    hello: (who, nowMs) => ({
      type: 'hello',
      protocol: 1,
      version: 'test',
      nowMs,
      heartbeatMs: 5000,
      who: { name: who.name, title: '', role: who.role, kind: who.kind },
      may: { move: false, acknowledge: false, closeCallBacks: false, unmask: false },
      pauseReasons: [],
    }),
  });
  const read = new VirtualClient();
  hub.join(someWho({ sees }), read);
  const own = new Set<string>();
  let all = build();
  for (let step = 1; step <= STEPS; step += 1) {
    watched.advanceTo(NINE_MS + step * STEP_MS);
    all = build();
    for (const { seat, agent, queues } of all.seats) {
      if (queues.some((queue) => sees.queues.includes(queue))) own.add(seat).add(agent);
    }
    hub.publish(all);
  }
  return { read, all, own };
}

describe('a quarter of an hour of the practice exchange, to a leader of one queue', () => {
  it('says every name that is theirs and no other', () => {
    const [first, ...others] = definition.pbxs.flatMap(({ queues }) => queues.map(({ name }) => name));
    if (first === undefined) throw new Error('the practice exchange has queues');
    const { read, all, own } = quarterOfAnHour({ hotlines: [], queues: [first], seats: [] });
    const foreign = [
      ...others,
      ...all.hotlines.flatMap(({ hotline, title }) => [hotline, title]),
      ...all.seats.flatMap(({ seat, agent }) => [seat, agent]).filter((name) => !own.has(name)),
    ];
    const said = read.texts.join('\n');
    // A name that is a field's too stands before a colon there.
    const isSaid = (name: string): boolean =>
      new RegExp(`(?<![\\w-])${name.replaceAll(/[^\w-]/g, '\\$&')}(?![\\w-])(?!":)`).test(said);
    expect(foreign.length).toBeGreaterThan(10);
    expect(foreign.filter(isSaid)).toEqual([]);
    expect([first, ...own].filter((name) => !isSaid(name))).toEqual([]);
    expect(read).toMatchObject({ gaps: 0 });
    expect(read.ofType('delta').length).toBeGreaterThan(100);
  });

  it('tells seats that are busy with what is not theirs as busy, with nobody and for nothing', () => {
    const [first] = definition.pbxs.flatMap(({ queues }) => queues.map(({ name }) => name));
    const { read, all } = quarterOfAnHour({ hotlines: [], queues: [first ?? ''], seats: [] });
    const truth = new Map(all.seats.map((row) => [row.key, row]));
    const seats = read.board?.seats ?? [];
    expect(seats.map(({ key, state, sinceMs }) => [key, state, sinceMs])).toEqual(
      seats.map(({ key }) => [key, truth.get(key)?.state, truth.get(key)?.sinceMs]),
    );
    const elsewhere = seats.filter(({ key }) => ![undefined, '', first].includes(truth.get(key)?.on));
    expect(elsewhere.map(({ on, why, caller }) => on + why + caller)).toEqual(elsewhere.map(() => ''));
  });
});
