import { Dialog } from './dialog.tsx';
import { question } from './move-desk.ts';
import { askedWords } from './move-words.ts';
import { words } from './settings.ts';

/** A move that would leave a queue unstaffed is not sent before somebody said yes. */
export function UnstaffedQuestion() {
  const open = question.value;
  if (open === undefined) return null;
  const say = words.value;
  const leave = (): void => {
    question.value = undefined;
  };
  return (
    <Dialog title={say.say('move.unstaffed-title')} onLeave={leave}>
      <p>{say.say('move.unstaffed-words', { agent: open.agent, change: askedWords(say, open.asked) })}</p>
      <p class="soft" lang="en">
        {open.detail}
      </p>
      <p class="actions">
        <button type="button" class="act" onClick={leave}>
          {say.say('move.unstaffed-no')}
        </button>
        <button
          type="button"
          class="act grave"
          onClick={() => {
            leave();
            open.yes();
          }}
        >
          {say.say('move.unstaffed-yes')}
        </button>
      </p>
    </Dialog>
  );
}
