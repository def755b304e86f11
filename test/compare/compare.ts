import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Fact } from '../../src/calls/facts.ts';
import { Replayer } from '../../src/recording/replayer.ts';
import { readTrace } from '../traces/replay.ts';
import { type Compared, comparisonTable, countFacts, countTruth, isRight } from './comparison.ts';
import { countEvents } from './count-events.ts';

/** `npm run compare`: the recordings of a real exchange, what is true of them, and what is made of them. */
const FOLDER = join(import.meta.dirname, '../traces');

function compare(name: string): Compared {
  const { definition, truth, bytes } = readTrace(join(FOLDER, `${name}.ami`));
  const facts: Fact[] = [];
  const replayer = new Replayer(definition, undefined, {
    onCall: () => {},
    onFact: (fact) => facts.push(fact),
  });
  replayer.push(bytes);
  replayer.end();
  return {
    name,
    truth: countTruth(truth.calls),
    ringside: countFacts(facts),
    events: countEvents(bytes),
  };
}

const rows = readdirSync(FOLDER)
  .filter((name) => /^[^.]+\.ami$/.test(name))
  .map((name) => compare(name.slice(0, -'.ami'.length)));
process.stdout.write(comparisonTable(rows));
process.exitCode = rows.every(({ ringside, truth }) => isRight(ringside, truth)) ? 0 : 1;
