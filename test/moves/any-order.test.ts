import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PbxEvent } from '../../src/ami/pbx-event.ts';
import type { Move, MoveChange } from '../../src/moves/move.ts';
import type { Post } from '../../src/moves/post.ts';
import { PBX, SEAT, somePost } from './fake-exchange.ts';
import { MovedSeat, settled } from './moved-seat.ts';

const queue = fc.constantFrom('billing', 'repairs', 'sales', 'nowhere');
const penalty = fc.integer({ min: 0, max: 2 });
const change: fc.Arbitrary<MoveChange> = fc.oneof(
  fc.record({ what: fc.constant('add' as const), queue, penalty }),
  fc.record({ what: fc.constant('remove' as const), queue }),
  fc.record({ what: fc.constant('transfer' as const), from: queue, to: queue, penalty }),
  fc.record({
    what: fc.constant('pause' as const),
    queue: fc.constantFrom('', 'billing', 'repairs'),
    reason: fc.constantFrom('tea', 'meal'),
  }),
  fc.record({ what: fc.constant('unpause' as const), queue: fc.constantFrom('', 'billing') }),
  fc.record({ what: fc.constant('penalty' as const), queue, penalty }),
);
type Happening =
  | { readonly does: 'ask'; readonly change: MoveChange }
  | { readonly does: 'undo' | 'finish'; readonly nth: number }
  | { readonly does: 'run' | 'answer' | 'lose' | 'hear' | 'elsewhere' }
  | { readonly does: 'wait'; readonly byMs: number };
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ does: fc.constant('ask' as const), change }),
  fc.record({ does: fc.constantFrom('undo' as const, 'finish' as const), nth: fc.nat(5) }),
  fc.record({
    does: fc.constantFrom(
      'run' as const,
      'run' as const,
      'answer' as const,
      'answer' as const,
      'hear' as const,
      'hear' as const,
      'lose' as const,
      'elsewhere' as const,
    ),
  }),
  fc.record({ does: fc.constant('wait' as const), byMs: fc.constantFrom(1000, 10_000, 30 * 60_000) }),
);

const SAID_BY: Readonly<Record<string, PbxEvent['type']>> = {
  QueueAdd: 'member-added',
  QueueRemove: 'member-removed',
  QueuePause: 'member-paused',
  QueuePenalty: 'member-penalty',
};

/** A seat to which things happen, and every event that was heard of it. */
class Watched extends MovedSeat {
  readonly told: { readonly type: string; readonly queue: string }[] = [];
  /** By move: how much had been heard when it was begun. */
  readonly heardBefore = new Map<string, number>();

  async happen(what: Happening): Promise<void> {
    const { sent } = this.exchange;
    const moves = this.moves.list();
    switch (what.does) {
      case 'ask':
        await this.ask(what.change, { evenUnstaffed: true });
        break;
      case 'undo':
      case 'finish': {
        const move = moves[what.nth % Math.max(1, moves.length)];
        if (move) await this[what.does](move.id);
        break;
      }
      case 'run':
        sent.at(-1)?.run();
        break;
      case 'answer':
        sent.at(-1)?.answer();
        break;
      case 'lose':
        sent.at(-1)?.answer({ state: 'unanswered' });
        break;
      case 'hear':
        this.hearOne();
        break;
      case 'elsewhere':
        this.exchange.elsewhere({ action: 'QueuePenalty', queue: '', interface: SEAT, penalty: 2 });
        break;
      case 'wait':
        this.clock.advance(what.byMs);
        break;
    }
    await settled();
    for (const { id } of this.moves.list())
      if (!this.heardBefore.has(id)) this.heardBefore.set(id, this.told.length);
  }

  hearOne(): boolean {
    const event = this.exchange.hear();
    if (event === undefined || !('member' in event)) return false;
    this.told.push({ type: event.type, queue: event.member.queue });
    this.moves.hear(PBX, event);
    return true;
  }

