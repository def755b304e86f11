import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { differences } from '../pbx/truth.ts';
import { readTrace, replay } from './replay.ts';

const FOLDER = import.meta.dirname;
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));

test.for(NAMES)('%s', (name) => {
  const trace = readTrace(`${FOLDER}/${name}`);
  expect(differences(trace.truth, replay(trace))).toEqual([]);
});
