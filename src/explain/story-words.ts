import type { Language } from '../lib/languages.ts';
import { EN, type StoryKey, type StoryMessages } from './words-en.ts';
import { ES } from './words-es.ts';
import { ZH_HANS } from './words-zh-hans.ts';
import { ZH_HANT } from './words-zh-hant.ts';

export const STORY_MESSAGES: Readonly<Record<Language, StoryMessages>> = {
  en: EN,
  'zh-Hans': ZH_HANS,
  'zh-Hant': ZH_HANT,
  es: ES,
};

/** How a call's story is said in one language. */
export class StoryWords {
  readonly #messages: StoryMessages;

  constructor(language: Language) {
    this.#messages = STORY_MESSAGES[language];
  }

  say(key: StoryKey, values: Readonly<Record<string, string | number>> = {}): string {
    return this.#messages[key].replaceAll(/\{(\w+)\}/g, (_whole, name: string) => String(values[name] ?? ''));
  }

  /** Of an exchange's clock, to the tenth, with its unit. */
  seconds(ms: number): string {
    return this.say('seconds', { seconds: this.number((ms / 1000).toFixed(1)) });
  }

  /** Of a setting, as it is set. */
  number(value: number | string): string {
    return String(value).replace('.', this.say('decimal'));
  }
}
