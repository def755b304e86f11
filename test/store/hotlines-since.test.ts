import { describe, expect, it } from 'vitest';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { settingsText } from '../../src/store/definition-text.ts';
import { hotlinesSince } from '../../src/store/hotlines-since.ts';
import { someHotline, someWatch } from '../support/definitions.ts';

const watch = (...names: readonly string[]): WatchDefinition =>
  someWatch({ hash: names.join(), hotlines: names.map((name) => someHotline({ name })) });
const inForce = (atMs: number, ...names: readonly string[]) => ({
  atMs,
  hash: names.join(),
  settings: settingsText(watch(...names)),
});
const since = (sinceMs: number, name: string) => ({ pbx: 'north', name, sinceMs });

describe('since when a hotline is in force without a break', () => {
  it('is since the first definition that had it, as long as each one since has it', () => {
    const history = [inForce(1, 'gas'), inForce(5, 'gas', 'water'), inForce(7, 'gas', 'water', 'heat')];
    expect(hotlinesSince(history, watch('gas', 'water'), 9)).toEqual([since(1, 'gas'), since(5, 'water')]);
  });

  it('is since it came back, where one was without it', () => {
    const history = [inForce(1, 'gas', 'water'), inForce(5, 'gas'), inForce(7, 'gas', 'water')];
    expect(hotlinesSince(history, watch('gas', 'water'), 9)).toEqual([since(1, 'gas'), since(7, 'water')]);
  });

  it('is since this start where nothing was kept, or not of it, or what was kept cannot be read', () => {
    expect(hotlinesSince([], watch('gas'), 9)).toEqual([since(9, 'gas')]);
    expect(hotlinesSince([inForce(1, 'gas')], watch('water'), 9)).toEqual([since(9, 'water')]);
    for (const settings of ['{', '[]', '{"hotlines":[{"name":"gas"}]}']) {
      const unread = { atMs: 5, hash: 'x', settings };
      expect(hotlinesSince([inForce(1, 'gas'), unread], watch('gas'), 9)).toEqual([since(9, 'gas')]);
    }
  });

  it('is of its exchange: another one may have a hotline of that name', () => {
    const south = someWatch({ hotlines: [someHotline({ pbx: 'south' })] });
    expect(hotlinesSince([inForce(1, 'gas')], south, 9)).toEqual([{ pbx: 'south', name: 'gas', sinceMs: 9 }]);
  });
});
