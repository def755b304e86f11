import { computed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Row } from '../push/protocol.ts';
import { elapsed } from './elapsed.ts';
import { isBlind, nowOf, store } from './live.ts';
import { waitLevel } from './now-figures.ts';
import { Breaches, FreeSeats, Longest, Waiting } from './now-strip.tsx';
import { addressOf } from './route.ts';
import { SEAT_SIGNS } from './seat-signs.ts';
import { shownWindow, words } from './settings.ts';
import { VerdictMark } from './target-block.tsx';
import { LiveMark, WallClock } from './top-bar.tsx';
import type { TargetReport } from './verdict-signs.ts';

/** As many as can be read; of more, those whose callers wait longest. */
const QUEUES_SHOWN = 8;
const HOTLINES_AT_LARGE = 3;

const wallQueues = computed(() => {
  const queues = store.all('queues');
  const shown =
    queues.length <= QUEUES_SHOWN
      ? queues
      : queues
          .filter(({ callers }) => callers.length > 0)
          .toSorted((a, b) => (a.callers[0]?.sinceMs ?? 0) - (b.callers[0]?.sinceMs ?? 0))
          .slice(0, QUEUES_SHOWN);
  return shown.map(({ key }) => key);
});

/** The wall, to be read from six metres: the wait, who is free, the targets. */
export function WallView() {
  useEffect(() => {
    const leave = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') location.hash = addressOf();
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, []);
  const hotlines = store.keys('hotlines').value;
  return (
    <div class="wall">
      <dl class="wall-now">
        <Longest />
        <Waiting />
        <FreeSeats />
        <Breaches />
      </dl>
      <ul class="wall-queues" aria-label={words.value.say('queue.title')}>
        {wallQueues.value.map((key) => (
          <WallQueue key={key} rowKey={key} />
        ))}
      </ul>
      <div class={`wall-hotlines ${hotlines.length > HOTLINES_AT_LARGE ? 'many' : ''}`}>
        {hotlines.map((key) => (
          <WallHotline key={key} rowKey={key} />
        ))}
      </div>
      <footer>
        <a href={addressOf()}>{words.value.say('nav.leave-wall')}</a>
        <span>{words.value.say(`window.${shownWindow.value}`)}</span>
        <LiveMark />
        <WallClock />
      </footer>
    </div>
  );
}

function WallQueue({ rowKey }: { readonly rowKey: string }) {
  const say = words.value;
  const row = store.row('queues', rowKey)?.value;
  if (row === undefined) return null;
  const [first] = row.callers;
  const waitMs = first === undefined ? 0 : nowOf(row.pbx) - first.sinceMs;
  const level = waitLevel(waitMs, row.patience);
  const look = first === undefined ? 'quiet' : level === 'calm' ? 'wait' : level;
  return (
    <li class={`${look} ${isBlind(row.pbx) ? 'unknown-now' : ''}`}>
      <span class="name">{row.queue}</span>
      <strong>
        {say.count(row.waiting)}
        {first === undefined ? null : <small> {elapsed(waitMs)}</small>}
      </strong>
      <span class="soft">
        {row.staffed === 0 ? (
          <span class="bad">▼ {say.say('queue.unstaffed')}</span>
        ) : (
          <>
            <span aria-hidden="true">{SEAT_SIGNS.idle}</span> {say.say('seat.state.idle')}{' '}
            {say.count(row.seats.idle)}
          </>
        )}
      </span>
    </li>
  );
}

/** After hours have a target of their own; in them it is the first to be looked at, and else there is no room for it. */
const appliesNow =
  ({ open }: Row<'hotlines'>) =>
  ({ target }: TargetReport): boolean =>
    target !== 'after-hours' || !open;

function WallHotline({ rowKey }: { readonly rowKey: string }) {
  const say = words.value;
  const row = store.row('hotlines', rowKey)?.value;
  if (row === undefined) return null;
  return (
    <section class={`wall-hotline ${isBlind(row.pbx) ? 'unknown' : ''}`}>
      <h2>{row.title}</h2>
      <ul>
        {row.targets.filter(appliesNow(row)).map(({ target, targetRatio, rates }) => {
          const rate = rates.find(({ window }) => window === shownWindow.value);
          return rate === undefined ? null : (
            <li key={target} class={rate.verdict}>
              <span class="name">{say.say(`target.${target}`)}</span>
              <strong>{rate.ratio === null ? say.say('rate.no-calls') : say.percent(rate.ratio)}</strong>
              <VerdictMark verdict={rate.verdict} />
              <span class="soft">
                {say.say('rate.of', {
                  hits: say.count(rate.hits),
                  calls: say.count(rate.hits + rate.misses),
                })}
                {targetRatio === null
                  ? ''
                  : ` · ${say.say('rate.target', { ratio: say.share(targetRatio) })}`}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
