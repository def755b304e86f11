/** What a channel is the caller of, as far as the calls know. */
export interface BusyFor {
  readonly busyWith: 'queue' | 'hotline' | 'internal';
  /** Name of the queue or hotline, '' for none. */
  readonly on: string;
}

/**
 * Asked with the uniqueid of a channel: is it the caller of a queue (waiting in it, or connected out of it), else of
 * a hotline? undefined for every other channel. `calls` answers, so that seats know nothing of hotlines.
 */
export type BusyLookup = (callerUniqueid: string) => BusyFor | undefined;
