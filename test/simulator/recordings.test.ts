import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PracticePbx } from '../../src/simulator/practice-pbx.ts';
import { SHANGHAI } from '../../src/simulator/site.ts';
import { blocksOf, eventsOf, orderByActor } from './event-order.ts';
import { STORIES, STORY_START_MS, type Story } from './stories.ts';

const recorded = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../traces', `${name}.ami`), 'latin1');

interface Played {
  readonly text: string;
  readonly processedCalls: number;
}

function play(story: Story): Played {
  let text = '';
  const pbx = new PracticePbx({
    seed: 1,
    callsPerHour: 0,
    site: SHANGHAI,
    startMs: STORY_START_MS,
    systemName: '',
    onEvent: (_, block) => {
      if (!block.startsWith('Event: QueueMemberAdded')) text += block;
    },
  });
  pbx.begin(story.plan);
  pbx.advanceTo(STORY_START_MS + 600_000);
  expect(pbx.floor.exchange.channels.size).toBe(0);
  return { text, processedCalls: pbx.floor.exchange.processedCalls };
}

function orderOf(text: string, withDevices: boolean): Record<string, string[]> {
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

describe('a story on the practice exchange goes as it went on a real Asterisk 22', () => {
  it.each(STORIES)('$recording: every channel and device in the recorded order', (story) => {
    const withDevices = !story.busyAtOne;
    const real = orderOf(recorded(story.recording), withDevices);
    const practice = orderOf(play(story).text, withDevices);
    for (const [actor, order] of Object.entries(real)) {
      // Device states lag behind; a recording may end before the last of them.
      const missing =
        actor.startsWith('device') && order.length === (practice[actor]?.length ?? 0) - 1 ? 1 : 0;
      if (missing === 1) practice[actor]?.pop();
    }
    expect(practice).toEqual(real);
  });

  it.each(STORIES)('$recording: every event with the recorded headers in the recorded order', (story) => {
    const real = shapes(recorded(story.recording));
    for (const [name, forms] of shapes(play(story).text)) {
      const known = [...(real.get(name) ?? [])];
      for (const form of forms) expect(known).toContain(form);
    }
  });

  it.each(STORIES)('$recording: as many calls counted as CoreStatus counted', (story) => {
    const counted = blocksOf(recorded(story.recording)).findLast((block) => block.has('CoreProcessedCalls'));
    expect(String(play(story).processedCalls)).toBe(counted?.get('CoreProcessedCalls'));
  });
});
