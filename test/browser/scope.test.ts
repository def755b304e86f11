import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { maskNumber } from '../../src/lib/mask.ts';
import { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open(inject('chroot'), inject('chromium'), [
    { name: 'wu', role: 'leader' },
    { name: 'lin', role: 'leader', sees: { hotlines: ['claims'], queues: ['claims'] } },
  ]);
});
afterAll(() => stage?.stop());

/** Every name, and every number, of what is not the scoped leader's. */
function namesOfOthers(): readonly string[] {
  return ['roadside', 'surveying'].flatMap((key) => {
    const { scenario, names } = stage.placed(key);
    const callers = scenario.callers.flatMap((_caller, at) => [
      names.caller(at),
      maskNumber(names.caller(at)),
    ]);
    return [key, scenario.title, names.agent('a'), names.phone('a'), names.number, ...callers];
  });
}

test('nothing that reaches the browser of a scoped leader names what is not theirs', async () => {
  const claims = stage.placed('claims').names;
  const [leader, scoped] = [await stage.signIn('wu'), await stage.signIn('lin')];
  await scoped.queue('claims').waitFor();
  // One of their seats helps out in a queue that is not theirs, and is there the only one who takes calls.
  await stage.addMember('roadside', claims.seat('b'), claims.agent('b'));
  await stage.pause('roadside', 'a', true, 'lunch');
  await stage.call('roadside', 0);
  await stage.pair.timeline.reached('claims', 'b.up');
  for (const board of [leader, scoped]) await board.seat(claims.agent('b'), 'talking').waitFor();
  // Somebody else's queue stands unstaffed, a caller waits in it and gives up, somebody sees to that.
  await stage.call('surveying', 0);
  await leader.page.goto(`${stage.url}#/breaches`);
  const breach = leader.page.getByRole('listitem').filter({ hasText: 'queue unstaffed' }).first();
  await breach
    .filter({ hasText: 'surveying' })
    .getByRole('button', { name: /Acknowledge/ })
    .click();
  await leader.page.getByText('acknowledged by wu').first().waitFor();
  await stage.hangUp('surveying', 0);

  await stage.call('claims', 0);
  await scoped.seat(claims.agent('a'), 'talking').waitFor();
  const theirs = { seat: `asterisk/${claims.seat('b')}` };
  const others = { seat: `asterisk/${stage.placed('roadside').names.seat('a')}` };
  const asked = [
    { type: 'move', ...others, change: { what: 'pause', queue: '', reason: 'lunch' } },
    { type: 'move', ...theirs, change: { what: 'remove', queue: 'roadside' } },
    { type: 'move', ...theirs, change: { what: 'add', queue: 'surveying', penalty: 0 } },
    { type: 'unmask', pbx: 'asterisk', uniqueid: '1.1' },
  ];
  for (const frame of asked) {
    expect(await scoped.ask({ ...frame, id: 'x' })).toMatchObject({ ok: false, code: 'not-found' });
  }
  for (const view of ['hotlines', 'breaches', 'calls', 'call-backs', 'wall', '']) {
    await scoped.page.goto(`${stage.url}#/${view}`);
    await scoped.page.getByText('Live', { exact: true }).first().waitFor();
  }
  await stage.hangUp('claims', 0);
  await stage.hangUp('roadside', 0);
  for (const board of [leader, scoped]) {
    await board.page.goto(`${stage.url}#/`);
    await board.seat(claims.agent('a'), 'idle', 'Answered 1').waitFor();
    await board.seat(claims.agent('b'), 'idle').waitFor();
  }

  expect([...leader.faults, ...scoped.faults]).toEqual([]);
  const [toAll, toScoped] = [await leader.everything(), await scoped.everything()];
  for (const name of ['claims', 'Claims by telephone', claims.agent('a'), claims.agent('b')]) {
    expect(toScoped).toContain(name);
  }
  const names = namesOfOthers();
  // The search finds what is there: to whoever sees everything nearly all of it was said, but no number in clear.
  expect(names.filter((name) => toAll.includes(name))).toEqual(
    expect.arrayContaining(['roadside', 'Roadside rescue', 'surveying', 'Surveyors on the way']),
  );
  expect(names.filter((name) => toScoped.includes(name))).toEqual([]);
});
