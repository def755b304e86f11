import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { maskNumber } from '../../src/lib/mask.ts';
import { type Board, secondsShown } from './board.ts';
import { Stage } from './stage.ts';

/** The exchange stamps its events when it writes them, and the page learns the time over the wire. */
const CLOCKS_APART_S = 1;

let stage: Stage;
let leader: Board;
let viewer: Board;
beforeAll(async () => {
  stage = await Stage.open(inject('chroot'), inject('chromium'), [
    { name: 'wu', role: 'leader' },
    { name: 'gao', role: 'viewer' },
  ]);
  [leader, viewer] = await Promise.all([stage.signIn('wu'), stage.signIn('gao')]);
});
afterAll(() => stage?.stop());

test('a call comes, waits, is answered and ends, and everybody who looks sees it, its number masked', async () => {
  const { names } = stage.placed('claims');
  const masked = maskNumber(names.caller(0));
  const [agent, colleague] = [names.agent('a'), names.agent('b')];
  await stage.pause('claims', 'a', true, 'lunch');
  await stage.pause('claims', 'b', true, 'coaching');
  for (const board of [leader, viewer]) {
    await board.seat(agent, 'paused', 'lunch').waitFor();
    await board.seat(colleague, 'paused', 'coaching').waitFor();
    await board.queue('claims').getByText('nobody waits').waitFor();
  }

  const waitsSinceMs = await stage.call('claims', 0);
  for (const board of [leader, viewer]) {
    const caller = board.callers('claims').filter({ hasText: masked });
    await caller.filter({ hasText: 'Claims by telephone' }).waitFor();
    await shows(caller, waitsSinceMs);
  }

  await stage.pause('claims', 'a', false);
  await stage.pair.timeline.reached('claims', 'a.up');
  for (const board of [leader, viewer]) {
    await board.seat(agent, 'talking', masked, 'claims').waitFor();
    await board.queue('claims').getByText('nobody waits').waitFor();
    expect(await board.callers('claims').count()).toBe(0);
  }

  await stage.hangUp('claims', 0);
  for (const board of [leader, viewer]) {
    await board.seat(agent, 'idle', 'Answered 1').waitFor();
    const everything = await board.everything();
    expect(everything).toContain(masked);
    expect(everything).not.toContain(names.caller(0));
  }
});

test('a phone that is unplugged and plugged in again is seen at once', async () => {
  const { names } = stage.placed('claims');
  const phone = names.phone('b');
  await stage.pause('claims', 'b', false);
  await leader.seat(names.agent('b'), 'idle').waitFor();
  await stage.pair.driver.send({ Action: 'PJSIPUnregister', Registration: phone });
  for (const board of [leader, viewer]) await board.seat(names.agent('b'), 'offline').waitFor();
  await stage.pair.driver.send({ Action: 'PJSIPRegister', Registration: phone });
  for (const board of [leader, viewer]) await board.seat(names.agent('b'), 'idle').waitFor();
  expect(await leader.seat(names.agent('b'), 'offline').count()).toBe(0);
});

/** The wait that is shown runs, and is never longer than the caller has waited. */
async function shows(caller: ReturnType<Board['callers']>, sinceMs: number): Promise<void> {
  const leastS = Math.ceil((Date.now() - sinceMs) / 1000) + 1;
  for (let shownS = -1; shownS < leastS;) {
    shownS = secondsShown(await caller.innerText());
    expect(shownS).toBeLessThanOrEqual((Date.now() - sinceMs) / 1000 + CLOCKS_APART_S);
  }
}
