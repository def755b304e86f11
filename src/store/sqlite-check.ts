import { statSync } from 'node:fs';
import { faultWords } from './fault.ts';
import { SqliteJournalReader } from './sqlite-journal-reader.ts';
import { CHECKED_AT_START_BYTES } from './sqlite-open.ts';

/** What is wrong with a file too large to be looked over before the start: it is looked over beside the work. */
export async function damageOf(file: string): Promise<string | undefined> {
  if (statSync(file).size <= CHECKED_AT_START_BYTES) return undefined;
  const reader = new SqliteJournalReader(file);
  const found = await reader.check().catch((cause: unknown) => faultWords(cause));
  await reader.close();
  return found;
}
