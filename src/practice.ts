import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from './lib/clock.ts';
import { startPracticeServer } from './simulator/server.ts';

/** Lively enough that something happens within seconds of looking at it. */
const CALLS_PER_HOUR = 600;
const WARM_UP_MS = 600_000;
/** What its people take breaks for (simulator/traffic.ts), and for how long at most. */
const PAUSES = [
  { reason: 'meal', minutes: 45 },
  { reason: 'tea', minutes: 15 },
  { reason: 'training', minutes: 120 },
  { reason: 'paperwork', minutes: 30 },
];

export interface Practice {
  readonly configText: string;
  close(): Promise<void>;
}

/**
 * The practice exchange of `npm start` without a configuration: real time, any free port, a secret of its own, and a
 * journal that lives as long as it does.
 */
export async function startPractice(clock: Clock, seed: number): Promise<Practice> {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-practice-'));
  const keyFile = join(folder, 'numbers.key');
  await writeFile(keyFile, `practice:${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  const server = await startPracticeServer({
    clock,
    seed,
    port: 0,
    user: 'ringside',
    secret: randomBytes(16).toString('hex'),
    acting: { user: 'ringside-acting', secret: randomBytes(16).toString('hex') },
    callsPerHour: CALLS_PER_HOUR,
    speed: 1,
    warmUpMs: WARM_UP_MS,
  });
  const journal = `journal: ${JSON.stringify({ file: join(folder, 'journal.db'), keyFile })}\n`;
  // Whoever plays with it may do all a shift leader does; it is on this machine, and nobody's calls are real.
  const access = 'access: { local: leader }\n';
  const moves = `moves: { enabled: true }\nfloor: ${JSON.stringify({ pauses: PAUSES })}\n`;
  return {
    configText: `${server.configText}${journal}${access}${moves}`,
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
