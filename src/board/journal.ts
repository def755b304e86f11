import { useEffect, useState } from 'preact/hooks';
import type * as z from 'zod';
import type { MessageKey } from './words/en.ts';

/** What was read from the journal, or why it could not be. */
export type JournalAnswer<Value> =
  { readonly state: 'read'; readonly value: Value } | { readonly state: 'failed'; readonly why: MessageKey };
export type Reading<Value> = JournalAnswer<Value> | { readonly state: 'reading' };

const READING = { state: 'reading' } as const;

/** One answer of the daemon's API, checked. Rejects only where `signal` ended it. */
export async function readJournal<Value>(
  address: string,
  schema: z.ZodType<Value>,
  signal?: AbortSignal,
): Promise<JournalAnswer<Value>> {
  try {
    const response = await fetch(address, { cache: 'no-store', ...(signal && { signal }) });
    if (!response.ok) return { state: 'failed', why: await whyNot(response) };
    const read = schema.safeParse(await response.json());
    return read.success ? { state: 'read', value: read.data } : { state: 'failed', why: 'journal.failed' };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return { state: 'failed', why: 'journal.failed' };
  }
}

async function whyNot(response: Response): Promise<MessageKey> {
  if (response.status === 401) return 'journal.signed-out';
  if (response.status === 404) return 'journal.gone';
  const said: unknown = await response.json().catch(() => undefined);
  const isNone = typeof said === 'object' && said !== null && 'error' in said && said.error === 'no journal';
  return isNone ? 'journal.none' : 'journal.failed';
}

/** Reads whenever the address changes, or `turn` does; what was read before stays in sight meanwhile where only `turn` did. */
export function useJournal<Value>(
  address: string,
  schema: z.ZodType<Value>,
  turn: number | string = 0,
): Reading<Value> {
  const [known, setKnown] = useState<{ address: string; reading: Reading<Value> }>();
  useEffect(() => {
    const ending = new AbortController();
    readJournal(address, schema, ending.signal).then(
      (reading) => setKnown({ address, reading }),
      () => undefined,
    );
    return () => ending.abort();
  }, [address, schema, turn]);
  return known?.address === address ? known.reading : READING;
}
