import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES, RESULTS, STAGE_ENDS, type Fact } from '../../src/calls/facts.ts';
import { Tally } from '../../src/rates/tally.ts';
import { someWatch } from '../support/definitions.ts';
import { closed, ended, interval, opened, scored, talked } from '../support/facts.ts';
import { ReportBuilder } from '../../src/rates/build-report.ts';
import { someCalls, someLink } from '../support/picture.ts';

const NOON_MS = Date.parse('2026-03-03T12:00:00Z');
const DAY_MS = 86_400_000;
const agoMs = fc.oneof(fc.integer({ min: 0, max: 3 * 3_600_000 }), fc.integer({ min: 0, max: 40 * DAY_MS }));

/** What was said blindly of one call, and what is known of it by now: at another instant, too. */
const replaced: fc.Arbitrary<{ readonly before: Fact | undefined; readonly after: Fact }> = fc
  .record({
    reachedAgoMs: agoMs,
    tookMs: fc.integer({ min: 0, max: 600_000 }),
    laterMs: fc.integer({ min: 0, max: 600_000 }),
    wasTold: fc.boolean(),
    kind: fc.constantFrom('scored', 'closed', 'ended', 'opened', 'talked'),
    outcome: fc.constantFrom(...OUTCOMES),
    result: fc.constantFrom(...RESULTS),
    end: fc.constantFrom(...STAGE_ENDS),
  })
  .map(({ reachedAgoMs, tookMs, laterMs, wasTold, kind, outcome, result, end }) => {
    const reachedAtMs = NOON_MS - reachedAgoMs;
    const atMs = Math.min(NOON_MS, reachedAtMs + tookMs);
    const toldAtMs = Math.min(NOON_MS, atMs + laterMs);
    const record = { reachedAtMs, askedAtMs: reachedAtMs };
    const pairs: Record<typeof kind, readonly [Fact, Fact]> = {
      scored: [
        scored({ reachedAtMs, atMs: toldAtMs, result: 'unknown' }),
        scored({ reachedAtMs, atMs, result, waitMs: tookMs }),
      ],
      closed: [
        closed({ ...record, closedAtMs: toldAtMs, outcome: 'unknown' }),
        closed({ ...record, closedAtMs: atMs, outcome }),
      ],
      ended: [
        ended({ atMs: toldAtMs, end: 'unknown', waitMs: toldAtMs - reachedAtMs }),
        ended({ atMs, end, waitMs: tookMs }),
      ],
      opened: [opened({ reachedAtMs, atMs: toldAtMs, takenUp: true }), opened({ reachedAtMs, atMs })],
      talked: [
        talked({ atMs: toldAtMs, talkMs: laterMs, endedBy: 'unknown' }),
        talked({ atMs, talkMs: tookMs }),
      ],
    };
    const [before, after] = pairs[kind];
    return { before: wasTold ? before : undefined, after };
  });

function reportOf(tally: Tally) {
  const links = [someLink({ sinceMs: NOON_MS - 90 * DAY_MS })];
  const report = new ReportBuilder(tally, 0).build({
    nowMs: NOON_MS,
    calls: [someCalls()],
    seats: [],
    links,
  });
  return [report.pbxs, report.hotlines, report.queues];
}

describe('what is known of a fact by now', () => {
  it('property: stands in every window where it would have stood from the first', () => {
    fc.assert(
      fc.property(fc.array(replaced, { maxLength: 20 }), fc.boolean(), (changes, isLookedAt) => {
        const [amended, known] = [new Tally(someWatch()), new Tally(someWatch())];
        for (const { before } of changes) if (before !== undefined) amended.apply(before);
        if (isLookedAt) amended.advance(NOON_MS);
        for (const { before, after } of changes) {
          amended.amend(before, after);
          known.apply(after);
        }
        expect(reportOf(amended)).toEqual(reportOf(known));
      }),
    );
  });

  it('of a talk of long ago does not take the wrap-up that runs now', () => {
    const tally = new Tally(someWatch());
    tally.apply(talked({ atMs: NOON_MS - 10_000, talkMs: 60_000 }));
    tally.amend(undefined, talked({ atMs: NOON_MS - 3_600_000, talkMs: 30_000, hotline: '', queue: '' }));
    const wrapsUp = { hotline: 'gas', queue: 'support' };
    tally.apply(interval({ fromMs: NOON_MS - 10_000, atMs: NOON_MS, state: 'wrap-up', wrapsUp }));
    tally.advance(NOON_MS);
    const figures = tally.hotline('north', 'gas')?.figures;
    expect([figures?.sum('5m', 'talks'), figures?.sum('5m', 'handleMs')]).toEqual([1, 70_000]);
  });
});
