import { systemClock } from '../../src/lib/clock.ts';
import { openJournal } from '../../src/store/journal.ts';
import { someWatch } from '../support/definitions.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { answeredCall, openedCall } from './stories.ts';

/** Writes a call and half of another, then dies without a word: `node killed-writer.ts FILE INSTANT`. */
const [file = '', instant = ''] = process.argv.slice(2);
const atMs = Number(instant);
const journal = await openJournal({
  file,
  definition: someWatch(),
  clock: systemClock,
  log: new MemoryLog(),
});
for (const fact of answeredCall('1.1', atMs)) journal.append(fact);
journal.append(openedCall('1.2', atMs + 1_000));
journal.keepOpen({ pbx: 'north', uniqueid: '1.2', state: { asked: false } });
journal.seen('north', atMs + 200_000);
await journal.flush();
process.kill(process.pid, 'SIGKILL');
