import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttemptCall, OutboundTry } from '../../src/attempts/attempt-call.ts';
import { callBackSharesOf } from '../../src/attempts/call-back-share.ts';
import { callBackSummaryOf } from '../../src/attempts/call-back-summary.ts';
import { callBacksOf } from '../../src/attempts/call-backs.ts';
import { chainsOf } from '../../src/attempts/chain.ts';
import { attemptSharesOf } from '../../src/attempts/score.ts';
import { changedShares } from '../../src/attempts/share.ts';
import type { SourcedFact } from '../../src/store/merge.ts';
import { callBackSummaryFrom } from '../../src/store/sqlite-chains.ts';
import { sumsBetween } from '../../src/store/sqlite-sums.ts';
import { SumBook } from '../../src/store/sum-book.ts';
import { SUM_UNITS } from '../../src/store/sums.ts';
import { at, callsOfOne, DAY_MS, HOUR_MS, MINUTE_MS, outbound, shuffled } from '../attempts/calls.ts';
import { rules } from '../attempts/histories.ts';
import { batchOf, callersFile, closedOf, factOfTry, factsOfCall, HOURS, seen } from './told-callers.ts';
import { someFolder } from './journals.ts';

const BEGIN_MS = at('2026-03-27T20:00:00Z');
const CALLERS = ['13800000001', '13800000002', ''];

interface Story {
  readonly calls: readonly AttemptCall[];
  readonly tries: readonly OutboundTry[];
  /** In the order they are told, cut where a batch ends; the time that is told with it; whether a restart follows. */
  readonly batches: readonly {
    readonly facts: readonly SourcedFact[];
    readonly atMs: number | undefined;
    readonly restart: boolean;
  }[];
}

const tries = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 10 * DAY_MS }), fc.constantFrom(0, 9999, 10_000), fc.nat(1)), {
    maxLength: 5,
  })
  .map((drawn) =>
    drawn.map(([afterMs, talkMs, who], index) =>
      outbound(BEGIN_MS + afterMs, talkMs, { uniqueid: `try-${index}`, caller: CALLERS[who] ?? '' }),
    ),
  );

const calls = fc
  .tuple(...CALLERS.map(() => callsOfOne(['gas', 'bills'])))
  .map((drawn) =>
    drawn.flatMap((own, who) =>
      own.map((one) => ({ ...one, uniqueid: `${who}-${one.uniqueid}`, caller: CALLERS[who] ?? '' })),
    ),
  );

/** Some calls ended unseen first, and became known from the exchange's own log; facts come in any order, some twice. */
const stories: fc.Arbitrary<Story> = fc
  .tuple(calls, tries, fc.infiniteStream(fc.nat(3)))
  .chain(([all, outbounds, dice]) => {
    const facts = [
      ...all.flatMap((call) => {
        const throwOf = dice.next().value ?? 0;
        const told = factsOfCall(call);
        const unseen = closedOf({ ...call, outcome: 'unknown', closedAtMs: call.closedAtMs + HOUR_MS });
        if (throwOf === 0) return [...told, seen(unseen)];
        return throwOf === 1 ? [...told, ...told] : told;
      }),
      ...outbounds.map(factOfTry),
    ];
    const cut = fc.record({
      size: fc.integer({ min: 1, max: 12 }),
      passedMs: fc.option(fc.constantFrom(0, MINUTE_MS, HOUR_MS, DAY_MS, 3 * DAY_MS, -DAY_MS)),
      restart: fc.nat(7).map((dice) => dice === 0),
    });
    // As they happened, or all mixed up.
    const orders = fc.oneof(
      fc.constant(facts.toSorted((a, b) => a.fact.atMs - b.fact.atMs)),
      shuffled(facts),
    );
    const cuts = fc.array(cut, { minLength: facts.length, maxLength: facts.length });
    return fc.tuple(orders, cuts).map(([order, places]): Story => {
      let from = 0;
      let nowMs = BEGIN_MS;
      const batches = places.map(({ size, passedMs, restart }) => {
        const batch = order.slice(from, (from += size));
        nowMs += passedMs ?? 0;
        return { facts: batch, atMs: passedMs === null ? undefined : nowMs, restart };
      });
      return { calls: all, tries: outbounds, batches: batches.filter((one) => one.facts.length > 0) };
    });
  });

