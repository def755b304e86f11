import { expect, test } from 'vitest';
import { whyWords } from '../../src/board/why-words.ts';
import { BoardWords } from '../../src/board/words/board-words.ts';

const ENDED = 'idle: its call ended';

test.each([
  ['en', ENDED, ENDED],
  ['es', ENDED, 'libre: terminó su llamada'],
  ['zh-Hans', 'wrap-up 30 s of queue gas-sales', '队列 gas-sales 的话后整理 30 秒'],
  ['zh-Hant', 'talks to: a caller of queue gas-sales', '通話：佇列 gas-sales 的來電者'],
  ['es', 'phone unreachable, says its device state', 'teléfono inaccesible, según el estado del dispositivo'],
  ['es', 'paused: comida {whom}', 'en pausa: comida {whom}'],
] as const)('in %s %j is said as %j', (language, why, said) => {
  expect(whyWords(new BoardWords(language), why)).toBe(said);
});

test('what is no sentence of the seats is not said in other words', () => {
  expect(whyWords(new BoardWords('es'), 'a sentence of a later release')).toBeUndefined();
});
