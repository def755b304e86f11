import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CoveredTime } from '../../src/rates/covered-time.ts';

interface Stretch {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly busy: boolean;
}
type Step = { readonly add: Stretch } | { readonly toMs: number };

const stretch = fc
  .record({ fromMs: fc.nat(60), forMs: fc.nat(25), busy: fc.boolean() })
  .map(({ fromMs, forMs, busy }): Step => ({ add: { fromMs, untilMs: fromMs + forMs, busy } }));
const move = fc.nat(90).map((toMs): Step => ({ toMs }));

const before = (added: readonly Stretch[], atMs: number) => {
  const msOf = (those: readonly Stretch[]) =>
    those.reduce((sum, one) => sum + Math.max(0, Math.min(one.untilMs, atMs) - one.fromMs), 0);
  return { allMs: msOf(added), busyMs: msOf(added.filter(({ busy }) => busy)) };
};

describe('time covered by stretches', () => {
  it('property: is told at every cursor, in whatever order stretches come and cursors move', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(stretch, stretch, move), { maxLength: 80 }), (steps) => {
        const covered = new CoveredTime();
        const moving = covered.begin();
        const staying = covered.begin();
        covered.move(staying, 40);
        const added: Stretch[] = [];
        for (const step of steps) {
          if ('toMs' in step) covered.move(moving, step.toMs);
          else {
            added.push(step.add);
            covered.add(step.add.fromMs, step.add.untilMs, step.add.busy);
          }
          for (const cursor of [moving, covered.copy(moving), staying])
            expect(cursor).toMatchObject(before(added, cursor.atMs));
        }
      }),
    );
  });

  it('property: is the same where what lies behind is forgotten', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(30), fc.integer({ min: -40, max: 5 })), { maxLength: 120 }),
        (told) => {
          const covered = new CoveredTime();
          const [tail, head] = [covered.begin(), covered.begin()];
          const added: Stretch[] = [];
          let nowMs = 1_000;
          for (const [passesMs, offMs] of told) {
            nowMs += passesMs;
            const one = { fromMs: nowMs + offMs - 20, untilMs: nowMs + offMs, busy: passesMs % 2 === 0 };
            added.push(one);
            covered.add(one.fromMs, one.untilMs, one.busy);
            covered.move(head, nowMs);
            covered.move(tail, nowMs - 50);
            covered.forgetBefore(tail);
            const [atHead, atTail] = [before(added, nowMs), before(added, nowMs - 50)];
            expect(head.allMs - tail.allMs).toBe(atHead.allMs - atTail.allMs);
            expect(head.busyMs - tail.busyMs).toBe(atHead.busyMs - atTail.busyMs);
          }
        },
      ),
    );
  });

  it('remembers no more than what no cursor has passed, twice over', () => {
    const covered = new CoveredTime();
    const tail = covered.begin();
    for (let nowMs = 0; nowMs < 20_000; nowMs += 1) {
      covered.add(nowMs - 7, nowMs, true);
      covered.move(tail, nowMs - 60);
      covered.forgetBefore(tail);
    }
    expect(covered.size).toBeLessThanOrEqual(2 * 60 + 20);
  });
});