/** What all that was told comes to, by the pure functions alone. */
function truthOf({ calls: all, tries: outbounds, batches }: Story) {
  const nowMs = batches.reduce((latest, { atMs }) => atMs ?? latest, 0);
  const chains = chainsOf(all, nowMs);
  const callBacks = CALLERS.filter((caller) => caller !== '').flatMap((caller) =>
    callBacksOf(
      {
        calls: all.filter((call) => call.caller === caller),
        outbounds: outbounds.filter((one) => one.caller === caller),
        closings: [],
      },
      rules(),
    ),
  );
  const summaries = callBacks.map(callBackSummaryOf);
  const book = new SumBook(() => HOURS);
  for (const share of changedShares([], [...attemptSharesOf(chains), ...callBackSharesOf(summaries)])) {
    book.add(share);
  }
  return {
    chains: chains.map(({ attempts, ...chain }) => ({
      first: attempts[0]?.calls[0]?.uniqueid,
      attempts: attempts.length,
      state: chain.state,
      failed: chain.failed,
      certain: chain.certain,
    })),
    callBacks: summaries,
    sums: [...book.changes].map(({ unit, fromMs, name, series, add }) => ({
      unit,
      fromMs,
      name,
      series,
      sums: add,
    })),
  };
}

function keptIn(database: DatabaseSync): ReturnType<typeof truthOf> {
  const chains = database
    .prepare(
      `SELECT c.uniqueid AS first, n.attempts, n.state, n.failed, n.certain FROM chain n JOIN call c ON c.id = n.first_call
        ORDER BY n.reached_ms`,
    )
    .all()
    .map((row) => ({ ...row, certain: row['certain'] === 1 }));
  return {
    chains: chains as ReturnType<typeof truthOf>['chains'],
    callBacks: database.prepare('SELECT * FROM call_back').all().map(callBackSummaryFrom),
    sums: SUM_UNITS.flatMap((unit) =>
      sumsBetween(database, { unit, fromMs: 0, untilMs: Infinity }).map(({ fromMs, name, series, sums }) => ({
        unit,
        fromMs,
        name,
        series,
        sums,
      })),
    ),
  };
}

const sorted = (kept: ReturnType<typeof truthOf>) => ({
  chains: kept.chains.map((one) => JSON.stringify(Object.entries(one).toSorted())).toSorted(),
  callBacks: kept.callBacks.map((one) => JSON.stringify(Object.entries(one).toSorted())).toSorted(),
  sums: kept.sums
    .map(({ sums, ...rest }) => ({ ...rest, sums: Object.entries(sums).toSorted() }))
    .filter(({ sums }) => sums.length > 0)
    .map((one) => JSON.stringify(Object.entries(one).toSorted()))
    .toSorted(),
});

describe('attempts and call-backs in the journal', () => {
  // Each run opens a file several times.
  it('are what all calls and tries come to, however they were told, and made anew they are the same', () => {
    const folder = someFolder();
    fc.assert(
      fc.property(stories, (story) => {
        const { path, open } = callersFile(folder);
        for (const ending of ['', '-wal', '-shm']) rmSync(path + ending, { force: true });
        let { database, file } = open();
        for (const { facts, atMs, restart } of story.batches) {
          file.write(batchOf(facts, atMs));
          if (!restart) continue;
          database.close();
          ({ database, file } = open());
        }
        const kept = sorted(keptIn(database));
        expect(kept).toEqual(sorted(truthOf(story)));
        file.rebuildSums();
        expect(sorted(keptIn(database))).toEqual(kept);
        database.close();
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
