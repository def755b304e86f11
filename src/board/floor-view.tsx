import { BreachStrip } from './breach-strip.tsx';
import { DropChoice } from './drop-choice.tsx';
import { HotlineCard } from './hotline-card.tsx';
import { store } from './live.ts';
import { mayMove } from './move-desk.ts';
import { MoveList } from './move-list.tsx';
import { NowStrip } from './now-strip.tsx';
import { QueuePanel } from './queue-panel.tsx';
import { SeatDragging } from './seat-dragging.tsx';
import { SeatFloor } from './seat-floor.tsx';
import { words } from './settings.ts';
import { UnstaffedQuestion } from './unstaffed-question.tsx';
import { WindowChoice } from './window-choice.tsx';

/** The desk: where callers wait, which seat is free, how the targets stand. */
export function FloorView() {
  return (
    <div class="floor">
      <NowStrip />
      <div class="floor-main">
        <Queues />
        <SeatFloor />
      </div>
      <div class="floor-side">
        <div class="alerts">
          <BreachStrip />
          <MoveList />
        </div>
        <Hotlines />
      </div>
      {mayMove.value ? <SeatDragging /> : null}
      <DropChoice />
      <UnstaffedQuestion />
    </div>
  );
}

function Queues() {
  const say = words.value;
  const queues = store.keys('queues').value;
  return (
    <section class="queues" aria-labelledby="queues-title">
      <h2 id="queues-title">{say.say('queue.title')}</h2>
      <div class="queue-panels">
        {queues.map((key) => (
          <QueuePanel key={key} rowKey={key} />
        ))}
      </div>
      {queues.length === 0 ? <p class="soft">{say.say('queue.none')}</p> : null}
    </section>
  );
}

function Hotlines() {
  const say = words.value;
  const hotlines = store.keys('hotlines').value;
  return (
    <section class="hotlines" aria-labelledby="hotlines-title">
      <div class="section-head">
        <h2 id="hotlines-title">{say.say('hotline.title')}</h2>
        <WindowChoice />
      </div>
      <div class="hotline-cards">
        {hotlines.map((key) => (
          <HotlineCard key={key} rowKey={key} />
        ))}
      </div>
      {hotlines.length === 0 ? <p class="soft">{say.say('hotline.none')}</p> : null}
    </section>
  );
}
