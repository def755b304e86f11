import { EVERYTHING, type Who } from '../../src/access/who.ts';
import type { Move, MoveChange } from '../../src/moves/move.ts';
import { type MoveAudit, Moves } from '../../src/moves/moves.ts';
import type { Post } from '../../src/moves/post.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { FakeExchange, PBX, SEAT, somePost } from './fake-exchange.ts';

export const ANN: Who = {
  name: 'ann',
  title: 'Ann',
  role: 'leader',
  sees: EVERYTHING,
  mayUnmask: false,
  kind: 'person',
};
export const TIMEOUT_MS = 10_000;

/** A seat that is moved, and everything around it. */
export class MovedSeat {
  readonly clock = new VirtualClock();
  readonly exchange: FakeExchange;
  readonly moves: Moves;
  readonly audit: MoveAudit[] = [];
  readonly statics: string[] = [];
  isSeen = true;
  isReady = true;
  keeps = true;
  /** Queues in which nobody else stands ready. */
  readonly aloneIn = new Set<string>();
  changes = 0;

  constructor(posts: readonly Post[] = [somePost('billing')]) {
    const exchange = new FakeExchange(posts);
    this.exchange = exchange;
    this.moves = new Moves({
      clock: this.clock,
      timeoutMs: () => TIMEOUT_MS,
      isSeen: () => this.isSeen,
      ready: () => Promise.resolve(this.isReady),
      act: exchange.act,
      posts: exchange.posts,
      agentOf: () => 'Ann',
      staticIn: () => [...exchange.staticIn],
      isAlone: (_pbx, queue) => this.aloneIn.has(queue),
      audit: (entry) => {
        if (this.keeps) this.audit.push(entry);
        return Promise.resolve(this.keeps);
      },
      onStatic: (_pbx, _seat, queue) => void this.statics.push(queue),
      onChange: () => void (this.changes += 1),
    });
  }

  ask(change: MoveChange, more: { evenUnstaffed?: boolean; within?: readonly string[]; who?: Who } = {}) {
    const { evenUnstaffed = false, within = 'all', who = ANN } = more;
    return this.moves.move({ who, pbx: PBX, seat: SEAT, change, within, evenUnstaffed });
  }
  undo(move = this.last.id, more: { evenUnstaffed?: boolean; who?: Who } = {}) {
    return this.moves.undo({ who: ANN, move, evenUnstaffed: false, ...more });
  }
  finish(move = this.last.id) {
    return this.moves.finish({ who: ANN, move, evenUnstaffed: false });
  }

  get last(): Move {
    const move = this.moves.list().at(-1);
    if (move === undefined) throw new Error('nothing was moved');
    return move;
  }
  /** The state of the move and of its steps. */
  get shown(): string {
    return this.shownOf(this.last);
  }
  shownOf({ state, steps }: Move): string {
    return [state, ...steps.map((step) => step.state)].join(' ');
  }

  /** What is on its way is heard. */
  hearAll(): void {
    for (let event = this.exchange.hear(); event !== undefined; event = this.exchange.hear())
      this.moves.hear(PBX, event);
  }

  /** The exchange does the action that was sent last, its events are heard and its answer arrives. */
  async carryOut(): Promise<void> {
    const action = this.exchange.sent.at(-1);
    action?.run();
    this.hearAll();
    action?.answer();
    await settled();
  }
}

/** Answers that arrived have been read. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