  /** Every step that is shown as confirmed was said by an event since its move was begun. */
  isAllSaid(): boolean {
    return this.moves
      .list()
      .every(({ id, steps }) =>
        steps
          .filter(({ state }) => state === 'confirmed')
          .every((step) =>
            this.told
              .slice(this.heardBefore.get(id) ?? 0)
              .some(
                ({ type, queue: of }) =>
                  (type === SAID_BY[step.action] || type === 'member-added') &&
                  (step.queue === '' || step.queue === of),
              ),
          ),
      );
  }
}

const isSound = ({ state, steps, endedAtMs }: Move): boolean => {
  const states = steps.map((step) => step.state);
  const confirmed = states.filter((one) => one === 'confirmed').length;
  switch (state) {
    case 'asked':
      return endedAtMs === undefined && states.includes('asked');
    case 'done':
      return confirmed === states.length;
    case 'half-done':
      return confirmed > 0 && confirmed < states.length;
    default:
      return confirmed === 0 && states.includes(state);
  }
};

it('whatever the order of answers, events and deadlines: what is shown as confirmed was said, and rows are sound', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 40 }), async (happenings) => {
      const seat = new Watched();
      for (const what of happenings) {
        await seat.happen(what);
        const moves = seat.moves.list();
        expect(seat.isAllSaid()).toBe(true);
        expect(moves.filter((move) => !isSound(move))).toEqual([]);
        expect(moves.filter(({ endedAtMs }) => endedAtMs === undefined).length).toBeLessThanOrEqual(1);
        expect(seat.clock.pending).toBe(moves.length);
      }
    }),
    { numRuns: 400 },
  );
});

const SHOWN: { readonly [What in MoveChange['what']]: (posts: readonly Post[], of: never) => boolean } = {
  add: (posts, of: Extract<MoveChange, { what: 'add' }>) =>
    posts.some((post) => post.queue === of.queue && post.penalty === of.penalty),
  remove: (posts, of: Extract<MoveChange, { what: 'remove' }>) =>
    posts.every((post) => post.queue !== of.queue),
  transfer: (posts, of: Extract<MoveChange, { what: 'transfer' }>) =>
    posts.some((post) => post.queue === of.to) && posts.every((post) => post.queue !== of.from),
  pause: (posts, of: Extract<MoveChange, { what: 'pause' }>) =>
    posts.every((post) => (of.queue !== '' && post.queue !== of.queue) || post.pausedReason === of.reason),
  unpause: (posts, of: Extract<MoveChange, { what: 'unpause' }>) =>
    posts.every((post) => (of.queue !== '' && post.queue !== of.queue) || !post.paused),
  penalty: (posts, of: Extract<MoveChange, { what: 'penalty' }>) =>
    posts.every((post) => post.queue !== of.queue || post.penalty === of.penalty),
};

it('a move that is done left the seat as its row says, and taken back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const seat = new Watched([
        somePost('billing', { penalty: 1, paused: true, pausedReason: 'tea' }),
        somePost('repairs', { interface: 'Local/101@seats/n' }),
      ]);
      for (const one of changes) {
        const before = sorted(seat.exchange.truth.values());
        const asked = await seat.ask(one, { evenUnstaffed: true });
        for (let step = 0; step < 5; step += 1) await seat.carryOut();
        if (!asked.ok) continue;
        const isAsShown = SHOWN[one.what]([...seat.exchange.truth.values()], one as never);
        expect(seat.last.state !== 'done' || isAsShown).toBe(true);
        if (!seat.last.canUndo) continue;
        await seat.undo(asked.result);
        for (let step = 0; step < 5; step += 1) await seat.carryOut();
        expect(seat.last.state).toBe('done');
        expect(sorted(seat.exchange.truth.values())).toEqual(before);
      }
    }),
    { numRuns: 200 },
  );
});

const sorted = (posts: Iterable<Post>): readonly Post[] =>
  [...posts].toSorted((one, other) => (one.queue < other.queue ? -1 : 1));
