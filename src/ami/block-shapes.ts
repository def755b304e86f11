import { BlockShape } from './block-shape.ts';
import { lineEnd } from './line-end.ts';
import type { LineStarts } from './line-starts.ts';

const CR_LF = 0x0a0d;
const COLON = 58;

/** A step takes one line of the processor's cache, in numbers of four bytes: four of them, and a name with its colon. */
const STEP = 16;
const LENGTH = 0;
/** The last four bytes of the name. */
const LAST = 1;
/** The step that comes after it, and the one that may stand in its place; 0 for none. */
const NEXT = 2;
const OTHER = 3;
const NAME = 4;
const SHORTEST_NAME = 4;
const LONGEST_NAME = 4 * (STEP - NAME);
/** More lines than any event has. */
const MOST_LINES = 256;
/** All events of an exchange take some five hundred; a peer that invents headers must not fill the memory. */
const MOST_STEPS = 2_048;

/**
 * The shapes of the blocks seen so far, as a tree of the names of their lines. An exchange writes the headers of an
 * event always in the same order, so the names of a block are compared with those that came last, which is exact and
 * takes a fraction of the time of looking for what they are.
 */
export class BlockShapes {
  readonly #steps = new Int32Array(MOST_STEPS * STEP);
  readonly #names = new DataView(this.#steps.buffer);
  /** By the last step of the block. */
  readonly #shapes: (BlockShape | undefined)[] = [];
  /** The first is where every block begins. */
  #count = 1;
  #found: BlockShape | undefined;

  /** Of the block that was followed to its end last. */
  get found(): BlockShape | undefined {
    return this.#found;
  }

  /**
   * Follows the block that begins at `from` to its end: the index behind its empty line, -1 where it has no known
   * shape or does not end before `to`. Where its lines start is added to `lines`, the empty line included.
   */
  follow(view: DataView, from: number, to: number, lines: LineStarts): number {
    const steps = this.#steps;
    const starts = lines.room(MOST_LINES + 1);
    // As much as is compared with a name must be there.
    const until = to - LONGEST_NAME;
    let count = lines.count;
    let step = 0;
    let at = from;
    while (at <= until) {
      starts[count] = at;
      count += 1;
      const head = view.getInt32(at, true);
      if ((head & 0xffff) === CR_LF) {
        lines.setCount(count);
        this.#found = this.#shapes[step / STEP];
        return this.#found === undefined ? -1 : at + 2;
      }
      step = this.#nextStep(view, at, head, steps[step + NEXT] ?? 0);
      if (step === 0) return -1;
      const end = lineEnd(view, at + (steps[step + LENGTH] ?? 0), to);
      if (end < 0) return -1;
      at = end + 1;
    }
    return -1;
  }

  #nextStep(view: DataView, at: number, head: number, first: number): number {
    const steps = this.#steps;
    for (let step = first; step !== 0; step = steps[step + OTHER] ?? 0) {
      if (steps[step + NAME] === head && this.#isNamed(view, at, step)) return step;
    }
    return 0;
  }

  /** Whether the line begins with the name of the step; the first four bytes are known to. */
  #isNamed(view: DataView, at: number, step: number): boolean {
    const steps = this.#steps;
    const last = (steps[step + LENGTH] ?? 0) - 4;
    let place = step + NAME + 1;
    for (let index = 4; index < last; index += 4) {
      if (view.getInt32(at + index, true) !== steps[place]) return false;
      place += 1;
    }
    return view.getInt32(at + last, true) === steps[step + LAST];
  }

  /** Takes in the shape of a block whose lines start at `lines[first]` to `lines[last]`, the empty line. */
  learn(view: DataView, lines: LineStarts, first: number, last: number): BlockShape | undefined {
    if (last - first > MOST_LINES) return undefined;
    if (this.#count + last - first > MOST_STEPS) this.#forget();
    let step = 0;
    for (let line = first; line < last; line += 1) {
      const at = lines.at(line);
      const length = nameLength(view, at, lines.at(line + 1));
      if (length < SHORTEST_NAME) return undefined;
      step = this.#learnStep(step, view, at, length);
    }
    return (this.#shapes[step / STEP] ??= new BlockShape());
  }

  #learnStep(before: number, view: DataView, at: number, length: number): number {
    const steps = this.#steps;
    let from = before + NEXT;
    for (let step = steps[from] ?? 0; step !== 0; step = steps[from] ?? 0) {
      const isAsLong = steps[step + LENGTH] === length;
      if (isAsLong && steps[step + NAME] === view.getInt32(at, true) && this.#isNamed(view, at, step))
        return step;
      from = step + OTHER;
    }
    const step = this.#count * STEP;
    this.#count += 1;
    steps[from] = step;
    steps[step + LENGTH] = length;
    steps[step + LAST] = view.getInt32(at + length - 4, true);
    steps[step + NEXT] = 0;
    steps[step + OTHER] = 0;
    for (let index = 0; index < length; index += 1)
      this.#names.setUint8(4 * (step + NAME) + index, view.getUint8(at + index));
    return step;
  }

  #forget(): void {
    this.#count = 1;
    this.#shapes.length = 0;
    this.#steps[NEXT] = 0;
  }
}

/** Bytes of a line's name, the colon included; 0 where it has none, or one too long to be kept. */
function nameLength(view: DataView, at: number, to: number): number {
  const end = Math.min(at + LONGEST_NAME, to);
  for (let index = at; index < end; index += 1) if (view.getUint8(index) === COLON) return index + 1 - at;
  return 0;
}
