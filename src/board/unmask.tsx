import { useEffect, useState } from 'preact/hooks';
import type { Answer } from './connection.ts';
import { connection, isLive } from './live.ts';
import { answerWords } from './move-words.ts';
import { words } from './settings.ts';

/** So long a number is in clear: long enough to dial it, not to be read over a shoulder afterwards. */
const SHOWN_S = 20;

/** Shows one number, for those who may, and for a moment only; the look is recorded, and that is said. */
export function Unmask({ pbx, uniqueid }: { readonly pbx: string; readonly uniqueid: string }) {
  const [number, setNumber] = useState<string>();
  const [restS, setRestS] = useState(0);
  const [refusal, setRefusal] = useState<Extract<Answer, { ok: false }>>();
  useEffect(() => {
    if (number === undefined) return undefined;
    if (restS <= 0) {
      setNumber(undefined);
      return undefined;
    }
    const timer = window.setTimeout(() => setRestS(restS - 1), 1000);
    return () => window.clearTimeout(timer);
  }, [number, restS]);
  if (connection.hello.value?.may.unmask !== true) return null;
  const say = words.value;
  const look = async (): Promise<void> => {
    const answer = await connection.ask({ type: 'unmask', pbx, uniqueid });
    setRefusal(answer.ok ? undefined : answer);
    if (!answer.ok) return;
    setRestS(SHOWN_S);
    setNumber(answer.result);
  };
  return (
    <span class="unmask">
      {number === undefined ? (
        <button
          type="button"
          class="act"
          title={say.say('unmask.recorded')}
          disabled={!isLive.value}
          onClick={() => void look()}
        >
          ◉ {say.say('unmask.show')}
        </button>
      ) : (
        <>
          <strong class="clear">{number}</strong>{' '}
          <span class="soft">{say.say('unmask.rest', { seconds: restS })}</span>
        </>
      )}
      {refusal === undefined ? null : (
        <span class="bad" role="alert">
          {answerWords(say, refusal)}
        </span>
      )}
    </span>
  );
}
