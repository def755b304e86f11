import { expect, it } from 'vitest';
import { TheirNames } from '../../src/http/their-names.ts';

it.each([
  ['gas', 'waits in queue gas.', 'waits in queue ….'],
  ['gas', 'smells of gasoline, gas-2 and vegas', 'smells of gasoline, gas-2 and vegas'],
  ['gas (east)', 'to "gas (east)"', 'to "…"'],
  ['a+b|c[d]\\e/f.g-h$^{1}*?', 'is a+b|c[d]\\e/f.g-h$^{1}*?', 'is …'],
  ['客服', '去客服帮忙', '去…帮忙'],
  ['gas', '去gas帮忙', '去…帮忙'],
  ['José', 'with José, not Josépha', 'with …, not Josépha'],
])('%s is taken out of %j', (name, words, said) => {
  expect(new TheirNames(new Set([name])).said(words)).toBe(said);
});

it('leaves a longer name that is theirs', () => {
  const names = new TheirNames(new Set(['客服', 'gas']), new Set(['客服二线', 'gas (east)']));
  expect(names.said('从客服到客服二线, gas or gas (east)')).toBe('从…到客服二线, … or gas (east)');
});

it('takes the longer of two names, and nothing where there is none', () => {
  expect(new TheirNames(new Set(['gas', 'gas east'])).said('gas east')).toBe('…');
  expect(new TheirNames(new Set([''])).said('gas')).toBe('gas');
});
