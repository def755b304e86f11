import { randomBytes } from 'node:crypto';
import type { Clock } from './lib/clock.ts';
import { type PracticeServer, startPracticeServer } from './simulator/server.ts';

/** Lively enough that something happens within seconds of looking at it. */
const CALLS_PER_HOUR = 600;
const WARM_UP_MS = 600_000;

/** The practice exchange of `npm start` without a configuration: real time, any free port, a secret of its own. */
export function startPractice(clock: Clock, seed: number): Promise<PracticeServer> {
  return startPracticeServer({
    clock,
    seed,
    port: 0,
    user: 'ringside',
    secret: randomBytes(16).toString('hex'),
    callsPerHour: CALLS_PER_HOUR,
    speed: 1,
    warmUpMs: WARM_UP_MS,
  });
}
