import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { PASSWORD, Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open(inject('chroot'), inject('chromium'), [
    { name: 'wu', role: 'leader' },
    { name: 'gao', role: 'viewer' },
  ]);
});
afterAll(() => stage?.stop());

test('nobody sees a figure before the password is right, and a wrong one is said so', async () => {
  const board = await stage.visit();
  await board.signIn('wu', 'five words that are wrong');
  await board.page.getByRole('alert').filter({ hasText: 'Name or password is wrong.' }).waitFor();
  expect(await board.everything()).not.toContain('claims');
  await board.signIn('wu', PASSWORD);
  await board.isLive();
  await board.queue('claims').waitFor();
  await board.page.getByText('wu shift leader').waitFor();
  await board.close();
});

test('who signs out is out in every window of that browser at once, and nobody else is', async () => {
  const other = await stage.signIn('wu');
  const board = await stage.signIn('wu');
  const window = await board.another();
  await window.isLive();
  await board.page.getByRole('button', { name: 'Sign out' }).click();
  for (const left of [board, window]) {
    await left.page.getByRole('button', { name: 'Sign in' }).waitFor();
    await left.queue('claims').waitFor({ state: 'detached' });
  }
  const { frames } = window;
  const told = frames.length;
  await stage.pause('claims', 'a', true, 'lunch');
  await other.seat(stage.placed('claims').names.agent('a'), 'paused', 'lunch').waitFor();
  expect(frames.length).toBe(told);
  expect(await board.page.evaluate(async () => (await fetch('/api/report')).status)).toBe(401);
  await stage.pause('claims', 'a', false);
  await Promise.all([board.close(), other.close()]);
});

test('a viewer is offered no move, and one that is asked for all the same changes nothing', async () => {
  const { names } = stage.placed('claims');
  const [viewer, leader] = [await stage.signIn('gao'), await stage.signIn('wu')];
  for (const board of [viewer, leader]) await board.seat(names.agent('a'), 'idle').click();
  // What the leader is offered shows that the viewer's page had the time to offer it.
  await leader.page.getByRole('heading', { name: 'Move this seat' }).waitFor();
  await viewer.page.getByRole('complementary').getByText('Why in that state').waitFor();
  expect(await viewer.page.getByRole('heading', { name: 'Move this seat' }).count()).toBe(0);
  expect(await viewer.page.getByRole('button', { name: `, ${names.agent('a')},` }).count()).toBe(0);

  const seat = `asterisk/${names.seat('a')}`;
  expect((await stage.members('roadside')).map(({ location }) => location)).not.toContain(names.seat('a'));
  for (const change of [
    { what: 'add', queue: 'roadside', penalty: 0 },
    { what: 'remove', queue: 'claims' },
    { what: 'pause', queue: '', reason: 'lunch' },
  ]) {
    const answer = await viewer.ask({ type: 'move', id: '1', seat, change });
    expect(answer).toMatchObject({ type: 'answer', id: '1', ok: false, code: 'not-allowed' });
  }
  expect((await stage.members('roadside')).map(({ location }) => location)).not.toContain(names.seat('a'));
  expect(await stage.members('claims')).toContainEqual(
    expect.objectContaining({ location: names.seat('a'), paused: '0' }),
  );
  await Promise.all([viewer.close(), leader.close()]);
});
