import { expect, it } from 'vitest';
import type { UsualDay, UsualDaysAsk } from '../src/store/report-reads.ts';
import { UsualDays } from '../src/usual-days.ts';
import { someHotline, someHours, someWatch } from './support/definitions.ts';

const MIDNIGHT_MS = Date.parse('2026-10-27T23:00:00Z');
const watch = someWatch({ hotlines: [someHotline({ hours: someHours({ zone: 'Europe/Berlin' }) })] });

it('usual days are read once for each day of a hotline and each definition, and shown on their own day alone', async () => {
  const asked: UsualDaysAsk[] = [];
  const reader = {
    usualDays: (ask: UsualDaysAsk): Promise<readonly UsualDay[]> => {
      asked.push(ask);
      const untilMs = ask.nowMs < MIDNIGHT_MS ? MIDNIGHT_MS : Infinity;
      return Promise.resolve([{ pbx: 'north', hotline: 'gas', target: 'transfer', calls: 7, untilMs }]);
    },
  };
  const days = new UsualDays();
  await days.look(reader, watch, MIDNIGHT_MS - 60_000);
  await days.look(reader, watch, MIDNIGHT_MS - 1);
  expect(asked.map(({ hotlines }) => hotlines.map(({ targets }) => targets))).toEqual([
    [['auto', 'transfer']],
  ]);
  expect([days.list(MIDNIGHT_MS - 1).length, days.list(MIDNIGHT_MS).length]).toEqual([1, 0]);
  await days.look(reader, watch, MIDNIGHT_MS);
  expect([asked.length, days.list(MIDNIGHT_MS).length]).toEqual([2, 1]);
  await days.look(reader, { ...watch }, MIDNIGHT_MS + 1);
  expect(asked).toHaveLength(3);
});

it('a journal that could not be read is asked again at the next look', async () => {
  const days = new UsualDays();
  const broken = { usualDays: () => Promise.reject(new Error('locked')) };
  await expect(days.look(broken, watch, 0)).rejects.toThrow('locked');
  let asked = 0;
  await days.look({ usualDays: () => Promise.resolve(((asked += 1), [])) }, watch, 1);
  expect(asked).toBe(1);
});
