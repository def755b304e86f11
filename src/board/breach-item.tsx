import { useState } from 'preact/hooks';
import type { BreachRow } from './breach-order.ts';
import { connection, floorZone, isLive, serverClock, store, titleOf } from './live.ts';
import type { Answer } from './connection.ts';
import { answerWords } from './move-words.ts';
import { addressOf } from './route.ts';
import { Running } from './running.tsx';
import { words } from './settings.ts';

/** One breach: what, about whom, since when, and who has taken note of it. */
export function BreachItem({ breach }: { readonly breach: BreachRow }) {
  const say = words.value;
  const { kind, pbx, uniqueid, acknowledged, untilMs } = breach;
  const isOpen = acknowledged === null;
  return (
    <li class={`breach ${isOpen ? 'open' : ''}`}>
      <b class={isOpen ? 'bad' : ''}>
        <span aria-hidden="true">{isOpen ? '▼' : '✓'}</span> {say.say(`breach.${kind}`)}
      </b>
      <span class="about">{breachPlace(breach)}</span>
      <span class="time">
        <Time breach={breach} />
      </span>
      <span class="offers">
        {uniqueid === '' ? null : (
          <a href={addressOf('calls', `${pbx}:${uniqueid}`)}>{say.say('breaches.call')}</a>
        )}
        {isOpen ? (
          <Acknowledge breach={breach} />
        ) : (
          <span class="soft">
            {say.say('breaches.acknowledged', {
              name: acknowledged.by,
              instant: say.instant(acknowledged.atMs, untilMs ?? serverClock.now.peek(), floorZone.value),
            })}
          </span>
        )}
      </span>
    </li>
  );
}

/** Whom it is about: hotline, queue, agent or exchange, as far as each is named. */
export function breachPlace({ pbx, hotline, queue, agent, seat }: BreachRow): string {
  const who = agent === '' ? (store.row('seats', seat)?.peek().agent ?? '') : agent;
  const named = [hotline === '' ? '' : titleOf(pbx, hotline), queue, who].filter((part) => part !== '');
  return named.length === 0 ? pbx : named.join(' · ');
}

function Time({ breach: { pbx, sinceMs, untilMs } }: { readonly breach: BreachRow }) {
  const say = words.value;
  const now = serverClock.now.value;
  const since = say.instant(sinceMs, now, floorZone.value);
  if (untilMs === null) {
    return (
      <>
        <Running sinceMs={sinceMs} pbx={pbx} />{' '}
        <span class="soft">{say.say('breaches.lasts', { instant: since })}</span>
      </>
    );
  }
  // A call that was not answered is over when it is told.
  if (untilMs - sinceMs < 1000) return <>{say.say('breaches.at', { instant: since })}</>;
  return (
    <>{say.say('breaches.span', { from: since, until: say.instant(untilMs, sinceMs, floorZone.value) })}</>
  );
}

function Acknowledge({ breach }: { readonly breach: BreachRow }) {
  const [refusal, setRefusal] = useState<Extract<Answer, { ok: false }>>();
  const [isAsked, setIsAsked] = useState(false);
  if (connection.hello.value?.may.acknowledge !== true) return null;
  const say = words.value;
  const acknowledge = async (): Promise<void> => {
    setIsAsked(true);
    const answer = await connection.ask({ type: 'acknowledge', breach: breach.key });
    setIsAsked(false);
    // That somebody was first shows on the board by itself.
    setRefusal(answer.ok || answer.code === 'already' ? undefined : answer);
  };
  return (
    <>
      {refusal === undefined ? null : (
        <span class="bad" role="alert">
          {answerWords(say, refusal)}
        </span>
      )}
      <button
        type="button"
        class="act"
        disabled={isAsked || !isLive.value}
        aria-label={`${say.say('breaches.acknowledge')}: ${say.say(`breach.${breach.kind}`)}, ${breachPlace(breach)}`}
        onClick={() => void acknowledge()}
      >
        {say.say('breaches.acknowledge')}
      </button>
    </>
  );
}
