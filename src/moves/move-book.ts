import type { PbxEvent } from '../ami/pbx-event.ts';
import type { Clock } from '../lib/clock.ts';
import { type Move, MOVE_ENDS, type MoveEnd } from './move.ts';
import { MoveEntry, type NewMove } from './move-entry.ts';
import { isSo, type PlannedStep } from './planned-step.ts';
import type { Post } from './post.ts';

/** What became of an action: `unanswered` is one that may have been done all the same. */
export type ActionOutcome =
  | { readonly state: 'accepted' | 'unanswered' }
  /** Asterisk's own words, or why it was not sent. */
  | { readonly state: 'refused'; readonly said: string };

export interface MoveBookPorts {
  readonly clock: Clock;
  /** For one step, from when it was asked. */
  readonly timeoutMs: () => number;
  /** The seat's memberships as the exchange said them last. */
  readonly posts: (pbx: string, seat: string) => readonly Post[];
  readonly act: (pbx: string, step: PlannedStep) => Promise<ActionOutcome>;
  /** A move ended, or a step that was given up was confirmed after all. */
  readonly onEnd: (entry: MoveEntry) => void;
  readonly onChange: () => void;
}

/** So long after its end a move is still shown. */
const KEPT_MS = 30 * 60_000;
const MOST_KEPT = 200;

const NONE_ENDED: Readonly<Record<MoveEnd, number>> = { done: 0, refused: 0, 'timed-out': 0, 'half-done': 0 };

/** What can be said of a seat's posts. */
const TELLING: ReadonlySet<PbxEvent['type']> = new Set([
  'member-added',
  'member-removed',
  'member-paused',
  'member-penalty',
  'snapshot',
]);

/**
 * Moves that run and that ran: each step is asked, and is done when the exchange itself says of its members that it is
 * so. What an exchange answers an action with proves nothing but a refusal; what it does not say is never shown.
 */
export class MoveBook {
  readonly #ports: MoveBookPorts;
  /** Oldest first. */
  #entries: readonly MoveEntry[] = [];
  #list: readonly Move[] | undefined;
  readonly #ended = new Map<string, Record<MoveEnd, number>>();

  constructor(ports: MoveBookPorts) {
    this.#ports = ports;
  }

  /** The same list as long as nothing of it changed; oldest first. */
  list(): readonly Move[] {
    this.#list ??= Object.freeze(this.#entries.map(({ move }) => move));
    return this.#list;
  }

  /**
   * Of an exchange, since the start: moves by how they ended. What is confirmed after it was given up stays counted as it
   * ended: nothing that is counted is taken back.
   */
  ended(pbx: string): Readonly<Record<MoveEnd, number>> {
    return this.#ended.get(pbx) ?? NONE_ENDED;
  }

  find(id: string): MoveEntry | undefined {
    return this.#entries.find(({ move }) => move.id === id);
  }

  isMoving(pbx: string, seat: string): boolean {
    return this.#of(pbx, seat).some(({ isRunning }) => isRunning);
  }

  /** Begins a move of a seat that no other move is on. */
  begin(wish: NewMove): MoveEntry {
    const entry = new MoveEntry(wish);
    const before = wish.undoes ?? wish.finishes;
    if (before !== undefined) before.follower = entry;
    this.#entries = [...this.#entries, entry];
    this.#boundList();
    this.#ask(entry);
    this.#lookAll(entry.move.pbx);
    this.#tell();
    return entry;
  }

