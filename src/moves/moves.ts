import type { Who } from '../access/who.ts';
import type { PbxEvent } from '../ami/pbx-event.ts';
import type { Clock } from '../lib/clock.ts';
import type { Move, MoveChange, MoveEnd } from './move.ts';
import { type MoveAnswer, refusal, type RefusedMove } from './move-answer.ts';
import { type ActionOutcome, MoveBook } from './move-book.ts';
import type { MoveEntry } from './move-entry.ts';
import { planMove, planRestore } from './plan.ts';
import { isSo, type PlannedStep, queueOfStep, queuesLeftBy } from './planned-step.ts';
import type { Post } from './post.ts';
import { whatWasAsked, whatWasDone } from './move-text.ts';

export interface MovesPorts {
  readonly clock: Clock;
  readonly timeoutMs: () => number;
  /** The exchange is seen: what it confirms would be heard. */
  readonly isSeen: (pbx: string) => boolean;
  /** Its acting session is up, opened where it has to be. */
  readonly ready: (pbx: string) => Promise<boolean>;
  readonly act: (pbx: string, step: PlannedStep) => Promise<ActionOutcome>;
  readonly posts: (pbx: string, seat: string) => readonly Post[];
  readonly agentOf: (pbx: string, seat: string) => string;
  /** Queues that Asterisk will not let it go from, as far as it is known. */
  readonly staticIn: (pbx: string, seat: string) => readonly string[];
  /** The queue is open, and nobody but this seat stands ready in it. */
  readonly isAlone: (pbx: string, queue: string, seat: string) => boolean;
  /** Resolves when it is kept; false where it cannot be. `detail` holds no number. */
  readonly audit: (entry: MoveAudit) => Promise<boolean>;
  /** Asterisk said of it that it will not let the seat go from the queue. */
  readonly onStatic: (pbx: string, seat: string, queue: string) => void;
  readonly onChange: () => void;
}

export interface MoveAudit {
  readonly who: string;
  readonly what: 'asked to move a seat' | 'moved a seat';
  readonly pbx: string;
  readonly seat: string;
  readonly detail: string;
}

export interface AskedMove {
  readonly who: Who;
  readonly pbx: string;
  /** State interface. */
  readonly seat: string;
  readonly change: MoveChange;
  /** Queues they may touch. */
  readonly within: 'all' | readonly string[];
  readonly evenUnstaffed: boolean;
}

export interface AskedFollow {
  readonly who: Who;
  /** `Move.id`. */
  readonly move: string;
  readonly evenUnstaffed: boolean;
}

/** Seats that were taken out of their last queue, so that they can be put into one as they were. */
const MOST_REMEMBERED = 2000;

/** Seats moved between queues: what is asked is checked, planned, written down, and then asked of the exchange. */
export class Moves {
  readonly #ports: MovesPorts;
  readonly #book: MoveBook;
  /** Seats that something is being checked for. */
  readonly #claimed = new Set<string>();
  readonly #lastPosts = new Map<string, Pick<Post, 'interface' | 'stateInterface' | 'memberName'>>();
  #count = 0;

