import { signal } from '@preact/signals';

/** Key of the seat more is told of. */
export const chosenSeat = signal<string>();
