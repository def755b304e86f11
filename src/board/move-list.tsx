import type { Row } from '../push/protocol.ts';
import { floorZone, isLive, serverClock, store } from './live.ts';
import { dismiss, follow, mayMove, requests, type MoveRequest } from './move-desk.ts';
import {
  answerWords,
  askedWords,
  changeWords,
  MOVE_SIGNS,
  movesToShow,
  STEP_SIGNS,
  wayOf,
} from './move-words.ts';
import { words } from './settings.ts';

type MoveRow = Row<'moves'>;

/** What was asked of the exchange and what became of it: asked, confirmed, refused with its words, or nothing came. */
export function MoveList() {
  const { now, earlier } = movesToShow(store.all('moves'), serverClock.now.value);
  const asked = requests.value;
  if (now.length + earlier.length + asked.length === 0) return null;
  const say = words.value;
  return (
    <section class="moves card" aria-labelledby="moves-title">
      <h2 id="moves-title">{say.say('move.list')}</h2>
      <div aria-live="polite" aria-relevant="additions text">
        <ul>
          {asked.map((request, at) => (
            <RequestItem key={at} request={request} />
          ))}
          {now.map((move) => (
            <MoveItem key={move.key} move={move} />
          ))}
        </ul>
      </div>
      {earlier.length === 0 ? null : (
        <details>
          <summary>{say.say('move.earlier', { count: say.count(earlier.length) })}</summary>
          <ul>
            {earlier.map((move) => (
              <MoveItem key={move.key} move={move} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** The same of one seat: what became of what was just asked, where it was asked. */
export function MovesOfSeat({ seat }: { readonly seat: string }) {
  const { now } = movesToShow(
    store.all('moves').filter((move) => move.seat === seat),
    serverClock.now.value,
  );
  const asked = requests.value.filter((request) => request.seat === seat);
  return (
    <ul>
      {asked.map((request, at) => (
        <RequestItem key={at} request={request} />
      ))}
      {now.slice(0, 2).map((move) => (
        <MoveItem key={move.key} move={move} />
      ))}
    </ul>
  );
}

function RequestItem({ request }: { readonly request: MoveRequest }) {
  const say = words.value;
  const { agent, asked, refusal } = request;
  return (
    <li class={`move ${refusal === undefined ? 'asked' : 'refused'}`}>
      <span class="what">
        <b>{agent}</b> {askedWords(say, asked)}
      </span>
      <span class="state">
        <span aria-hidden="true">{refusal === undefined ? '…' : '✕'}</span>{' '}
        {refusal === undefined
          ? say.say('move.sending')
          : `${say.say('move.not-begun')}: ${answerWords(say, refusal)}`}
      </span>
      {refusal === undefined ? null : (
        <span class="offers">
          <button type="button" class="act" onClick={() => dismiss(request)}>
            {say.say('move.dismiss')}
          </button>
        </span>
      )}
    </li>
  );
}

function MoveItem({ move }: { readonly move: MoveRow }) {
  const say = words.value;
  const { agent, change, state, by, askedAtMs, follows } = move;
  const tellsSteps = state === 'half-done' || state === 'refused' || state === 'timed-out';
  return (
    <li class={`move ${state}`}>
      <span class="what">
        <b>{agent}</b> {follows === '' ? changeWords(say, change) : followWords(move)}{' '}
        <span class="soft">
          {say.secondOfDay(askedAtMs, floorZone.value)} {say.say('move.by', { name: by })}
        </span>
      </span>
      <span class="state">
        <span aria-hidden="true">{MOVE_SIGNS[state]}</span> {say.say(`moved.${state}`)}
      </span>
      <WaysOn move={move} />
      {tellsSteps ? <Steps move={move} /> : null}
    </li>
  );
}

function followWords(move: MoveRow): string {
  const say = words.value;
  const { change } = move;
  const way = wayOf(move, store.row('moves', move.follows)?.value);
  const what = askedWords(say, { change, way });
  return way === undefined ? `${what} (${say.say('move.again')})` : what;
}

function WaysOn({ move }: { readonly move: MoveRow }) {
  if (!mayMove.value) return null;
  const say = words.value;
  return (
    <span class="offers">
      {move.state === 'half-done' ? (
        <button type="button" class="act" disabled={!isLive.value} onClick={() => follow('finish', move)}>
          {say.say('move.finish')}
        </button>
      ) : null}
      {move.canUndo ? (
        <button type="button" class="act" disabled={!isLive.value} onClick={() => follow('undo', move)}>
          ↶ {say.say('move.undo')}
        </button>
      ) : null}
    </span>
  );
}

/** Action by action, with what Asterisk said: of a move that went wrong it must be plain how far it came. */
function Steps({ move }: { readonly move: MoveRow }) {
  const say = words.value;
  return (
    <ol class="steps">
      {move.steps.map(({ action, queue, state, said }, at) => (
        <li key={at}>
          <span aria-hidden="true">{STEP_SIGNS[state]}</span> {action} {queue}: {say.say(`step.${state}`)}
          {said === '' ? null : (
            <>
              {' – '}
              <span lang="en">“{said}”</span>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}
