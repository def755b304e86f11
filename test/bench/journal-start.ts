import { numberFormSchema } from '../../src/attempts/number-settings.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { openJournal } from '../../src/store/journal.ts';
import { VAULT } from './journal-folder.ts';

/** What a process that starts on a journal is told, and what it says. */
export interface StartOrder {
  readonly file: string;
  readonly keyFile: string;
  readonly definition: WatchDefinition;
  readonly nowMs: number;
}
export interface StartDone {
  readonly openMs: number;
  readonly restoreMs: number;
  readonly openCalls: number;
  readonly recentFacts: number;
  readonly sums: number;
}

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function start({ file, keyFile, definition, nowMs }: StartOrder): Promise<StartDone> {
  const clock = { ...systemClock, nowMs: () => nowMs };
  const fromMs = performance.now();
  const vault = { module: VAULT, options: { keyFile, numbers: numberFormSchema.parse(undefined) } };
  const journal = await openJournal({ file, definition, clock, log: SILENT, vault });
  const openedMs = performance.now();
  const { openCalls, recentFacts, sums } = await journal.restore(nowMs);
  return {
    openMs: openedMs - fromMs,
    restoreMs: performance.now() - openedMs,
    openCalls: openCalls.length,
    recentFacts: recentFacts.length,
    sums: sums.length,
  };
}

/** A process of its own: it ends at once, and with it the look over the whole file that goes on beside the work. */
async function answer(order: StartOrder): Promise<void> {
  const done = await start(order);
  process.send?.(done, () => process.exit(0));
}

process.on('message', (order: StartOrder) => void answer(order));
