import { isDeepStrictEqual } from 'node:util';
import { type ActingSession, openActingSession } from '../ami/actions.ts';
import type { PbxConnection } from '../ami/connection.ts';
import { ACTING_RIGHTS, rightsWarnings } from '../ami/rights.ts';
import { backoffMs } from '../lib/backoff.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import type { ActionOutcome } from './move-book.ts';
import { headersOf, type PlannedStep } from './planned-step.ts';

export interface ActingSessionsOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** 0 to 1, for the waits between tries to connect. */
  readonly jitter: () => number;
}

/** A connection that nobody hears of is noticed so late at the most; Asterisk itself never ends an idle one. */
const PING_EVERY_MS = 30_000;
const BACKOFF = { firstMs: 1_000, capMs: 30_000 };
const MOST_SAID = 120;

/** The session that moves seats of one exchange: opened when it is needed, kept while it answers. */
class Acting {
  readonly to: PbxConnection;
  readonly #options: ActingSessionsOptions;
  #session: ActingSession | undefined;
  #opening: Promise<boolean> | undefined;
  #failures = 0;
  #notBeforeMs = -Infinity;
  #isStopped = false;
  #cancelPing = (): void => undefined;

  constructor(to: PbxConnection, options: ActingSessionsOptions) {
    this.to = to;
    this.#options = options;
  }

  /** Up, and it answered just now: a connection that was cut silently is found before anything is asked over it. */
  async ready(): Promise<boolean> {
    const session = this.#session;
    if (session?.isUp && (await session.ping()).ok) return true;
    await this.#close(session);
    this.#opening ??= this.#open().finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  async act(step: PlannedStep): Promise<ActionOutcome> {
    const session = this.#session;
    if (!session?.isUp) return NOT_SENT;
    const answer = await session.act(step.action, headersOf(step));
    if (answer.ok) return { state: 'accepted' };
    if (answer.said !== undefined) return { state: 'refused', said: shown(answer.said) };
    return answer.wasSent ? { state: 'unanswered' } : NOT_SENT;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelPing();
    await this.#opening;
    await this.#session?.close();
    this.#session = undefined;
  }

  async #open(): Promise<boolean> {
    const { clock, log, jitter } = this.#options;
    const { pbx, acting } = this.to;
    if (this.#isStopped || clock.nowMs() < this.#notBeforeMs) return false;
    const opened = await openActingSession(this.to, clock);
    if (!opened.ok) {
      this.#failures += 1;
      this.#notBeforeMs = clock.nowMs() + backoffMs(this.#failures, jitter(), BACKOFF);
      log.warn({ pbx, code: opened.fault.code }, `seats cannot be moved: ${opened.fault.message}`);
      return false;
    }
    this.#failures = 0;
    this.#session = opened.session;
    const rights = await opened.session.rights();
    if ('missing' in rights) {
      for (const line of rightsWarnings(acting?.user ?? '', rights, ACTING_RIGHTS.class))
        log.warn({ pbx }, line);
    }
    this.#keep(opened.session);
    return opened.session.isUp;
  }

  #keep(session: ActingSession): void {
    this.#cancelPing();
    this.#cancelPing = this.#options.clock.after(PING_EVERY_MS, () => {
      void session.ping().then((answer) => (answer.ok ? this.#keep(session) : this.#close(session)));
    });
  }

  async #close(session: ActingSession | undefined): Promise<void> {
    if (session === undefined || session !== this.#session) return;
    this.#session = undefined;
    this.#cancelPing();
    await session.close();
  }
}

/** One acting session for each exchange that has a login for it; a fresh connection is a fresh object. */
export class ActingSessions {
  readonly #options: ActingSessionsOptions;
  readonly #byPbx = new Map<string, Acting>();

  constructor(options: ActingSessionsOptions) {
    this.#options = options;
  }

  /** These exchanges from now on; what is the same goes on. */
  async redefine(connections: readonly PbxConnection[]): Promise<void> {
    const wanted = new Map(
      connections.filter(({ acting }) => acting !== undefined).map((to) => [to.pbx, to]),
    );
    const gone = [...this.#byPbx.values()].filter(({ to }) => !isDeepStrictEqual(to, wanted.get(to.pbx)));
    for (const { to } of gone) this.#byPbx.delete(to.pbx);
    for (const [pbx, to] of wanted) {
      if (!this.#byPbx.has(pbx)) this.#byPbx.set(pbx, new Acting(to, this.#options));
    }
    await Promise.all(gone.map((acting) => acting.stop()));
  }

  ready(pbx: string): Promise<boolean> {
    return this.#byPbx.get(pbx)?.ready() ?? Promise.resolve(false);
  }

  act(pbx: string, step: PlannedStep): Promise<ActionOutcome> {
    return this.#byPbx.get(pbx)?.act(step) ?? Promise.resolve(NOT_SENT);
  }

  stop(): Promise<void> {
    return this.redefine([]);
  }
}

const NOT_SENT: ActionOutcome = { state: 'refused', said: 'not connected: nothing was asked' };

/** Asterisk's words as they may be shown. */
const shown = (said: string): string =>
  maskDigitRuns(said.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, ' ').slice(0, MOST_SAID));
