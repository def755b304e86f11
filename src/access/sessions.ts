import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import type { Who } from './who.ts';

/** Who is let in, and by what: where that changes, what it opened ends. */
export interface Admission {
  readonly who: Who;
  readonly grant: string;
}

interface Session extends Admission {
  readonly untilMs: number;
  readonly cancel: () => void;
}

const ID_BYTES = 32;
/** Of one name; with one more the oldest ends. */
const MOST_OF_ONE = 20;

/** Who is signed in, in memory: whoever restarts the daemon signs everybody out. Of an id only its hash is kept. */
export class Sessions {
  readonly #clock: Clock;
  readonly #tell: (who: Who) => void;
  readonly #byHash = new Map<string, Session>();

  /** `tell` hears of each that ends. */
  constructor(clock: Clock, tell: (who: Who) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** A new session; the answer is its id, which nobody but the browser keeps. */
  begin({ who, grant }: Admission, lastsMs: number): string {
    const ofOne = [...this.#byHash].filter(([, session]) => session.who.name === who.name);
    for (const [hash] of ofOne.slice(0, Math.max(0, ofOne.length - MOST_OF_ONE + 1))) this.#end(hash);
    const id = randomBytes(ID_BYTES).toString('base64url');
    const hash = hashOf(id);
    const cancel = this.#clock.after(lastsMs, () => this.#end(hash));
    // A copy: two sessions of one user are two objects (`Gate.whoOf`).
    const own = Object.freeze({ ...who });
    this.#byHash.set(hash, { who: own, grant, untilMs: this.#clock.nowMs() + lastsMs, cancel });
    return id;
  }

  whoOf(id: string): Who | undefined {
    const session = this.#byHash.get(hashOf(id));
    return session === undefined || session.untilMs <= this.#clock.nowMs() ? undefined : session.who;
  }

  end(id: string): void {
    this.#end(hashOf(id));
  }

  /** Ends those that would not be let in any more, or not as they were. */
  keep(isGood: (admission: Admission) => boolean): void {
    for (const [hash, session] of this.#byHash) if (!isGood(session)) this.#end(hash);
  }

  get size(): number {
    return this.#byHash.size;
  }

  #end(hash: string): void {
    const session = this.#byHash.get(hash);
    if (session === undefined) return;
    this.#byHash.delete(hash);
    session.cancel();
    this.#tell(session.who);
  }
}

/** 256 bits of chance cannot be guessed from their hash: no salt and no slowness is needed. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
