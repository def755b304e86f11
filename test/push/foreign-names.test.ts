import { expect, it } from 'vitest';
import { ForeignNames, type Theirs } from '../../src/push/foreign-names.ts';

const queuesNamed = (...names: readonly string[]): Theirs => ({
  hotlines: [],
  queues: names.map((queue) => ({ queue })) as unknown as Theirs['queues'],
  seats: [],
});

it.each([
  ['gas', 'helps in gas'],
  ['急救', '去急救帮忙'],
  ['急救', '在急救2队帮忙'],
  ['𠮷野', '去𠮷野帮忙'],
  ['gas急救', 'gas急救帮忙'],
  ['gas', '去gas帮忙'],
  ['gas (east)', 'for "gas (east)"'],
])('%s is not said in %j', (foreign, text) => {
  const names = new ForeignNames();
  expect(names.learn(queuesNamed('water', foreign), queuesNamed('water'))).toBe(true);
  expect(names.hush(text)).toBe('');
  // And once more: what was looked for last leaves nothing behind.
  expect(names.hush(text)).toBe('');
});

it.each([
  ['gas', 'smells of gasoline, gas-2 and vegas'],
  ['gas急救', 'vegas急救'],
])('%s is not in %j', (foreign, text) => {
  const names = new ForeignNames();
  names.learn(queuesNamed('water', foreign), queuesNamed('water'));
  expect(names.hush(text)).toBe(text);
});

it('leaves a longer name that is theirs, and what holds it', () => {
  const names = new ForeignNames();
  const theirs = queuesNamed('客服二线', 'gas (east)');
  names.learn(queuesNamed('客服', 'gas', '客服二线', 'gas (east)'), theirs);
  for (const text of ['在客服二线接听', 'to gas (east) now']) expect(names.hush(text)).toBe(text);
  for (const text of ['在客服接听', '从客服到客服二线', 'to gas, not gas (east)'])
    expect(names.hush(text)).toBe('');
  // A name of theirs that holds none of the others changes nothing.
  expect(
    names.learn(
      queuesNamed('客服', 'gas', '客服二线', 'gas (east)', 'water'),
      queuesNamed('客服二线', 'gas (east)', 'water'),
    ),
  ).toBe(false);
  // What becomes theirs is theirs from then on.
  expect(names.learn(queuesNamed('客服', '客服一线'), queuesNamed())).toBe(true);
  expect(names.hush('在客服一线接听')).toBe('');
  expect(names.learn(queuesNamed('客服', '客服一线'), queuesNamed('客服一线'))).toBe(true);
  expect(names.hush('在客服一线接听')).toBe('在客服一线接听');
});

it('remembers who has left the board', () => {
  const names = new ForeignNames();
  names.learn(queuesNamed('water', 'gas'), queuesNamed('water'));
  names.learn(queuesNamed('water'), queuesNamed('water'));
  expect(names.hush('listens to gas')).toBe('');
  names.learn(queuesNamed('water', 'gas'), queuesNamed('water', 'gas'));
  expect(names.hush('listens to gas')).toBe('listens to gas');
});

it('hushes nothing where everything is theirs', () => {
  const names = new ForeignNames();
  expect(names.learn(queuesNamed('water'), queuesNamed('water'))).toBe(false);
  expect(names.hush('water')).toBe('water');
});
