import type { CallStoryDocument } from '../explain/story-document.ts';
import { elapsed } from './elapsed.ts';
import { words } from './settings.ts';

interface Props {
  readonly story: CallStoryDocument;
}

const RESULT_SIGNS = { hit: '✓', miss: '▼', set_aside: '◇', unknown: '?', none: '–' } as const;
const RESULT_LOOKS = { hit: 'good', miss: 'bad', set_aside: 'soft', unknown: 'soft', none: 'soft' } as const;

/** Each target's rate, and on which side of it the call is. */
export function StoryRates({ story, zone }: Props & { readonly zone: string | undefined }) {
  const say = words.value;
  return (
    <section class="card">
      <h3>{say.say('story.rates')}</h3>
      <ul class="sides">
        {story.rates.map(({ target, result, numerator, denominator, why, decidedAtMs }) => (
          <li key={target}>
            <b>{say.say(`target.${target}`)}</b>
            <span class={RESULT_LOOKS[result ?? 'none']}>
              <span aria-hidden="true">{RESULT_SIGNS[result ?? 'none']}</span>{' '}
              {say.say(`result.${result ?? 'none'}`)}
              {denominator === 0 ? '' : ` (${numerator} / ${denominator})`}
            </span>
            <span class="soft">
              {why}
              {decidedAtMs === null
                ? ''
                : ` · ${say.say('story.decided', { instant: say.secondOfDay(decidedAtMs, zone) })}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function StoryQueues({ story: { queues } }: Props) {
  if (queues.length === 0) return null;
  const say = words.value;
  return (
    <section class="card">
      <h3>{say.say('story.queues')}</h3>
      <ul class="sides">
        {queues.map(({ queue, waitMs, why, agent, endedAtMs }) => (
          <li key={`${queue} ${endedAtMs}`}>
            <b>{queue}</b>
            <span>
              {elapsed(waitMs)} {agent}
            </span>
            <span class="soft">{why}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function StoryAttempt({ story: { attempt } }: Props) {
  if (attempt === null) return null;
  const say = words.value;
  const counts = {
    attempt: say.count(attempt.attempt),
    calls: say.count(attempt.calls),
    failed: say.count(attempt.failedBefore),
  };
  const parts = [
    say.say('story.nth', counts),
    say.say(`attempt.${attempt.result}`),
    say.say(`chain.${attempt.chain}`),
    ...(attempt.score === null ? [] : [say.say('story.score', { score: attempt.score })]),
  ];
  return (
    <section class="card">
      <h3>{say.say('story.attempt')}</h3>
      <p>{parts.join(' · ')}</p>
    </section>
  );
}
