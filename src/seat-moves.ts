import type { PbxEvent } from './ami/pbx-event.ts';
import type { CompiledConfig } from './config/compile.ts';
import type { Keeping } from './keeping.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import { maskDigitRuns } from './lib/mask.ts';
import { ActingSessions } from './moves/acting.ts';
import type { MoveEnd } from './moves/move.ts';
import { type MoveAudit, Moves } from './moves/moves.ts';
import { copyOf, type Post } from './moves/post.ts';
import type { Pipeline } from './pipeline.ts';
import type { BoardExtras, SeatPosts } from './push/board-extras.ts';
import type { DeskPorts } from './push/desk-ports.ts';
import { ByPbx } from './rates/by-pbx.ts';
import { isQueueOpen } from './rates/queue-open.ts';
import type { Report } from './rates/report.ts';
import type { Membership } from './seats/members.ts';

export interface SeatMovesOptions {
  /** In force now. */
  readonly config: () => CompiledConfig;
  readonly pipeline: Pipeline;
  readonly report: () => Report;
  /** Undefined without a journal: then no seat is moved. */
  readonly keeping: Keeping | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly jitter: () => number;
  readonly onChange: () => void;
}

/** Moving seats, put together: what is known of members, the sessions that act, the audit, and the board. */
export class SeatMoves {
  readonly #options: SeatMovesOptions;
  readonly #acting: ActingSessions;
  readonly #moves: Moves;
  readonly #posts = new ByPbx<SeatPosts>();
  /** Queues that Asterisk refused to let a seat go from, though its list does not call the member static. */
  readonly #refusedIn = new ByPbx<readonly string[]>();

  constructor(options: SeatMovesOptions) {
    const { config, report, clock, log, jitter, onChange } = options;
    this.#options = options;
    this.#acting = new ActingSessions({ clock, log, jitter });
    this.#moves = new Moves({
      clock,
      timeoutMs: () => config().moves.timeoutMs,
      isSeen: (pbx) => report().pbxs.some((row) => row.pbx === pbx && row.link === 'ready'),
      ready: (pbx) => this.#acting.ready(pbx),
      act: (pbx, step) => this.#acting.act(pbx, step),
      posts: (pbx, seat) => this.#postsNow(pbx, seat),
      agentOf: (pbx, seat) => options.pipeline.exchange(pbx)?.seats.members.agentOf(seat) ?? seat,
      staticIn: (pbx, seat) => this.#told(pbx, seat).staticIn,
      isAlone: (pbx, queue, seat) => this.#isAlone(pbx, queue, seat),
      audit: (entry) => this.#audit(entry),
      onStatic: (pbx, seat, queue) =>
        this.#refusedIn.set(pbx, seat, [...(this.#refusedIn.get(pbx, seat) ?? []), queue]),
      onChange,
    });
    this.redefine();
  }

  extras(): Pick<BoardExtras, 'moves' | 'posts'> {
    return { moves: () => this.#moves.list(), posts: (pbx, seat) => this.#told(pbx, seat) };
  }

  /** Of each exchange that is watched. */
  ended(): readonly { readonly pbx: string; readonly ended: Readonly<Record<MoveEnd, number>> }[] {
    const { pbxs } = this.#options.config().definition;
    return pbxs.map(({ name }) => ({ pbx: name, ended: this.#moves.ended(name) }));
  }

  desk(): Pick<DeskPorts, 'mayMove' | 'move' | 'undo' | 'finish'> {
    return {
      mayMove: () => this.#options.config().moves.enabled && this.#options.keeping !== undefined,
      move: (ask) => this.#moves.move(ask),
      undo: (ask) => this.#moves.undo(ask),
      finish: (ask) => this.#moves.finish(ask),
    };
  }

  /** After the pipeline took the event in. */
  hear(pbx: string, event: PbxEvent): void {
    this.#moves.hear(pbx, event);
  }

  redefine(): void {
    const { config } = this.#options;
    const { moves, connections } = config();
    void this.#acting.redefine(moves.enabled ? connections : []);
  }

  async stop(): Promise<void> {
    this.#moves.stop();
    await this.#acting.stop();
  }

  #membersOf(pbx: string, seat: string): Iterable<Membership> {
    return this.#options.pipeline.exchange(pbx)?.seats.members.of(seat) ?? [];
  }

  #postsNow(pbx: string, seat: string): readonly Post[] {
    return [...this.#membersOf(pbx, seat)].map(copyOf);
  }

  /** The same object as long as nothing of it changed. */
  #told(pbx: string, seat: string): SeatPosts {
    const refusedIn = this.#refusedIn.get(pbx, seat) ?? [];
    const penalties: Record<string, number> = {};
    const staticIn: string[] = [];
    for (const { queue, penalty, kind } of this.#membersOf(pbx, seat)) {
      penalties[queue] = penalty;
      if (kind === 'static' || (kind !== 'dynamic' && refusedIn.includes(queue))) staticIn.push(queue);
    }
    const before = this.#posts.get(pbx, seat);
    if (before !== undefined && isSame(before, penalties, staticIn)) return before;
    const told = Object.freeze({ penalties: Object.freeze(penalties), staticIn: Object.freeze(staticIn) });
    this.#posts.set(pbx, seat, told);
    return told;
  }

  #isAlone(pbx: string, queue: string, seat: string): boolean {
    const { pipeline, report, config } = this.#options;
    const ready = pipeline.seats().filter(({ pbx: at, memberships, state }) => {
      const isReachable = state !== 'offline' && state !== 'unknown';
      return at === pbx && isReachable && memberships.get(queue)?.paused === false;
    });
    const isAlone = ready.length === 1 && ready[0]?.interface === seat;
    return isAlone && isQueueOpen(report(), config().definition, pbx, queue);
  }

  async #audit({ who, what, pbx, seat, detail }: MoveAudit): Promise<boolean> {
    const { keeping, clock } = this.#options;
    if (keeping?.status().state !== 'writing') return false;
    const about = maskDigitRuns(`${pbx}:${seat}`);
    await keeping.journal.record({ atMs: clock.nowMs(), who, what, about, detail });
    return true;
  }
}

const isSame = (
  before: SeatPosts,
  penalties: SeatPosts['penalties'],
  staticIn: readonly string[],
): boolean => {
  const queues = Object.keys(penalties);
  return (
    queues.length === Object.keys(before.penalties).length &&
    queues.every((queue) => before.penalties[queue] === penalties[queue]) &&
    staticIn.length === before.staticIn.length &&
    staticIn.every((queue, index) => before.staticIn[index] === queue)
  );
};
