import { setTimeout as sleep } from 'node:timers/promises';

/** What a bench waits for comes in seconds, a report of ten million calls and the last facts of a full queue too. */
const LONGEST_S = 180;

/** What was wanted; rejects where it has not come by then, so that no bench stands still without saying for what. */
export async function within<T>(wanted: Promise<T>, what: string): Promise<T> {
  const over = new AbortController();
  const late = sleep(LONGEST_S * 1_000, undefined, { signal: over.signal }).then(() => {
    throw new Error(`waited ${LONGEST_S} s in vain for ${what}`);
  });
  try {
    return await Promise.race([wanted, late]);
  } finally {
    over.abort();
  }
}
