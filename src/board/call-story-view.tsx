import { useState } from 'preact/hooks';
import { callStorySchema, type CallStoryDocument } from '../explain/story-document.ts';
import { duration, outcomeLook, outcomeWords } from './call-words.ts';
import { useJournal } from './journal.ts';
import { floorZone, serverClock, store, titleOf } from './live.ts';
import { StoryAttempt, StoryQueues, StoryRates } from './story-parts.tsx';
import { Unmask } from './unmask.tsx';
import { language, words } from './settings.ts';

/** One call: what decided it, by which rule, and in which rate it counts on which side. */
export function CallStoryView({ id }: { readonly id: string }) {
  const [turn, setTurn] = useState(0);
  const say = words.value;
  const reading = useJournal(
    `api/calls/${encodeURIComponent(id)}?language=${language.value}`,
    callStorySchema,
    turn,
  );
  return (
    <>
      <div class="section-head">
        <button type="button" class="act" onClick={() => history.back()}>
          ← {say.say('story.back')}
        </button>
        <button type="button" class="act" onClick={() => setTurn(turn + 1)}>
          ↻ {say.say('calls.again')}
        </button>
      </div>
      {reading.state === 'reading' ? <p class="soft">{say.say('calls.reading')}</p> : null}
      {reading.state === 'failed' ? <p class="bad">✕ {say.say(reading.why)}</p> : null}
      {reading.state === 'read' ? <Story story={reading.value} /> : null}
    </>
  );
}

const zoneOf = ({ pbx, hotline }: CallStoryDocument['call']): string | undefined =>
  store.all('hotlines').find((row) => row.pbx === pbx && row.hotline === hotline)?.zone ?? floorZone.value;

function Story({ story }: { readonly story: CallStoryDocument }) {
  const say = words.value;
  const { call, outcome, definition } = story;
  const zone = zoneOf(call);
  const instant = (atMs: number): string => say.instant(atMs, serverClock.now.peek(), zone);
  return (
    <article class="story">
      <header class="card">
        <h2>
          {titleOf(call.pbx, call.hotline)} {call.reachedAtMs === null ? '' : instant(call.reachedAtMs)}
        </h2>
        <p class={`outcome ${outcomeLook(call.outcome)}`}>{outcomeWords(say, call.outcome)}</p>
        <p>
          {outcome.words}{' '}
          {outcome.rule === null ? null : (
            <span class="soft">({say.say('story.rule', { rule: outcome.rule })})</span>
          )}
        </p>
        <p class="soft">
          {say.say(`certainty.${call.certainty}`)} · {say.say(`check.${outcome.check}`)}
          {story.call.test ? ` · ${say.say('calls.test')}` : ''}
        </p>
        <dl class="pairs">
          <Pair name={say.say('calls.agent')} value={call.agent} />
          <Pair name={say.say('calls.queue')} value={call.queue} />
          <Pair name={say.say('calls.wait')} value={call.waitMs === null ? '' : duration(call.waitMs)} />
          <Pair name={say.say('calls.talk')} value={call.talkMs === 0 ? '' : duration(call.talkMs)} />
        </dl>
        <Unmask pbx={call.pbx} uniqueid={call.uniqueid} />
      </header>
      <section class="card">
        <h3>{say.say('story.steps')}</h3>
        <ol class="story-steps">
          {story.steps.map((step, at) => (
            <li key={at}>
              <span class="running">{say.secondOfDay(step.atMs, zone)}</span>
              <span>{step.words}</span>
              <span class="soft">{say.say('story.rule', { rule: step.rule })}</span>
            </li>
          ))}
        </ol>
      </section>
      <StoryRates story={story} zone={zone} />
      <StoryQueues story={story} />
      <StoryAttempt story={story} />
      {definition === null ? null : (
        <p class="soft">
          {say.say('story.settings', {
            hash: definition.hash.slice(0, 12),
            instant: instant(definition.sinceMs),
          })}
        </p>
      )}
    </article>
  );
}

function Pair({ name, value }: { readonly name: string; readonly value: string }) {
  if (value === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
