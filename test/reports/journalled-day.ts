import { join } from 'node:path';
import type { RosterDefinition, WatchDefinition } from '../../src/hotlines/definition.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Report } from '../../src/rates/report.ts';
import { runningSpans } from '../../src/running-spans.ts';
import { HABITS, INCIDENTS, planIncidents } from '../../src/simulator/faults.ts';
import { PRACTICE_PBX } from '../../src/simulator/practice-config.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import type { SeatSpan } from '../../src/roster/presence.ts';
import { practiceDefinition } from '../simulation/day-definition.ts';
import { WatchedExchange } from '../simulation/watched-exchange.ts';
import { someFolder, someJournal } from '../store/journals.ts';
import { keyLine, NUMBERS, putKeys } from '../store/keys.ts';
import { someLink } from '../support/picture.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const VAULT = new URL('../../src/store/number-vault.ts', import.meta.url).href;

export interface JournalledDay {
  readonly definition: WatchDefinition;
  readonly roster: RosterDefinition;
  /** Of the journal. */
  readonly file: string;
  /** From when on it knows. */
  readonly sinceMs: number;
  readonly watched: WatchedExchange;
  readonly nowMs: number;
  /** The live Report of the same instant. */
  readonly report: Report;
  /** What the seats do then. */
  readonly running: readonly SeatSpan[];
}

/** Some hours of the practice company, with gaps and incidents, watched and journalled as the daemon does. */
export async function journalledDay(seed: number, startMs: number, hours: number): Promise<JournalledDay> {
  const definition = await practiceDefinition();
  const untilMs = startMs + hours * HOUR_MS;
  const folder = someFolder();
  const keyFile = join(folder, 'numbers.key');
  putKeys(keyFile, keyLine('k1', 7));
  const span = { fromMs: startMs + MINUTE_MS, untilMs };
  const incidents = planIncidents(seededRandom(seed), span, 2 * hours, INCIDENTS);
  const callsPerHour = 150;
  const watched = new WatchedExchange({ definition, seed, startMs, callsPerHour, incidents, habits: HABITS });
  const file = join(folder, 'journal.db');
  const { journal } = await someJournal(file, {
    definition,
    // Batches by the machine's time, instants by the exchange's.
    clock: { nowMs: () => watched.nowMs, after: (delayMs, task) => systemClock.after(delayMs, task) },
    vault: { module: VAULT, options: { keyFile, numbers: NUMBERS } },
  });
  for (const fact of watched.book.facts) journal.append(fact);
  watched.pipeline.onFact((fact) => journal.append(fact));
  // To the middle of things: calls are open, seats at work.
  watched.advanceTo(untilMs);
  const { nowMs, pipeline } = watched;
  const links = [someLink({ pbx: PRACTICE_PBX, sinceMs: startMs })];
  const report = pipeline.report(nowMs, links);
  journal.seen(PRACTICE_PBX, nowMs);
  await journal.flush();
  return {
    definition,
    roster: rosterOf(definition),
    file,
    sinceMs: startMs,
    watched,
    nowMs,
    report,
    running: runningSpans(pipeline.seats(), nowMs),
  };
}

/** Every seat of the company is somebody's, in each of its shifts. */
function rosterOf({ hotlines, pbxs }: WatchDefinition): RosterDefinition {
  const { zone = 'UTC', shifts = [] } = hotlines[0]?.hours ?? {};
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const duties = days.flatMap((day) =>
    shifts.flatMap(({ name: shift }) => [
      { day, shift, role: 'leader', pbx: '', seat: '', agent: `Leader of ${shift}` } as const,
      ...pbxs.flatMap(({ name: pbx, seats }) =>
        seats.map(
          ({ interface: seat, name: agent }) => ({ day, shift, role: 'seat', pbx, seat, agent }) as const,
        ),
      ),
    ]),
  );
  return { hash: '0123456789ab', zone, shifts, duties };
}
