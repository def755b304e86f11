import { Choice } from './choice.tsx';
import { shownWindow, WINDOWS, words } from './settings.ts';

/** The one window all rates are shown over. */
export function WindowChoice() {
  const say = words.value;
  return (
    <Choice
      name="window"
      label={say.say('window.title')}
      chosen={shownWindow}
      choices={WINDOWS.map((window) => [window, say.say(`window.${window}`)] as const)}
    />
  );
}
