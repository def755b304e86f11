import { computed, effect } from '@preact/signals';
import type { Clock } from '../lib/clock.ts';
import { BoardStore } from './board-store.ts';
import { Connection, type Wire, type WireListener } from './connection.ts';
import { ServerClock } from './server-clock.ts';

const LEAST_SLEEP_MS = 3000;

/** Does not jump when the machine's time is set. */
const browserClock: Clock = {
  nowMs: () => performance.now(),
  after: (delayMs, task) => {
    const timer = window.setTimeout(task, delayMs);
    return () => window.clearTimeout(timer);
  },
};

export const store = new BoardStore();
export const serverClock = new ServerClock(browserClock);
export const connection = new Connection({
  clock: browserClock,
  random: Math.random,
  open: openSocket,
  mayEnter,
  heard: (serverMs) => serverClock.heard(serverMs),
  whole: (board) => store.whole(board),
  changed: (changes) => store.changed(changes),
});

function openSocket(listener: WireListener): Wire {
  const socket = new WebSocket(new URL('live', location.href.replace(/^http/, 'ws')));
  socket.addEventListener('open', () => listener.opened());
  socket.addEventListener('message', ({ data }) => listener.said(String(data)));
  socket.addEventListener('close', ({ code }) => listener.closed(code));
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => socket.close(),
  };
}

/** A browser does not tell why a socket was refused; this address does. */
async function mayEnter(): Promise<boolean> {
  try {
    const { status } = await fetch('api/me', { cache: 'no-store' });
    return status !== 401;
  } catch {
    return true;
  }
}

export const isLive = computed(() => connection.state.value === 'live');

/** Since when each exchange that is not seen is not seen. */
const blindSince = computed(
  () =>
    new Map(
      store
        .all('pbxs')
        .flatMap(({ pbx, blindSinceMs }) => (blindSinceMs === null ? [] : [[pbx, blindSinceMs] as const])),
    ),
);

export const isBlind = (pbx: string): boolean => blindSince.value.has(pbx);

/** What is seen now: a figure of the whole floor is made of nothing else. */
export const seenQueues = computed(() => store.all('queues').filter(({ pbx }) => !isBlind(pbx)));
export const seenHotlines = computed(() => store.all('hotlines').filter(({ pbx }) => !isBlind(pbx)));
export const seenSeats = computed(() => store.all('seats').filter(({ pbx }) => !isBlind(pbx)));
export const isAllBlind = computed(() => {
  const pbxs = store.all('pbxs');
  return pbxs.length > 0 && pbxs.every(({ pbx }) => isBlind(pbx));
});

/** Now, for what is told of an exchange: it stands still where that is not known any more. */
export const nowOf = (pbx: string): number => blindSince.value.get(pbx) ?? serverClock.now.value;

const titles = computed(
  () => new Map(store.all('hotlines').map(({ pbx, hotline, title }) => [`${pbx}/${hotline}`, title])),
);
/** How people call a hotline; its name where it is not one of theirs. */
export const titleOf = (pbx: string, hotline: string): string =>
  titles.value.get(`${pbx}/${hotline}`) ?? hotline;

/** Hotlines have zones of their own; what is of no hotline goes by the first one's. */
export const floorZone = computed(() => store.all('hotlines')[0]?.zone);

/** Seconds until the next try, while one is waited for. */
export function secondsToRetry(atMs: number): number {
  return Math.max(0, Math.ceil((atMs - browserClock.nowMs()) / 1000));
}

/** A machine that slept held its picture for fresh: its own clock shows the sleep, the browser's counter does not. */
function doubtAfterSleep(): void {
  let offsetMs = Date.now() - performance.now();
  window.setInterval(() => {
    const nowMs = Date.now() - performance.now();
    if (nowMs - offsetMs > LEAST_SLEEP_MS) connection.doubt();
    offsetMs = nowMs;
  }, 1000);
}

export function goLive(): void {
  effect(() => {
    if (isLive.value) serverClock.start();
    else serverClock.stop();
  });
  doubtAfterSleep();
  window.addEventListener('offline', () => connection.doubt());
  window.addEventListener('online', () => connection.open());
  connection.open();
}
