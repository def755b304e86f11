import { faultWords } from './fault.ts';
import { sqliteModule } from './sqlite-module.ts';
import { checkOf } from './sqlite-open.ts';

/** Looks over all of the file it is started with, and says what it found: null where all is well. */
function check(file: string): string | undefined {
  const { DatabaseSync } = sqliteModule();
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
    const found = checkOf(database, 'PRAGMA quick_check(1)');
    database.close();
    return found;
  } catch (cause) {
    return faultWords(cause);
  }
}
/** A checkpoint may hold a lock for a moment. */
const BUSY_MS = 2000;

const [, , file = ''] = process.argv;
process.send?.({ found: check(file) ?? null }, () => process.disconnect());
