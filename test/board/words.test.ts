import { describe, expect, it } from 'vitest';
import { BoardWords, MESSAGES } from '../../src/board/words/board-words.ts';
import { LANGUAGES, languageFor } from '../../src/lib/languages.ts';
import type { MessageKey } from '../../src/board/words/en.ts';
import { faultsOfWords, pageSources } from '../../src/board/words-check.ts';
import { EN } from '../../src/reports/messages-en.ts';
import { ES } from '../../src/reports/messages-es.ts';
import { ZH_HANS } from '../../src/reports/messages-zh-hans.ts';
import { ZH_HANT } from '../../src/reports/messages-zh-hant.ts';

const KEYS = Object.keys(MESSAGES.en) as MessageKey[];
const OF_REPORTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: EN,
  es: ES,
  'zh-Hans': ZH_HANS,
  'zh-Hant': ZH_HANT,
};
const valuesIn = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe.each(LANGUAGES)('the words in %s', (language) => {
  it.each(KEYS)('say %s with the same values', (key) => {
    expect(MESSAGES[language][key]).not.toBe('');
    expect(valuesIn(MESSAGES[language][key])).toEqual(valuesIn(MESSAGES.en[key]));
  });

  it('are those of the reports where both say the same thing', () => {
    const said = OF_REPORTS[language] ?? {};
    const shared = KEYS.filter((key) => /^(target|verdict|figures)\./.test(key) && key in said);
    expect(shared.length).toBeGreaterThan(12);
    expect(shared.map((key) => [key, MESSAGES[language][key]])).toEqual(
      shared.map((key) => [key, said[key]]),
    );
  });
});

describe('the check of the build', () => {
  it('finds nothing missing and nothing unused', () => {
    expect(faultsOfWords(MESSAGES, pageSources(`${import.meta.dirname}/../../src/board`))).toEqual([]);
  });

  it('names what one language lacks and what nothing says', () => {
    const messages = { en: { 'a.b': 'x', 'a.c': 'y', 'd.e': 'z' }, es: { 'a.b': 'x', 'a.c': 'y' } };
    const sources = [{ file: 'a.tsx', text: "say('a.b'); say(`d.${one}`);" }];
    expect(faultsOfWords(messages, sources)).toEqual(["es does not say 'd.e'", "nothing says 'a.c'"]);
  });
});

describe('the language of a browser', () => {
  it.each([
    [['de-DE', 'es-419', 'en'], 'es'],
    [['zh-CN'], 'zh-Hans'],
    [['zh'], 'zh-Hans'],
    [['zh-Hans-HK'], 'zh-Hans'],
    [['zh-TW'], 'zh-Hant'],
    [['zh-Hant'], 'zh-Hant'],
    [['zh-HK', 'en'], 'zh-Hant'],
    [['de', 'fr'], 'en'],
    [[], 'en'],
  ])('%j is %s', (wanted, language) => {
    expect(languageFor(wanted)).toBe(language);
  });
});

describe('numbers and times', () => {
  const [english, spanish] = [new BoardWords('en'), new BoardWords('es')];
  const NOON_MS = Date.parse('2026-03-03T12:00:00Z');

  it('never rounds a rate up to its target', () => {
    expect(english.percent(0.84999)).toBe('84.9%');
    expect(english.percent(0.29)).toBe('29.0%');
    expect(spanish.percent(0.98)).toMatch(/^98,0\s%$/);
  });

  it('has no rate without calls', () => {
    expect(english.percent(null)).toBe('–');
  });

  it('tells times in the zone it is given', () => {
    expect(english.timeOfDay(NOON_MS, 'Asia/Shanghai')).toBe('20:00');
    expect(english.secondOfDay(NOON_MS, 'America/Bogota')).toBe('07:00:00');
  });

  it('adds the date where it is not the day of now, in that zone', () => {
    const evening = NOON_MS + 5 * 3_600_000;
    expect(english.instant(NOON_MS, evening, 'UTC')).toBe('12:00');
    expect(english.instant(NOON_MS, evening, 'Asia/Shanghai')).toBe('3 Mar 2026 20:00');
  });
});
