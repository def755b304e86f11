import { useState } from 'preact/hooks';
import { CLOSING_REASONS, type ClosingReason } from '../attempts/call-back-closing.ts';
import type { OpenCallBackRow } from '../explain/call-back-list.ts';
import type { Answer } from './connection.ts';
import { Dialog } from './dialog.tsx';
import { connection } from './live.ts';
import { answerWords } from './move-words.ts';
import { words } from './settings.ts';

const LONGEST_NOTE = 400;

/** With a reason of the norm, and words of one's own where they say more. */
export function CloseCallBack(props: {
  readonly callBack: OpenCallBackRow;
  readonly onLeave: () => void;
  readonly onClosed: () => void;
}) {
  const [reason, setReason] = useState<ClosingReason>();
  const [note, setNote] = useState('');
  const [refusal, setRefusal] = useState<Extract<Answer, { ok: false }>>();
  const say = words.value;
  const { id, caller, mayBeGivenUp } = props.callBack;
  const close = async (): Promise<void> => {
    const answer = await connection.ask({
      type: 'close-call-back',
      callBack: id,
      reason: [reason, note.trim()].filter((part) => part !== '').join(': '),
    });
    if (answer.ok) props.onClosed();
    else setRefusal(answer);
  };
  return (
    <Dialog
      title={say.say('owed.close-title', { caller: caller === '' ? say.say('queue.no-number') : caller })}
      onLeave={props.onLeave}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void close();
        }}
      >
        <fieldset>
          <legend>{say.say('owed.reason')}</legend>
          {CLOSING_REASONS.map((one) => (
            <Reason
              key={one}
              reason={one}
              isChosen={one === reason}
              // norm.md section 4: nobody is given up who was not tried on two days.
              isBarred={one === 'could-not-be-reached' && !mayBeGivenUp}
              onChoice={() => setReason(one)}
            />
          ))}
        </fieldset>
        <label>
          {say.say('owed.note')}
          <input
            type="text"
            maxLength={LONGEST_NOTE}
            required={reason === 'other'}
            value={note}
            onInput={({ currentTarget }) => setNote(currentTarget.value)}
          />
        </label>
        {refusal === undefined ? null : (
          <p class="bad" role="alert">
            ✕ {answerWords(say, refusal)} – <span lang="en">{refusal.detail}</span>
          </p>
        )}
        <p class="actions">
          <button type="button" class="act" onClick={props.onLeave}>
            {say.say('move.cancel')}
          </button>
          <button class="act" disabled={reason === undefined}>
            ✓ {say.say('owed.close')}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

function Reason(props: {
  readonly reason: ClosingReason;
  readonly isChosen: boolean;
  readonly isBarred: boolean;
  readonly onChoice: () => void;
}) {
  const say = words.value;
  return (
    <label class="reason">
      <input
        type="radio"
        name="reason"
        required
        disabled={props.isBarred}
        checked={props.isChosen}
        onChange={props.onChoice}
      />{' '}
      {say.say(`reason.${props.reason}`)}
      {props.isBarred ? <span class="soft"> – {say.say('owed.not-yet')}</span> : null}
    </label>
  );
}
