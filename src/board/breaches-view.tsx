import { AlarmSwitches } from './alarm-switches.tsx';
import { BreachItem } from './breach-item.tsx';
import { inOrderOfNeed } from './breach-order.ts';
import { store } from './live.ts';
import { words } from './settings.ts';

/** What must not happen and did, until somebody has taken note of it by name. */
export function BreachesView() {
  const say = words.value;
  const breaches = inOrderOfNeed(store.all('breaches'));
  return (
    <div class="sheet">
      <div class="section-head">
        <h2>{say.say('nav.breaches')}</h2>
        <AlarmSwitches />
      </div>
      {breaches.length === 0 ? <p class="soft">✓ {say.say('breaches.none')}</p> : null}
      <ul class="breaches card">
        {breaches.map((breach) => (
          <BreachItem key={breach.key} breach={breach} />
        ))}
      </ul>
    </div>
  );
}
