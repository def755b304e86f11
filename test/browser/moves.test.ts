import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Board } from './board.ts';
import { Stage } from './stage.ts';

let stage: Stage;
let leader: Board;
let viewer: Board;
beforeAll(async () => {
  stage = await Stage.open(inject('chroot'), inject('chromium'), [
    { name: 'wu', role: 'leader' },
    { name: 'gao', role: 'viewer' },
  ]);
  [leader, viewer] = [await stage.signIn('wu'), await stage.signIn('gao')];
  const spare = stage.placed('surveying').names;
  await stage.addMember('roadside', spare.seat('a'), spare.agent('a'));
  await leader.queue('roadside').getByText('staffed 2').waitFor();
});
afterAll(() => stage?.stop());

const spareSeat = (): { readonly agent: string; readonly seat: string } => {
  const { names } = stage.placed('surveying');
  return { agent: names.agent('a'), seat: names.seat('a') };
};
const isIn = async (queue: string): Promise<boolean> =>
  (await stage.members(queue)).some(({ location }) => location === spareSeat().seat);

test('a seat is moved with two touches, and the caller who waits really comes to it', async () => {
  const { agent, seat } = spareSeat();
  for (const one of ['a', 'b']) await stage.pause('claims', one, true, 'lunch');
  await stage.call('claims', 0);
  await leader.callers('claims').first().waitFor();

  await leader.seat(agent, 'idle').click();
  await leader
    .queue('claims')
    .getByRole('button', { name: `From roadside, ${agent}, claims` })
    .click();

  await stage.pair.timeline.reached('surveying', 'a.up');
  for (const board of [leader, viewer]) {
    await board.moves
      .filter({ hasText: `${agent} from roadside to claims` })
      .getByText('confirmed')
      .waitFor();
    await board.moves.getByText('by wu').waitFor();
    await board.seat(agent, 'talking', 'claims').waitFor();
    await board.queue('claims').getByText('nobody waits').waitFor();
  }
  expect(await isIn('roadside')).toBe(false);
  expect(await stage.members('claims')).toContainEqual(
    expect.objectContaining({ location: seat, name: agent, stateinterface: seat, membership: 'dynamic' }),
  );
  await stage.hangUp('claims', 0);
  for (const one of ['a', 'b']) await stage.pause('claims', one, false);
  await viewer.seat(agent, 'idle').waitFor();
  await viewer.queue('claims').getByText('staffed 3').waitFor();
});

test('a move is undone with one touch, by whoever may move', async () => {
  expect(await viewer.page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
  await leader.page.getByRole('complementary').getByRole('button', { name: 'Undo' }).click();
  for (const queue of ['claims', 'roadside']) {
    await viewer.queue(queue).getByText('staffed 2').waitFor();
  }
  expect([await isIn('roadside'), await isIn('claims')]).toEqual([true, false]);
});

test('what would leave a queue unstaffed is asked first, and a no changes nothing', async () => {
  const { agent } = spareSeat();
  await stage.pause('roadside', 'a', true, 'lunch');
  await leader.queue('roadside').getByText('staffed 1').waitFor();
  const takeOut = leader.queue('roadside').getByRole('button', { name: `Take out, ${agent}, roadside` });
  const question = leader.page.getByRole('dialog', { name: 'Leave a queue unstaffed?' });
  await takeOut.click();
  await question.getByRole('button', { name: 'Leave it as it is' }).click();
  await question.waitFor({ state: 'detached' });
  expect(await isIn('roadside')).toBe(true);
  await takeOut.click();
  await question.getByRole('button', { name: 'Do it all the same' }).click();
  await viewer.queue('roadside').getByText('unstaffed').waitFor();
  expect(await isIn('roadside')).toBe(false);
});

test('a seat is dragged to a queue', async () => {
  const { agent } = spareSeat();
  await leader.seat(agent).dragTo(leader.queue('surveying'));
  await viewer.queue('surveying').getByText('staffed 1').waitFor();
  expect(await isIn('surveying')).toBe(true);
});

test('the exchange is not asked for a member that it does not let go, and the page says why', async () => {
  const agent = stage.placed('claims').names.agent('b');
  await leader.seat(agent).click();
  const takeOut = leader.queue('claims').getByRole('button', { name: `Take out, ${agent}, claims` });
  await takeOut.waitFor();
  expect(await takeOut.isDisabled()).toBe(true);
  expect(await takeOut.getAttribute('title')).toContain('the exchange does not let go of it');
});
