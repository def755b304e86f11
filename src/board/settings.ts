import { computed, effect, signal, type Signal } from '@preact/signals';
import { LANGUAGES, languageFor } from '../lib/languages.ts';
import type { Row } from '../push/protocol.ts';
import { BoardWords } from './words/board-words.ts';

type Window = Row<'hotlines'>['targets'][number]['rates'][number]['window'];
export const WINDOWS = ['5m', '10m', '30m', '1h', '2h', 'shift', 'day', 'month'] as const satisfies Window[];
export const THEMES = ['auto', 'light', 'dark'] as const;
export const ARRANGEMENTS = ['all', 'queue'] as const;
const SWITCH = ['off', 'on'] as const;

/** What this browser was set to, where it lets us keep it; each is one of those it may be. */
function remembered<Choice extends string>(
  name: string,
  choices: readonly Choice[],
  fallback: Choice,
): Signal<Choice> {
  const setting = signal(choices.find((choice) => choice === kept(name)) ?? fallback);
  let isFirst = true;
  effect(() => {
    const { value } = setting;
    if (!isFirst) keep(name, value);
    isFirst = false;
  });
  return setting;
}

function kept(name: string): string | null {
  try {
    return localStorage.getItem(`ringside.${name}`);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`ringside.${name}`, value);
  } catch {
    // A browser that keeps nothing: the choice holds until the page is closed.
  }
}

export const language = remembered('language', LANGUAGES, languageFor(navigator.languages));
export const theme = remembered('theme', THEMES, 'auto');
/** The one window all rates are shown over. */
export const shownWindow = remembered('window', WINDOWS, 'day');
export const arrangement = remembered('seats', ARRANGEMENTS, 'all');
/** Both opt-in: a device calls for nobody until somebody wants it to. */
export const alarmSound = remembered('alarm-sound', SWITCH, 'off');
export const alarmNotice = remembered('alarm-notice', SWITCH, 'off');

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const isSystemDark = signal(systemIsDark.matches);
systemIsDark.addEventListener('change', ({ matches }) => {
  isSystemDark.value = matches;
});
/** For what is not drawn by the style sheet. */
export const isDark = computed(() => (theme.value === 'auto' ? isSystemDark.value : theme.value === 'dark'));

export const words = computed(() => new BoardWords(language.value));

effect(() => {
  document.documentElement.lang = language.value;
});
effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
});
