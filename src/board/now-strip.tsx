import type { ComponentChildren } from 'preact';
import { openBreaches } from './announcer.tsx';
import { elapsed } from './elapsed.ts';
import { isAllBlind, nowOf, seenHotlines, seenQueues, seenSeats } from './live.ts';
import { LEVEL_SIGNS, longestWait, waitingNow, waitLevel, type WaitLevel } from './now-figures.ts';
import { addressOf } from './route.ts';
import { isOnDuty } from './seat-signs.ts';
import { words } from './settings.ts';

/** Of the free: those who have been so longest. */
const NAMES_SHOWN = 4;

/** The few figures that are looked for first. */
export function NowStrip() {
  return (
    <section class="now" aria-label={words.value.say('now.title')}>
      <dl>
        <Waiting />
        <Longest />
        <FreeSeats />
        <Talking />
        <Breaches />
      </dl>
    </section>
  );
}

function Figure(props: {
  readonly name: string;
  readonly value: ComponentChildren;
  readonly beside?: ComponentChildren;
  readonly look: string;
  /** Ours, not the exchange's: known even while nothing is seen. */
  readonly isOurs?: true;
}) {
  const isUnknown = isAllBlind.value && props.isOurs !== true;
  return (
    <div class={`figure ${isUnknown ? 'quiet' : props.look}`}>
      <dt>{props.name}</dt>
      <dd>
        <strong>{isUnknown ? '?' : props.value}</strong>{' '}
        <span class="soft">{isUnknown ? null : props.beside}</span>
      </dd>
    </div>
  );
}

export function Waiting() {
  const say = words.value;
  const waiting = waitingNow(seenQueues.value, seenHotlines.value);
  return (
    <Figure name={say.say('now.waiting')} value={say.count(waiting)} look={waiting > 0 ? 'wait' : 'quiet'} />
  );
}

export function Longest() {
  const say = words.value;
  const longest = longestWait(seenQueues.value, seenHotlines.value);
  if (longest === undefined) {
    return (
      <Figure name={say.say('now.longest')} value="–" beside={say.say('now.nobody-waits')} look="quiet" />
    );
  }
  const waitMs = nowOf(longest.pbx) - longest.sinceMs;
  const level = waitLevel(waitMs, longest.patience);
  return (
    <Figure
      name={say.say('now.longest')}
      value={elapsed(waitMs)}
      beside={
        <>
          {longest.place} <LevelMark level={level} />
        </>
      }
      look={level === 'calm' ? 'wait' : level}
    />
  );
}

/** A wait against what callers bear: a sign and, for whoever asks, the words. */
export function LevelMark({ level }: { readonly level: WaitLevel }) {
  if (level === 'calm') return null;
  return (
    <span class={`level ${level}`}>
      <span aria-hidden="true">{LEVEL_SIGNS[level]}</span> {words.value.say(`patience.${level}`)}
    </span>
  );
}

export function FreeSeats() {
  const say = words.value;
  const seats = seenSeats.value;
  const idle = seats.filter(({ state }) => state === 'idle').toSorted((a, b) => a.sinceMs - b.sinceMs);
  const free = idle.length;
  const names = idle
    .slice(0, NAMES_SHOWN)
    .map(({ agent }) => agent)
    .join(', ');
  const onDuty = seats.filter((seat) => isOnDuty(seat)).length;
  return (
    <Figure
      name={say.say('now.free')}
      value={say.count(free)}
      beside={
        <>
          {say.say('now.of-seats', { count: say.count(onDuty) })} <span class="names">{names}</span>
        </>
      }
      look={free > 0 ? 'good' : 'quiet'}
    />
  );
}

function Talking() {
  const say = words.value;
  const talking = seenSeats.value.filter(({ state }) => state === 'talking' || state === 'on-hold').length;
  return <Figure name={say.say('now.talking')} value={say.count(talking)} look="quiet" />;
}

export function Breaches() {
  const say = words.value;
  const open = openBreaches();
  return (
    <Figure
      name={say.say('now.breaches')}
      value={say.count(open)}
      beside={
        open > 0 ? (
          <a class="bad" href={addressOf('breaches')}>
            ▼ {say.say('now.not-acknowledged')}
          </a>
        ) : null
      }
      look={open > 0 ? 'bad' : 'quiet'}
      isOurs
    />
  );
}
