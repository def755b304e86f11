import type { Clock } from '../lib/clock.ts';
import { addressKey } from '../lib/address.ts';
import type { UserDefinition } from './access-definition.ts';
import { AttemptLimit } from './attempt-limit.ts';
import { isPassword, nobodysHash } from './password-hash.ts';

/** People at one address mistype one after the other; one name is tried by one person. */
const BY_ADDRESS = { burst: 20, everyMs: 10_000 };
const BY_NAME = { burst: 10, everyMs: 60_000 };
/** Passwords that wait to be looked at; each takes a tenth of a second and 32 MB, one at a time. */
const MOST_WAITING = 30;
const BUSY_MS = 5000;

export interface PasswordTry {
  readonly name: string;
  readonly password: string;
  /** Where it comes from. */
  readonly address: string;
}

export type PasswordVerdict =
  | { readonly ok: true; readonly user: UserDefinition }
  /** Nobody is told whether the name or the password was wrong; `known` is for the audit alone. */
  | { readonly ok: false; readonly why: 'refused'; readonly known: string | undefined }
  | { readonly ok: false; readonly why: 'too-many'; readonly waitMs: number };

/** Looks at passwords: so many by address and by name, one after the other, each in the same time. */
export class PasswordDesk {
  readonly #clock: Clock;
  readonly #byAddress = new AttemptLimit(BY_ADDRESS);
  readonly #byName = new AttemptLimit(BY_NAME);
  readonly #check: typeof isPassword;
  readonly #nobodys = nobodysHash();
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** `check`: for tests that count tries, and have no tenth of a second for each. */
  constructor(clock: Clock, check = isPassword) {
    this.#clock = clock;
    this.#check = check;
  }

  async look(
    { name, password, address }: PasswordTry,
    users: readonly UserDefinition[],
  ): Promise<PasswordVerdict> {
    const at = addressKey(address);
    const waitMs = this.#waitMs(at, name);
    if (waitMs > 0) return { ok: false, why: 'too-many', waitMs };
    const nowMs = this.#clock.nowMs();
    this.#byAddress.take(at, nowMs);
    this.#byName.take(name, nowMs);
    const user = users.find((one) => one.name === name);
    const isRight = await this.#inTurn(() => this.#check(password, user?.password ?? this.#nobodys));
    if (!isRight || user?.password === undefined) return { ok: false, why: 'refused', known: user?.name };
    this.#byAddress.giveBack(at);
    this.#byName.giveBack(name);
    return { ok: true, user };
  }

  /** A wrong token counts as a try of its address; the answer is how long until one more, ms. */
  spend(address: string): number {
    const at = addressKey(address);
    const nowMs = this.#clock.nowMs();
    const waitMs = this.#byAddress.waitMs(at, nowMs);
    if (waitMs === 0) this.#byAddress.take(at, nowMs);
    return waitMs;
  }

  forgive(address: string): void {
    this.#byAddress.giveBack(addressKey(address));
  }

  #waitMs(at: string, name: string): number {
    const nowMs = this.#clock.nowMs();
    if (this.#waiting >= MOST_WAITING) return BUSY_MS;
    return Math.max(this.#byAddress.waitMs(at, nowMs), this.#byName.waitMs(name, nowMs));
  }

  /** One at a time: node has four threads for this, for files and for names together. */
  async #inTurn<T>(task: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const turn = this.#last.then(task);
    this.#last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.#waiting -= 1;
    }
  }
}
