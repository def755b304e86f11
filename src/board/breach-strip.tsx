import { BreachItem } from './breach-item.tsx';
import { inOrderOfNeed } from './breach-order.ts';
import { store } from './live.ts';
import { addressOf } from './route.ts';
import { words } from './settings.ts';

/** Of those nobody has acknowledged; more must not push the callers off the screen. */
const SHOWN = 3;

/** On the floor: what calls for somebody now, to be acknowledged where it is seen. */
export function BreachStrip() {
  const all = store.all('breaches');
  const open = inOrderOfNeed(all).filter(({ acknowledged }) => acknowledged === null);
  if (open.length === 0) return null;
  const say = words.value;
  return (
    <section class="breach-strip card" aria-labelledby="breach-strip-title">
      <div class="section-head">
        <h2 id="breach-strip-title">{say.say('breaches.open')}</h2>
        <a href={addressOf('breaches')}>{say.say('breaches.all', { count: say.count(all.length) })}</a>
      </div>
      <ul class="breaches">
        {open.slice(0, SHOWN).map((breach) => (
          <BreachItem key={breach.key} breach={breach} />
        ))}
      </ul>
    </section>
  );
}
