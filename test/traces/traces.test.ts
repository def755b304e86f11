import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { differences } from '../pbx/truth.ts';
import { readTrace, replay } from './replay.ts';

const FOLDER = import.meta.dirname;
const RECORDINGS = readdirSync(FOLDER).filter((name) => name.endsWith('.ami'));

test.for(RECORDINGS)('%s', (name) => {
  const trace = readTrace(`${FOLDER}/${name}`);
  expect(differences(trace.truth, replay(trace))).toEqual([]);
});
