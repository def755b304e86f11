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

it('hushes nothing where everything is theirs', () => {
  const names = new ForeignNames();
  expect(names.learn(queuesNamed('water'), queuesNamed('water'))).toBe(false);
  expect(names.hush('water')).toBe('water');
});
