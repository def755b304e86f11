import { describe, expect, it, onTestFinished } from 'vitest';
import type { Entry } from '../../src/simulator/ledger.ts';
import type { TrueCall } from '../../src/simulator/true-call.ts';
import { callBacksPage, standingAt } from '../../src/store/sqlite-call-back-queries.ts';
import { lostCallersIn } from '../../src/store/sqlite-report-queries.ts';
import { practiceDefinition } from '../simulation/day-definition.ts';
import { WatchedExchange } from '../simulation/watched-exchange.ts';
import { someFolder } from './journals.ts';
import { batchOf, callersFile, plainVault, seen } from './told-callers.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 10, 17, 3);
const FACTS_A_BATCH = 97;

interface TrueCaller {
  readonly caller: string;
  readonly truth: TrueCall;
}
const isThrough = ({ outcome, hours, emergency }: TrueCall): boolean =>
  outcome === 'answered' ||
  outcome === 'self-served' ||
  (outcome === 'voicemail' && hours === 'closed' && !emergency);
const isReached = ({ outcome }: TrueCall): boolean => outcome === 'answered' || outcome === 'self-served';
const isOwed = (call: TrueCall): boolean =>
  !isReached(call) && (call.askedMs !== undefined || call.kind === 'people' || call.message === 'left');

/** Counted by hand, so to speak: one caller after the other, call by call. */
function countOf(callers: readonly TrueCaller[]) {
  const columns: Record<string, number> = {
    attempts1: 0,
    attempts2: 0,
    attempts3: 0,
    attempts4plus: 0,
    never: 0,
  };
  const notReached = new Set<string>();
  const owed = new Set<string>();
  let score = 0;
  const groups = Map.groupBy(callers, ({ caller, truth }) => `${truth.hotline}/${caller}`);
  for (const [who, group] of groups) {
    const calls = group.map(({ truth }) => truth).toSorted((a, b) => a.reachedMs - b.reachedMs);
    let attempts = 0;
    let firstMs = -Infinity;
    let through = false;
    const close = (): void => {
      const failed = through ? attempts - 1 : attempts;
      score += [20, 16, 8][failed] ?? 0;
      const column = through ? `attempts${attempts > 3 ? '4plus' : attempts}` : 'never';
      columns[column] = (columns[column] ?? 0) + 1;
      if (!through) notReached.add(who);
    };
    for (const one of calls) {
      if (one.reachedMs >= firstMs + 3 * MINUTE_MS) {
        if (through) close();
        if (through) [attempts, through] = [0, false];
        attempts += 1;
        firstMs = one.reachedMs;
      }
      through ||= isThrough(one);
    }
    close();
    for (const lost of calls.filter(isOwed)) {
      const madeGood = calls.some((other) => isReached(other) && other.reachedMs > lost.reachedMs);
      // One entry a caller, whichever hotlines lost them; nobody without a number can be called back.
      const caller = group[0]?.caller ?? '';
      if (!madeGood && !caller.endsWith('/')) owed.add(caller);
    }
  }
  return { columns, score, notReached: notReached.size, owed: owed.size };
}

/** A caller without a number is one of their own. */
const trueCallers = (entries: readonly Entry[]): readonly TrueCaller[] =>
  entries.flatMap(({ plan, truth }, place) =>
    truth === undefined || truth.test
      ? []
      : [{ caller: plan.caller === '' ? `nobody ${place}/` : plan.caller, truth }],
  );

describe('a day with people who call again', () => {
  it.each([1, 2, 3])('is counted as its ledger counts it (seed %i)', { timeout: 60_000 }, async (seed) => {
    const definition = await practiceDefinition();
    const watched = new WatchedExchange({ definition, seed, startMs: START_MS, callsPerHour: 200 });
    watched.advanceTo(START_MS + 4 * HOUR_MS);
    watched.pbx.stopTraffic();
    watched.advanceTo(START_MS + 5 * HOUR_MS);
    const { database, file } = callersFile(someFolder(), { definition, vault: plainVault }).open();
    onTestFinished(() => database.close());
    const facts = watched.book.facts.map((fact) => seen(fact));
    for (let from = 0; from < facts.length; from += FACTS_A_BATCH) {
      const batch = facts.slice(from, from + FACTS_A_BATCH);
      file.write(batchOf(batch, batch.at(-1)?.fact.atMs ?? START_MS));
    }
    const endMs = START_MS + 40 * HOUR_MS;
    file.write(batchOf([], endMs));
    const wanted = countOf(trueCallers(watched.book.ledger.entries));
    expect(wanted.columns['attempts2']).toBeGreaterThan(5);
    const { attempts } = standingAt(database, endMs);
    const sumOf = (column: string): number =>
      attempts.reduce(
        (sum, row) => sum + Number(Object.entries(row).find(([name]) => name === column)?.[1]),
        0,
      );
    const score = attempts.reduce((sum, { chains, meanScore }) => sum + chains * (meanScore ?? 0), 0);
    expect({
      columns: Object.fromEntries(Object.keys(wanted.columns).map((column) => [column, sumOf(column)])),
      score: Math.round(score),
      notReached: lostCallersIn(database, 0, endMs).reduce((sum, row) => sum + row.notReachedCallers, 0),
      owed: callBacksPage(database, { state: 'open', limit: 500 }, { nowMs: endMs, vault: undefined })
        .callBacks.length,
    }).toEqual(wanted);
  });
});
