import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock, type Clock } from '../../src/lib/clock.ts';
import { openJournal, type Journal, type JournalOptions } from '../../src/store/journal.ts';
import type { JournalStatus } from '../../src/store/ports.ts';
import { SqliteJournalReader } from '../../src/store/sqlite-journal-reader.ts';
import { someWatch } from '../support/definitions.ts';
import { MemoryLog } from '../support/memory-log.ts';

/** A folder that is gone when the test is over. */
export function someFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-journal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A journal that is closed when the test is over, and its log. */
export async function someJournal(
  file: string,
  changes: Partial<JournalOptions> = {},
): Promise<{ journal: Journal; log: MemoryLog }> {
  const log = new MemoryLog();
  const journal = await openJournal({ file, definition: someWatch(), clock: systemClock, log, ...changes });
  onTestFinished(() => journal.stop());
  return { journal, log };
}

export function someReader(file: string, vault?: JournalOptions['vault']): SqliteJournalReader {
  const reader = new SqliteJournalReader(file, vault);
  onTestFinished(() => reader.close());
  return reader;
}

/** Waits until the journal stands as wanted. */
export async function untilStatus(
  journal: Journal,
  isWanted: (status: JournalStatus) => boolean,
): Promise<JournalStatus> {
  for (;;) {
    const status = journal.status();
    if (isWanted(status)) return status;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The machine's clock, on which waits are a hundredth as long. */
export const hurriedClock: Clock = {
  nowMs: () => systemClock.nowMs(),
  after: (delayMs, task) => systemClock.after(delayMs / 100, task),
};
