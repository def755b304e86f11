import { effect } from '@preact/signals';
import { alarmsOf } from './alarm-rules.ts';
import { isSoundReady, ring, wakeSound } from './alarm-sound.ts';
import type { BreachRow } from './breach-order.ts';
import { breachPlace } from './breach-item.tsx';
import { connection, store } from './live.ts';
import { alarmNotice, alarmSound, words } from './settings.ts';

const shown = new Map<string, Notification>();

/** Sound and notification for a new breach, where this device was set so; quiet as soon as somebody acknowledged it. */
export function watchForAlarms(): void {
  let before: ReadonlySet<string> | undefined;
  effect(() => {
    const breaches = store.all('breaches');
    if (connection.asOfMs.value === undefined) return;
    const alarms = alarmsOf(before, breaches);
    before = alarms.calling;
    for (const key of alarms.quiet) hush(key);
    if (alarms.ring.length === 0) return;
    if (alarmSound.peek() === 'on') ring();
    if (alarmNotice.peek() === 'on') for (const breach of alarms.ring) notify(breach);
  });
  // After the page was loaded again, the sound waits for the first press anywhere.
  for (const type of ['pointerdown', 'keydown'] as const) {
    document.addEventListener(type, () => {
      if (alarmSound.peek() === 'on' && !isSoundReady.peek()) void wakeSound();
    });
  }
}

function notify(breach: BreachRow): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    const title = words.peek().say(`breach.${breach.kind}`);
    const notice = new Notification(title, { body: breachPlace(breach), tag: breach.key });
    notice.addEventListener('click', () => {
      window.focus();
      location.hash = '#/breaches';
    });
    shown.set(breach.key, notice);
  } catch {
    // Browsers of phones show notifications of installed pages only.
  }
}

function hush(key: string): void {
  shown.get(key)?.close();
  shown.delete(key);
}
