import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { systemClock } from '../../src/lib/clock.ts';
import { startPractice } from '../../src/practice.ts';
import { Program } from '../pbx/program.ts';

export interface PracticeFloor {
  readonly url: string;
  stop(): Promise<void>;
}

/** `npm start` without a configuration, on any free port: a day's calls behind it, and new ones every few seconds. */
export async function startPracticeFloor(seed: number): Promise<PracticeFloor> {
  const practice = await startPractice(systemClock, seed);
  const folder = mkdtempSync(join(tmpdir(), 'ringside-floor-'));
  const file = join(folder, 'ringside.yaml');
  writeFileSync(file, stringify({ ...parse(practice.configText), http: { port: 0 } }), { mode: 0o600 });
  const program = new Program(file);
  await program.ready();
  return {
    url: `${program.url}/`,
    stop: async () => {
      await program.end('SIGTERM');
      await practice.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
