/** What is spoken to people: by the page, the way in and the reports. */
export const LANGUAGES = ['en', 'zh-Hans', 'zh-Hant', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language in its own words, for whoever looks for it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  es: 'Español',
};

/**
 * Numbers and dates as they are written there (BCP 47); English with the day first, for months are not numbers to all who
 * read it.
 */
export const LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  'zh-Hans': 'zh-Hans-CN',
  'zh-Hant': 'zh-Hant-TW',
  es: 'es-ES',
};

/** The first language of a list of tags (BCP 47) that is spoken here; English where none is. */
export function languageFor(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const parts = tag.toLowerCase().split('-');
    if (parts[0] === 'zh') {
      const traditional = parts.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part));
      return traditional && !parts.includes('hans') ? 'zh-Hant' : 'zh-Hans';
    }
    const found = LANGUAGES.find((language) => language === parts[0]);
    if (found !== undefined) return found;
  }
  return 'en';
}