  constructor(ports: MovesPorts) {
    this.#ports = ports;
    const { clock, timeoutMs, posts, act, onChange } = ports;
    this.#book = new MoveBook({
      clock,
      timeoutMs,
      posts,
      act,
      onChange,
      onEnd: (entry) => this.#writeEnd(entry),
    });
  }

  list(): readonly Move[] {
    return this.#book.list();
  }

  /** Of an exchange, since the start: moves by how they ended. */
  ended(pbx: string): Readonly<Record<MoveEnd, number>> {
    return this.#book.ended(pbx);
  }

  /** After the exchange's members were brought up to the event. */
  hear(pbx: string, event: PbxEvent): void {
    if (event.type === 'member-removed') {
      const { interface: own, stateInterface, memberName } = event.member;
      const key = seatKey(pbx, stateInterface || own);
      this.#lastPosts.delete(key);
      this.#lastPosts.set(key, { interface: own, stateInterface, memberName });
      const [oldest] = this.#lastPosts.keys();
      if (this.#lastPosts.size > MOST_REMEMBERED && oldest !== undefined) this.#lastPosts.delete(oldest);
    }
    this.#book.hear(pbx, event);
  }

  stop(): void {
    this.#book.stop();
  }

  /** `result`: `Move.id`. How it ends is told by its row. */
  move({ who, pbx, seat, change, within, evenUnstaffed }: AskedMove): Promise<MoveAnswer> {
    const { posts, staticIn } = this.#ports;
    return this.#begin({
      who,
      pbx,
      seat,
      change,
      evenUnstaffed,
      plan: () =>
        planMove(change, {
          posts: posts(pbx, seat),
          like: this.#likeOf(pbx, seat),
          within,
          staticIn: staticIn(pbx, seat),
        }),
    });
  }

  /** Asks for everything to be again as it was before the move. */
  undo({ who, move, evenUnstaffed }: AskedFollow): Promise<MoveAnswer> {
    const entry = this.#theirs(who, move);
    if (entry === undefined) return Promise.resolve(NO_SUCH_MOVE);
    const { pbx, seat, change } = entry.move;
    const plan = () => {
      if (!entry.move.canUndo) return CANNOT_UNDO;
      const steps = planRestore(entry.before, this.#ports.posts(pbx, seat));
      return steps.length > 0 ? { ok: true as const, steps } : CANNOT_UNDO;
    };
    return this.#begin({ who, pbx, seat, change, evenUnstaffed, plan, undoes: entry });
  }

  /** Asks again for what a half-done move has left. */
  finish({ who, move, evenUnstaffed }: AskedFollow): Promise<MoveAnswer> {
    const entry = this.#theirs(who, move);
    if (entry === undefined) return Promise.resolve(NO_SUCH_MOVE);
    const { pbx, seat, change } = entry.move;
    const plan = () => {
      if (entry.move.state !== 'half-done' || entry.isFollowed) return NOTHING_LEFT;
      const posts = this.#ports.posts(pbx, seat);
      const steps = entry.rest.filter((step) => !isSo(step, posts));
      return steps.length > 0 ? { ok: true as const, steps } : NOTHING_LEFT;
    };
    return this.#begin({ who, pbx, seat, change, evenUnstaffed, plan, finishes: entry });
  }

  async #begin(ask: Begun): Promise<MoveAnswer> {
    const { pbx, seat } = ask;
    const key = seatKey(pbx, seat);
    if (this.#claimed.has(key) || this.#book.isMoving(pbx, seat)) return BUSY;
    this.#claimed.add(key);
    try {
      return await this.#beginClaimed(ask);
    } finally {
      this.#claimed.delete(key);
    }
  }

  async #beginClaimed(ask: Begun): Promise<MoveAnswer> {
    const { who, pbx, seat, change, undoes, finishes } = ask;
    const { ready, isSeen, audit, clock, agentOf } = this.#ports;
    const early = this.#check(ask);
    if (!early.ok) return early;
    if (!isSeen(pbx) || !(await ready(pbx))) return NOT_CONNECTED;
    const by = who.name;
    const asked = whatWasAsked(change, early.steps, { undoes: undoes?.move, finishes: finishes?.move });
    if (!(await audit({ who: by, what: 'asked to move a seat', pbx, seat, detail: asked }))) return NOT_KEPT;
    // Time has passed, and the seat may have been moved by its own phone.
    const plan = this.#check(ask);
    if (!plan.ok) return plan;
    this.#count += 1;
    const { move } = this.#book.begin({
      id: `move-${this.#count}`,
      pbx,
      seat,
      agent: agentOf(pbx, seat),
      by,
      askedAtMs: clock.nowMs(),
      change,
      steps: plan.steps,
      ...(undoes && { undoes }),
      ...(finishes && { finishes }),
    });
    return { ok: true, result: move.id };
  }

  #check({ pbx, seat, plan, evenUnstaffed }: Begun): ReturnType<Begun['plan']> {
    const planned = plan();
    if (!planned.ok || evenUnstaffed) return planned;
    const { posts, isAlone } = this.#ports;
    const left = queuesLeftBy(planned.steps, posts(pbx, seat));
    const empty = left.filter((queue) => isAlone(pbx, queue, seat));
    return empty.length > 0
      ? refusal('would-unstaff', `nobody would be left in ${empty.join(', ')}`)
      : planned;
  }

  /** A move, where every queue of it is theirs. */
  #theirs({ sees }: Who, id: string): MoveEntry | undefined {
    const entry = this.#book.find(id);
    if (entry === undefined || sees.queues === 'all') return entry;
    const queues = [...entry.before.values()].flatMap((post) => (post === undefined ? [] : [post.queue]));
    for (const step of entry.planned) if (queueOfStep(step) !== '') queues.push(queueOfStep(step));
    const theirs = sees.queues;
    return queues.every((queue) => theirs.includes(queue)) ? entry : undefined;
  }

  /** As it is a member now, or was last; else by its phone alone. */
  #likeOf(pbx: string, seat: string): Pick<Post, 'interface' | 'stateInterface' | 'memberName'> {
    const [post] = this.#ports.posts(pbx, seat);
    const like = post ?? this.#lastPosts.get(seatKey(pbx, seat));
    if (like !== undefined) return like;
    const agent = this.#ports.agentOf(pbx, seat);
    return { interface: seat, stateInterface: '', memberName: agent === seat ? '' : agent };
  }

  #writeEnd({ move }: MoveEntry): void {
    const { pbx, seat, by } = move;
    const detail = whatWasDone(move);
    for (const { said, queue } of move.steps)
      if (said === NOT_DYNAMIC) this.#ports.onStatic(pbx, seat, queue);
    // Where the journal stands still, its own status says so.
    void this.#ports.audit({ who: by, what: 'moved a seat', pbx, seat, detail });
  }
}

interface Begun extends Pick<AskedMove, 'who' | 'pbx' | 'seat' | 'change' | 'evenUnstaffed'> {
  readonly plan: () => { readonly ok: true; readonly steps: readonly PlannedStep[] } | RefusedMove;
  readonly undoes?: MoveEntry;
  readonly finishes?: MoveEntry;
}

/** What Asterisk says of a member of queues.conf, or of a database (app_queue.c). */
const NOT_DYNAMIC = 'Member not dynamic';

const seatKey = (pbx: string, seat: string): string => `${pbx}\n${seat}`;

const BUSY = refusal('seat-busy-moving', 'another move of this seat is on its way');
const NOT_CONNECTED = refusal('not-connected', 'the exchange cannot be asked now');
const NOT_KEPT = refusal('not-kept', 'the journal cannot be written to now: try again later');
const NO_SUCH_MOVE = refusal('no-such-move', 'there is no such move');
const CANNOT_UNDO = refusal('cannot-undo', 'it is not as the move left it any more');
const NOTHING_LEFT = refusal('already', 'there is nothing left to be done');
