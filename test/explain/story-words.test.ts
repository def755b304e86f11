import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultsOfWords } from '../../src/board/words-check.ts';
import { MESSAGES as OF_PAGE } from '../../src/board/words/board-words.ts';
import { callStoryDocument, type CallStoryDocument } from '../../src/explain/story-document.ts';
import { StoryWords, STORY_MESSAGES } from '../../src/explain/story-words.ts';
import type { StoryKey } from '../../src/explain/words-en.ts';
import { LANGUAGES, type Language } from '../../src/lib/languages.ts';
import { ReportWords } from '../../src/reports/report-words.ts';
import { callRowOf } from '../../src/store/call-row.ts';
import { answeredCall } from '../store/stories.ts';

const KEYS = Object.keys(STORY_MESSAGES.en) as StoryKey[];
const TRANSLATED = LANGUAGES.filter((language) => language !== 'en');
const AT_MS = Date.parse('2026-11-20T09:00:00Z');
const valuesIn = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

function storyIn(language: Language): CallStoryDocument {
  const facts = answeredCall('1.1', AT_MS);
  const row = callRowOf(
    { pbx: 'north', uniqueid: '1.1' },
    facts.map((fact) => ({ fact, source: 'seen' as const })),
  );
  return callStoryDocument({ call: { row, facts }, definitions: [], attempt: undefined }, language);
}

describe.each(LANGUAGES)('the words of a story in %s', (language) => {
  it.each(KEYS)('say %s with the same values', (key) => {
    expect(STORY_MESSAGES[language][key]).not.toBe('');
    expect(valuesIn(STORY_MESSAGES[language][key])).toEqual(valuesIn(STORY_MESSAGES.en[key]));
  });
});

describe.each(TRANSLATED)('the words of a story in %s', (language) => {
  const own = Object.entries<string>(STORY_MESSAGES[language]);
  const sharedBy = (said: Readonly<Record<string, string>>, kinds: RegExp): [string, string][] =>
    own.filter(([key]) => kinds.test(key) && key in said);

  it('are those of the page', () => {
    const page: Readonly<Record<string, string>> = OF_PAGE[language];
    const shared = sharedBy(page, /^(target|outcome|result)\./);
    expect(shared).toHaveLength(4 + 8 + 4);
    expect(shared).toEqual(shared.map(([key]) => [key, page[key]]));
  });

  it('name the rates as the reports do', () => {
    const reports = new ReportWords(language, 'UTC');
    for (const target of ['auto', 'transfer', 'direct', 'after-hours'] as const) {
      expect(STORY_MESSAGES[language][`target.${target}`]).toBe(reports.say(`target.${target}`));
    }
  });

  it('leave no sentence in English', () => {
    const words = (key: StoryKey): string => STORY_MESSAGES.en[key].replaceAll(/\{\w+\}/g, '');
    const sentences = KEYS.filter((key) => /[a-z]{3}/.test(words(key)));
    const same = sentences.filter((key) => STORY_MESSAGES[language][key] === STORY_MESSAGES.en[key]);
    expect(same).toEqual([]);
  });

  it('change nothing of a story but its sentences', () => {
    const [english, other] = [storyIn('en'), storyIn(language)];
    const bare = (story: CallStoryDocument) => ({
      ...story,
      outcome: { ...story.outcome, words: '', certainty: '' },
      steps: story.steps.map((step) => ({ ...step, words: '' })),
      rates: story.rates.map((side) => ({ ...side, why: '' })),
      queues: story.queues.map((side) => ({ ...side, why: '' })),
    });
    expect(bare(other)).toEqual(bare(english));
    const said = (story: CallStoryDocument): string[] => [
      story.outcome.words,
      story.outcome.certainty,
      ...story.steps.map(({ words }) => words),
      ...[...story.rates, ...story.queues].map(({ why }) => why),
    ];
    const inEnglish = new Set(said(english));
    expect(said(other).filter((words) => inEnglish.has(words) || /\{|\}/.test(words))).toEqual([]);
  });
});

describe('the words of a story', () => {
  it('are each said', () => {
    const folder = `${import.meta.dirname}/../../src/explain`;
    const code = readdirSync(folder)
      .filter((file) => !file.startsWith('words-'))
      .map((file) => ({ file, text: readFileSync(`${folder}/${file}`, 'utf8') }));
    expect(faultsOfWords(STORY_MESSAGES, code)).toEqual([]);
  });

  it('write tenths as they are written there', () => {
    expect(LANGUAGES.map((language) => new StoryWords(language).seconds(9049))).toEqual([
      '9.0 s',
      '9.0 秒',
      '9.0 秒',
      '9,0 s',
    ]);
  });

  it('tell an answered call in Chinese', () => {
    expect(storyIn('zh-Hans').steps.map(({ words }) => words)).toEqual([
      '到达热线 gas（设自动应答），服务时间内',
      '自动应答接起（Up）',
      '“自动应答接通率”：达成',
      '请求人工：进入队列 support',
      '队列 support 在 9.0 秒后结束：人工接听',
      '与话务员 Ann Other（坐席 PJSIP/seat101）接通，来自队列 support，请求人工后 9.0 秒',
      '“转人工接通率”：达成',
      '来电者挂断',
      '与话务员 Ann Other 的通话结束，时长 120.5 秒',
      '人工接听：来电者与人工已接通',
    ]);
  });

  it('say a name as it is, whatever it holds', () => {
    expect(new StoryWords('en').say('transferred-in', { hotline: '{talk} $& $1' })).toBe(
      'passed on to the number of {talk} $& $1: counts once, here',
    );
  });
});
