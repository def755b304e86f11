import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { PracticePbx } from '../../src/simulator/practice-pbx.ts';
import { SHANGHAI } from '../../src/simulator/site.ts';
import { blocksOf, eventsOf, orderByActor } from './event-order.ts';
import { STORIES, STORY_START_MS, type Story } from './stories.ts';

const TRACES = join(import.meta.dirname, '../traces');

/**
 * The recordings of a kind of call: where a second one went through Asterisk's threads in another order, it is kept
 * as `-again`, and the practice exchange may follow either.
 */
const recordings = (name: string): string[] =>
  [`${name}.ami`, `${name}-again.ami`]
    .map((file) => join(TRACES, file))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'latin1'));

interface Played {
  readonly text: string;
  readonly processedCalls: number;
}

function play(story: Story, withRecords = false): Played {
  let text = '';
  const pbx = new PracticePbx({
    seed: 1,
    callsPerHour: 0,
    site: SHANGHAI,
    startMs: STORY_START_MS,
    systemName: '',
    onEvent: (eventClass, block) => {
      const isHeard = eventClass !== 'cdr' || withRecords;
      if (isHeard && !block.startsWith('Event: QueueMemberAdded')) text += block;
    },
  });
  pbx.begin(story.plan);
  pbx.advanceTo(STORY_START_MS + 600_000);
  expect(pbx.floor.exchange.channels.size).toBe(0);
  return { text, processedCalls: pbx.floor.exchange.processedCalls };
}

function orderOf(text: string, withDevices: boolean): Order {
  const orders = Object.entries(orderByActor(eventsOf(text)));
  return Object.fromEntries(orders.filter(([actor]) => withDevices || !actor.startsWith('device seat')));
}

/** `Event` and its headers' names, in order: what a parser of either sees. */
function shapes(text: string): Map<string, Set<string>> {
  const byName = new Map<string, Set<string>>();
  for (const event of eventsOf(text)) {
    const name = event.get('Event') ?? '';
    byName.set(name, (byName.get(name) ?? new Set()).add([...event.keys()].join(' ')));
  }
  return byName;
}

type Order = Record<string, string[]>;

/** Device states lag behind; a recording may end before the last of them. */
function withoutLateDevices(practice: Order, real: Order | undefined): Order {
  return Object.fromEntries(
    Object.entries(practice).map(([actor, order]) => {
      const isLate = actor.startsWith('device') && real?.[actor]?.length === order.length - 1;
      return [actor, isLate ? order.slice(0, -1) : order];
    }),
  );
}

const goesAlike = (practice: Order, real: Order): boolean =>
  isDeepStrictEqual(withoutLateDevices(practice, real), real);

describe('a story on the practice exchange goes as it went on a real Asterisk 22', () => {
  it.each(STORIES)('$recording: every channel and device in a recorded order', (story) => {
    const withDevices = !story.busyAtOne;
    const practice = orderOf(play(story).text, withDevices);
    const orders = recordings(story.recording).map((text) => orderOf(text, withDevices));
    const closest = orders.find((real) => goesAlike(practice, real)) ?? orders[0];
    expect(withoutLateDevices(practice, closest)).toEqual(closest);
  });

  it.each(STORIES)('$recording: every event with the recorded headers in a recorded order', (story) => {
    const real = recordings(story.recording).map(shapes);
    for (const [name, forms] of shapes(play(story).text)) {
      const known = real.flatMap((one) => [...(one.get(name) ?? [])]);
      for (const form of forms) expect(known).toContain(form);
    }
  });

  it.each(STORIES)('$recording: as many calls counted as CoreStatus counted', (story) => {
    const counted = blocksOf(recordings(story.recording)[0] ?? '').findLast((block) =>
      block.has('CoreProcessedCalls'),
    );
    expect(String(play(story).processedCalls)).toBe(counted?.get('CoreProcessedCalls'));
  });

  it('parked-timed-out, every class: each stretch of it in the records as recorded', () => {
    const real = readFileSync(join(TRACES, 'parked-timed-out.all.ami'), 'latin1');
    const story = STORIES.find(({ recording }) => recording === 'parked-timed-out');
    const practice = story ? play(story, true).text : '';
    const lane = 'carrier 1 in the records';
    expect(orderByActor(eventsOf(practice))[lane]).toEqual(orderByActor(eventsOf(real))[lane]);
    expect(shapes(practice).get('Cdr')).toEqual(shapes(real).get('Cdr'));
  });
});