  /** Takes in what the exchange said, after its members were brought up to it. */
  hear(pbx: string, event: PbxEvent): void {
    if (!TELLING.has(event.type)) return;
    let isOther = false;
    for (const entry of this.#entries) {
      if (entry.move.pbx !== pbx || !this.#isAwaited(entry)) continue;
      const { running } = entry;
      const posts = this.#postsOf(entry);
      if (entry.isHeard || running === undefined || !isSo(running, posts)) continue;
      entry.isHeard = true;
      entry.rememberLeft(posts);
      isOther = true;
      if (entry.isRunning) this.#settle(entry);
      else this.#confirmLate(entry);
    }
    if (this.#lookAll(pbx) || isOther) this.#tell();
  }

  /** Nothing more will be heard: what runs ends with what is known of it. */
  stop(): void {
    for (const entry of this.#entries) {
      if (entry.isRunning) this.#giveUp(entry);
      entry.cancel();
    }
  }

  /** It runs, or its last step was given up and nobody has asked anything of the seat since. */
  #isAwaited(entry: MoveEntry): boolean {
    if (entry.isRunning) return true;
    const isGivenUp = entry.move.steps[entry.at]?.state === 'timed-out';
    return isGivenUp && this.#of(entry.move.pbx, entry.move.seat).at(-1) === entry;
  }

  #ask(entry: MoveEntry): void {
    const { clock, timeoutMs, act } = this.#ports;
    const { pbx } = entry.move;
    const posts = this.#postsOf(entry);
    const { running, at } = entry;
    if (running === undefined) return this.#end(entry);
    entry.rememberBefore(posts);
    // Somebody else did it meanwhile: asking would be refused.
    if (isSo(running, posts)) {
      entry.rememberLeft(posts);
      return this.#confirm(entry);
    }
    entry.answer = 'none';
    entry.isHeard = false;
    entry.show('asked');
    entry.cancel = clock.after(timeoutMs(), () => {
      if (entry.isHeard) this.#confirm(entry);
      else this.#giveUp(entry);
      this.#lookAll(pbx);
      this.#tell();
    });
    act(pbx, running).then(
      (outcome) => this.#answered(entry, at, outcome),
      () => this.#answered(entry, at, { state: 'unanswered' }),
    );
  }

  #answered(entry: MoveEntry, at: number, outcome: ActionOutcome): void {
    if (!entry.isRunning || entry.at !== at) return;
    if (outcome.state === 'refused') {
      entry.show('refused', outcome.said);
      this.#end(entry);
    } else {
      entry.answer = outcome.state;
      this.#settle(entry);
    }
    this.#lookAll(entry.move.pbx);
    this.#tell();
  }

  /** Heard before it was answered: it may still be refused, and then it was somebody else who did it. */
  #settle(entry: MoveEntry): void {
    if (entry.isHeard && entry.answer !== 'none') this.#confirm(entry);
  }

  #confirm(entry: MoveEntry): void {
    entry.cancel();
    entry.show('confirmed');
    if (entry.at + 1 >= entry.planned.length) return this.#end(entry);
    entry.at += 1;
    this.#ask(entry);
  }

  #giveUp(entry: MoveEntry): void {
    entry.show('timed-out');
    this.#end(entry);
  }

  #confirmLate(entry: MoveEntry): void {
    entry.show('confirmed');
    this.#end(entry);
  }

  #end(entry: MoveEntry): void {
    const { clock, onEnd } = this.#ports;
    const { isRunning } = entry;
    entry.cancel();
    entry.end(clock.nowMs());
    if (isRunning) this.#count(entry.move);
    entry.cancel = clock.after(KEPT_MS, () => {
      this.#entries = this.#entries.filter((one) => one !== entry);
      this.#tell();
    });
    onEnd(entry);
  }

  #count({ pbx, state }: Move): void {
    const end = MOVE_ENDS.find((one) => one === state);
    if (end === undefined) return;
    const before = this.ended(pbx);
    this.#ended.set(pbx, { ...before, [end]: before[end] + 1 });
  }

  #boundList(): void {
    const surplus = this.#entries.length - MOST_KEPT;
    if (surplus <= 0) return;
    const dropped = new Set(this.#entries.filter(({ isRunning }) => !isRunning).slice(0, surplus));
    for (const entry of dropped) entry.cancel();
    this.#entries = this.#entries.filter((entry) => !dropped.has(entry));
  }

  /** True where something else can be taken back than before. */
  #lookAll(pbx: string): boolean {
    let isOther = false;
    for (const entry of this.#entries) {
      if (entry.move.pbx === pbx && entry.look(this.#postsOf(entry))) isOther = true;
    }
    return isOther;
  }

  #of(pbx: string, seat: string): readonly MoveEntry[] {
    return this.#entries.filter(({ move }) => move.pbx === pbx && move.seat === seat);
  }

  #postsOf({ move }: MoveEntry): readonly Post[] {
    return this.#ports.posts(move.pbx, move.seat);
  }

  #tell(): void {
    this.#list = undefined;
    this.#ports.onChange();
  }
}
