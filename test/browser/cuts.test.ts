import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import type { Board } from './board.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let board: Board;
beforeAll(async () => {
  stage = await Stage.open(inject('chroot'), inject('chromium'), [{ name: 'wu', role: 'leader' }]);
  board = await stage.signIn('wu');
});
afterAll(() => stage?.stop());
afterEach(() => {
  stage.wire.restore();
  stage.amiWire.restore();
});

/** Read from across a desk: half as large again as what it stands above. */
const LARGE_PX = 18;

const agent = (): string => stage.placed('claims').names.agent('a');

test('a cut network is said at once and large, what is no longer known is greyed, and the right picture comes back', async () => {
  const coloursBefore = await coloursOf(board);
  await stage.pause('claims', 'a', true, 'lunch');
  await board.seat(agent(), 'paused', 'lunch').waitFor();
  stage.wire.cut();
  const banner = board.banner('Connection lost');
  await banner.getByText(/What is shown is from .* and may no longer hold/).waitFor();
  expect(await sizeOf(banner.getByRole('heading'))).toBeGreaterThanOrEqual(LARGE_PX);
  expect(await coloursOf(board)).not.toBe(coloursBefore);
  expect(await board.page.title()).toContain('Connection lost');
  await board.seat(agent(), 'paused', 'lunch').waitFor();

  await stage.pause('claims', 'a', false);
  await stage.call('roadside', 0);
  stage.wire.restore();
  await banner.waitFor({ state: 'detached' });
  await board.isLive();
  await board.seat(agent(), 'idle').waitFor();
  await board.seat(stage.placed('roadside').names.agent('a'), 'talking').waitFor();
  expect(await coloursOf(board)).toBe(coloursBefore);
  await stage.hangUp('roadside', 0);
});

test('a machine without a network says so at once, though nothing was closed', async () => {
  const context = board.page.context();
  await context.setOffline(true);
  await board.page.getByRole('region', { name: /No sign of life|Connection lost/ }).waitFor();
  await stage.pause('claims', 'a', true, 'coaching');
  await context.setOffline(false);
  await board.isLive();
  await board.seat(agent(), 'paused', 'coaching').waitFor();
  expect(await board.page.title()).toBe('Ringside');
  await stage.pause('claims', 'a', false);
  await board.seat(agent(), 'idle').waitFor();
});

test('a wire that carries nothing any more is found out by the missing heartbeats', async () => {
  stage.wire.hold();
  await board
    .banner('No sign of life')
    .getByText(/The daemon has said nothing for \d+ s/)
    .waitFor();
  await stage.pause('claims', 'a', true, 'lunch');
  stage.wire.goOn();
  await board.isLive();
  await board.seat(agent(), 'paused', 'lunch').waitFor();
  expect(await board.banner('No sign of life').count()).toBe(0);
  await stage.pause('claims', 'a', false);
  await board.seat(agent(), 'idle').waitFor();
});

test('an exchange that is not seen is said, nothing of it is counted, and afterwards it is as it is', async () => {
  await stage.call('surveying', 0);
  await board.callers('surveying').first().waitFor();
  stage.amiWire.cut();
  const banner = board.banner('asterisk is not seen');
  await banner.getByText(/Not seen since .*: what happens there is not known/).waitFor();
  expect(await sizeOf(banner.getByRole('heading'))).toBeGreaterThanOrEqual(LARGE_PX);
  await board.queue('claims').getByText('not seen now').waitFor();
  const now = board.page.getByRole('region', { name: 'Now' });
  await now.getByText('?').first().waitFor();
  await stage.hangUp('surveying', 0);
  await stage.pause('claims', 'a', true, 'lunch');
  stage.amiWire.restore();
  await banner.waitFor({ state: 'detached' });
  await board.seat(agent(), 'paused', 'lunch').waitFor();
  await board.queue('surveying').getByText('nobody waits').waitFor();
  await stage.pause('claims', 'a', false);
});

/** What the functions below find where they run: in the page, which has a DOM. */
interface Drawn {
  readonly parentElement: Drawn | null;
}
declare const getComputedStyle: (element: Drawn) => Record<'color' | 'backgroundColor' | 'fontSize', string>;

/** How a queue is drawn, greyed or not: its colours, and those of all around it. */
const coloursOf = (on: Board): Promise<string> =>
  on.queue('claims').evaluate((element) => {
    const drawn = [];
    for (let at: Drawn | null = element as unknown as Drawn; at !== null; at = at.parentElement) {
      const { color, backgroundColor } = getComputedStyle(at);
      drawn.push(color, backgroundColor);
    }
    return drawn.join(' ');
  });

const sizeOf = (heading: ReturnType<Board['banner']>): Promise<number> =>
  heading.evaluate((element) => Number.parseFloat(getComputedStyle(element as unknown as Drawn).fontSize));
