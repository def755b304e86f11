import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '../../src/store/journal.ts';
import { SqliteJournalReader } from '../../src/store/sqlite-journal-reader.ts';
import { someWatch } from '../support/definitions.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { hurriedClock, untilStatus } from './journals.ts';
import { answeredCall } from './stories.ts';

/**
 * `node full-disk.ts FOLDER`, in a mount namespace of its own: a disk of 4 MB that runs full, gets room again, and is
 * then read-only. Prints what was seen as JSON.
 */
const [folder = ''] = process.argv.slice(2);
const mount = (...args: string[]): void => {
  execFileSync('mount', [...args, folder]);
};
mount('-t', 'tmpfs', '-o', 'size=4m', 'none');
const file = join(folder, 'j.db');
const ballast = join(folder, 'ballast');
writeFileSync(ballast, Buffer.alloc(2 * 1_048_576));
const options = { file, definition: someWatch(), clock: hurriedClock, log: new MemoryLog() };
const journal = await openJournal(options);
let calls = 0;
while (journal.status().state === 'writing') {
  for (const fact of answeredCall(`1.${calls}`, 1_780_000_000_000 + calls)) journal.append(fact);
  calls += 1;
  await journal.flush();
}
const full = journal.status();
for (const fact of answeredCall(`1.${calls}`, 1_780_000_000_000 + calls)) journal.append(fact);
calls += 1;
rmSync(ballast);
await untilStatus(journal, ({ pendingFacts }) => pendingFacts === 0);
const after = journal.status();
await journal.stop();
mount('-o', 'remount,ro');
const refused = await openJournal(options).then(
  () => '',
  (cause: Error) => cause.message,
);
mount('-o', 'remount,rw');
const again = await openJournal(options);
const reader = new SqliteJournalReader(file);
const sums = await reader.sums({ unit: 'ever', fromMs: 0, untilMs: 1 });
const ever = sums.find(({ series }) => series === 'outcomes-open');
await reader.close();
await again.stop();
process.stdout.write(JSON.stringify({ full, after, refused, calls, summed: ever?.sums }));
