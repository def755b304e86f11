import { signal } from '@preact/signals';

/** Key of the seat more is told of. */
export const chosenSeat = signal<string>();

/** Key of the queue over which a seat is being dragged. */
export const queueUnderDrag = signal<string>();
/** A seat was dropped on a queue, and more than one thing can be meant. */
export const dropToChoose = signal<{ readonly seat: string; readonly queue: string }>();
