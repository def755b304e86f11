import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import {
  dragStep,
  edgeScroll,
  HOLD_MS,
  NO_DRAG,
  type DragInput,
  type DragState,
  type Point,
} from './drag-step.ts';
import { store } from './live.ts';
import { moveSeat } from './move-desk.ts';
import { droppedOn } from './move-offers.ts';
import { dropToChoose, queueUnderDrag } from './seat-choice.ts';

const SCROLL_STEP_MS = 16;
const dragged = signal<string>();

/** Seats are dragged to queues with a mouse, or with a finger that lies still first. The menu of a seat does the same. */
export function SeatDragging() {
  const ghost = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      listenForDrags(({ x, y }) => {
        // Set on the element: the page may carry no style in its markup.
        if (ghost.current !== null) ghost.current.style.transform = `translate(${x + 12}px, ${y + 12}px)`;
      }),
    [],
  );
  const key = dragged.value;
  const seat = key === undefined ? undefined : store.row('seats', key)?.value;
  return (
    <div ref={ghost} class="ghost" aria-hidden="true" hidden={seat === undefined}>
      ⇄ {seat?.agent}
    </div>
  );
}

/** @returns what ends it */
function listenForDrags(show: (at: Point) => void): () => void {
  const ending = new AbortController();
  let [state, at, holding, scrolling]: [DragState, Point, number, number] = [NO_DRAG, { x: 0, y: 0 }, 0, 0];
  const { signal: ended } = ending;
  const step = (input: DragInput): void => {
    const before = state.phase;
    state = dragStep(state, input);
    if (state.phase === before) return;
    clearTimeout(holding);
    clearInterval(scrolling);
    dragged.value = state.phase === 'dragging' ? state.seat : undefined;
    document.documentElement.classList.toggle('dragging', state.phase === 'dragging');
    if (state.phase === 'dragging') {
      look(at);
      scrolling = window.setInterval(() => window.scrollBy(0, edgeScroll(at.y, innerHeight)), SCROLL_STEP_MS);
    }
    if (state.phase === 'pressed') holding = window.setTimeout(() => step({ type: 'held' }), HOLD_MS);
    if (state.phase === 'none') queueUnderDrag.value = undefined;
  };
  const look = (now: Point): void => {
    show(now);
    queueUnderDrag.value = queueAt(now);
  };
  const on = <Type extends keyof DocumentEventMap>(
    type: Type,
    act: (event: DocumentEventMap[Type]) => void,
    options: AddEventListenerOptions = {},
  ): void => document.addEventListener(type, act, { signal: ended, ...options });
  on('pointerdown', (event) => {
    const seat = seatOf(event.target);
    if (seat === undefined || event.button !== 0 || !event.isPrimary) return;
    at = { x: event.clientX, y: event.clientY };
    step({ type: 'down', seat, at, isTouch: event.pointerType === 'touch' });
  });
  on('pointermove', ({ clientX, clientY, isPrimary }) => {
    if (!isPrimary || state.phase === 'none') return;
    at = { x: clientX, y: clientY };
    step({ type: 'move', at });
    if (state.phase === 'dragging') look(at);
  });
  on('pointerup', () => {
    const { value: seat } = dragged;
    const queue = queueUnderDrag.value;
    if (seat !== undefined) swallowClick();
    step({ type: 'end' });
    if (seat !== undefined && queue !== undefined) drop(seat, queue);
  });
  on('pointercancel', () => step({ type: 'end' }));
  on('keydown', ({ key }) => {
    if (key === 'Escape') step({ type: 'end' });
  });
  // A finger that drags must neither scroll nor open the browser's menu.
  const keepStill = (event: Event): void => {
    if (state.phase === 'dragging') event.preventDefault();
  };
  on('touchmove', keepStill, { passive: false });
  on('contextmenu', keepStill);
  // Nor does a mouse that draws a seat along choose the words it passes.
  on('selectstart', (event) => {
    if (state.phase !== 'none') event.preventDefault();
  });
  return () => {
    step({ type: 'end' });
    ending.abort();
  };
}

function drop(seatKey: string, queueKey: string): void {
  const seat = store.row('seats', seatKey)?.peek();
  const queue = store.row('queues', queueKey)?.peek();
  if (seat === undefined || queue === undefined) return;
  const meant = droppedOn(seat, queue);
  if (meant === 'choose') dropToChoose.value = { seat: seatKey, queue: queueKey };
  else if (meant !== 'nothing') moveSeat(seat, meant);
}

/** A drag that ends over the seat it began on is no press. */
function swallowClick(): void {
  const swallowing = new AbortController();
  const stop = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('click', stop, { capture: true, once: true, signal: swallowing.signal });
  setTimeout(() => swallowing.abort());
}

const seatOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-seat]')?.dataset['seat'] : undefined;

const queueAt = ({ x, y }: Point): string | undefined =>
  document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-queue]')?.dataset['queue'];
