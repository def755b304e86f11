import { HotlineCard } from './hotline-card.tsx';
import { store } from './live.ts';
import { words } from './settings.ts';
import { WindowChoice } from './window-choice.tsx';

/** Every hotline with all its windows. */
export function HotlinesView() {
  const keys = store.keys('hotlines').value;
  return (
    <section class="hotlines-view">
      <div class="section-head">
        <h2>{words.value.say('hotline.title')}</h2>
        <WindowChoice />
      </div>
      <div class="hotline-cards">
        {keys.map((key) => (
          <HotlineCard key={key} rowKey={key} isWhole />
        ))}
      </div>
      {keys.length === 0 ? <p class="soft">{words.value.say('hotline.none')}</p> : null}
    </section>
  );
}
