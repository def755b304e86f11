import { loopDelay } from './delay.ts';
import { growth } from './growth.ts';
import { memoryOfCalls, memoryOverTime } from './memory.ts';
import { speed } from './speed.ts';
import { readyAfterStart, resync } from './start.ts';

/** `npm run bench -- NAME …`: the measures by name, all of them where none is named. */
const MEASURES: Readonly<Record<string, () => Promise<void>>> = {
  speed: () => speed('filtered'),
  'speed-every-class': () => speed('every-class'),
  growth,
  delay: loopDelay,
  memory: memoryOfCalls,
  ready: readyAfterStart,
  resync,
  flat: memoryOverTime,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in MEASURES));
if (unknown.length > 0) {
  process.stderr.write(`unknown: ${unknown.join(', ')}; there are ${Object.keys(MEASURES).join(', ')}\n`);
  process.exitCode = 2;
} else {
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (asked.length === 0 || asked.includes(name)) await measure();
  }
}
