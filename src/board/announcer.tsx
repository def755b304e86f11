import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { elapsed } from './elapsed.ts';
import { connection, nowOf, seenHotlines, seenQueues, store } from './live.ts';
import { longestWait, waitLevel, type WaitLevel } from './now-figures.ts';
import { words } from './settings.ts';

const said = signal('');
const LEVELS: readonly WaitLevel[] = ['calm', 'past-quarter', 'past-half'];

/** For screen readers, sparingly: the connection, a longest wait that grew past what callers bear, and more breaches. */
export function Announcer() {
  useEffect(() => {
    const stops = [sayConnection(), sayLongestWait(), sayBreaches()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return (
    <p class="unseen" role="status">
      {said}
    </p>
  );
}

function sayConnection(): () => void {
  let before = connection.state.peek();
  return effect(() => {
    const now = connection.state.value;
    if (now !== before) said.value = words.peek().say(`connection.${now}`);
    before = now;
  });
}

/** Once for each level, until nobody waits so long any more. */
function sayLongestWait(): () => void {
  let before = 0;
  return effect(() => {
    const longest = longestWait(seenQueues.value, seenHotlines.value);
    const waitMs = longest === undefined ? 0 : nowOf(longest.pbx) - longest.sinceMs;
    const level = LEVELS.indexOf(waitLevel(waitMs, longest?.patience));
    if (longest !== undefined && level > before) {
      said.value = words.peek().say('announce.longest', { queue: longest.place, time: elapsed(waitMs) });
    }
    before = level;
  });
}

function sayBreaches(): () => void {
  let before = Infinity;
  return effect(() => {
    const count = openBreaches();
    if (count > before) said.value = words.peek().say('announce.breaches', { count });
    before = connection.asOfMs.peek() === undefined ? Infinity : count;
  });
}

/** Those nobody has acknowledged. */
export const openBreaches = (): number =>
  store.all('breaches').filter(({ acknowledged }) => acknowledged === null).length;
