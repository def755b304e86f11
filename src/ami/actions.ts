import { randomBytes } from 'node:crypto';
import AsteriskManager, { type Block, type Manager } from 'asterisk-manager';
import type { Clock } from '../lib/clock.ts';
import { isSafeValue } from './action-text.ts';
import type { LinkFault, PbxConnection } from './connection.ts';
import { quoted, refusals } from './refusals.ts';
import { ACTING_RIGHTS, allowedActions, judgeRights, type RightsVerdict } from './rights.ts';
import { openTlsBridge, type TlsBridge } from './tls-bridge.ts';

const CONNECT_MS = 10_000;
const ACTION_MS = 10_000;
/** ActionIDs: ours, and those the package makes of the time for its login. Nothing else may name a listener of it. */
const OUR_ACTION_ID = /^(?:[0-9a-f]{24}|\d{13,20})$/;

/** Names lower-cased, as the package makes them. */
export type ActionAnswer =
  | { readonly ok: true; readonly headers: ReadonlyMap<string, string> }
  /** `said`: Asterisk's own words, where it refused. `wasSent`: it may have been done, though no answer came. */
  | {
      readonly ok: false;
      readonly message: string;
      readonly wasSent: boolean;
      readonly said: string | undefined;
    };
export type QueueAction = 'QueueAdd' | 'QueueRemove' | 'QueuePause' | 'QueuePenalty';
export type OpenedSession =
  { readonly ok: true; readonly session: ActingSession } | { readonly ok: false; readonly fault: LinkFault };

/**
 * Logs in as the user that may move seats. One connection, one object: nothing comes back by itself and nothing is
 * asked while it is down. Without TLS the secret crosses the wire as it is: the package cannot answer a challenge.
 */
export async function openActingSession(to: PbxConnection, clock: Clock): Promise<OpenedSession> {
  const { acting } = to;
  if (acting === undefined) return refused({ code: 'no-rights', message: 'No acting login is configured.' });
  const as: PbxConnection = { ...to, user: acting.user, secret: acting.secret };
  if (!isSafeValue(as.user) || !isSafeValue(as.secret)) return refused(refusals.unsafeLogin(as));
  const session = new ActingSession(as, clock);
  const fault = await session.open();
  return fault === undefined ? { ok: true, session } : refused(fault);
}

function refused(fault: LinkFault): OpenedSession {
  return { ok: false, fault };
}

/** The packaged client behind its guard (asterisk-facts section 7): answers only, each with a deadline. */
export class ActingSession {
  readonly #to: PbxConnection;
  readonly #clock: Clock;
  readonly #manager: Manager;
  /** The package only ends a connection that is up; one still being made, or with a silent peer, is cut by this. */
  readonly #abort = new AbortController();
  /** Those who wait, each told once when the connection ends. */
  readonly #waiting = new Set<(fault: LinkFault) => void>();
  #bridge: TlsBridge | undefined;
  #isUp = false;
  #error = 'closed';

  /** `to.user` and `to.secret` are those of the acting login. */
  constructor(to: PbxConnection, clock: Clock) {
    this.#to = to;
    this.#clock = clock;
    this.#manager = new AsteriskManager(undefined, to.host, to.user, to.secret, false);
    // Its own reader of blocks throws on some events and loops for ever on others; only answers to us pass.
    this.#manager.removeAllListeners('rawevent');
    this.#manager.on('rawevent', (block) => this.#onBlock(block));
    this.#manager.on('error', (error) => {
      if (error instanceof Error && 'code' in error) this.#error = String(error.code);
    });
    this.#manager.on('close', () => this.#onClose());
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Connects and logs in; undefined when it may be used. */
  async open(): Promise<LinkFault | undefined> {
    const { host, port, tls } = this.#to;
    try {
      if (tls !== undefined) this.#bridge = await openTlsBridge(this.#to);
    } catch (cause) {
      return refusals.tls(
        this.#to,
        cause instanceof Error && 'code' in cause ? String(cause.code) : 'no bridge',
      );
    }
    const where = this.#bridge === undefined ? { host, port } : { path: this.#bridge.path };
    const connected = this.#within<true>(CONNECT_MS, refusals.connectTimeout(this.#to, CONNECT_MS), (done) =>
      this.#manager.connect({ ...where, signal: this.#abort.signal }, undefined, () => done(true)),
    );
    const first = await connected;
    if (first !== true) return this.#giveUp(first);
    const login = this.#within<true>(ACTION_MS, refusals.silentLogin(this.#to), (done) =>
      this.#manager.login((error) => done(error === undefined ? true : this.#loginFault(error))),
    );
    const second = await login;
    if (second !== true) return this.#giveUp(second);
    this.#isUp = true;
    return undefined;
  }

  /** Whether Asterisk still answers. */
  ping(): Promise<ActionAnswer> {
    return this.#ask('Ping');
  }

  /** What the login may do beyond seat moves, and what of them it may not. */
  async rights(): Promise<RightsVerdict | LinkFault> {
    const answer = await this.#ask('ListCommands');
    if (!answer.ok) return { code: 'no-rights', message: answer.message };
    return judgeRights(allowedActions(answer.headers), ACTING_RIGHTS);
  }

  async close(): Promise<void> {
    this.#isUp = false;
    this.#manager.disconnect();
    this.#abort.abort();
    await this.#bridge?.close();
  }

  /** Asks for one action of the exchange's queues. A value that would end its line is refused before it is sent. */
  act(action: QueueAction, headers: readonly (readonly [string, string])[]): Promise<ActionAnswer> {
    return this.#ask(action, headers);
  }

  async #ask(action: string, headers: readonly (readonly [string, string])[] = []): Promise<ActionAnswer> {
    // The package would keep it and send it on another day.
    if (!this.#isUp) return notSent('The acting session is not connected.');
    if (!headers.every(([, value]) => isSafeValue(value)))
      return notSent(`A value of ${action} holds what no value may hold.`);
    const late: LinkFault = {
      code: 'silent',
      message: `${action} was not answered in ${ACTION_MS / 1000} s.`,
    };
    const answer = await this.#within<Block>(ACTION_MS, late, (done) => {
      const actionid = randomBytes(12).toString('hex');
      this.#manager.action({ ...Object.fromEntries(headers), action, actionid }, (error, block) =>
        done(toBlock(error) ?? block ?? {}),
      );
    });
    if (isFault(answer)) return { ok: false, message: answer.message, wasSent: true, said: undefined };
    const told = textHeaders(answer);
    if (told.get('response') !== 'Error') return { ok: true, headers: told };
    const said = told.get('message') ?? '';
    return { ok: false, message: `Asterisk refuses ${action}: ${quoted(said)}.`, wasSent: true, said };
  }

  /** Runs `start` and waits for what it hands to `done`, for the deadline, or for the end of the connection. */
  #within<T>(waitMs: number, late: LinkFault, start: (done: (value: T | LinkFault) => void) => void) {
    return new Promise<T | LinkFault>((resolve) => {
      const finish = (value: T | LinkFault): void => {
        cancel();
        this.#waiting.delete(finish);
        resolve(value);
      };
      const cancel = this.#clock.after(waitMs, () => finish(late));
      this.#waiting.add(finish);
      start(finish);
    });
  }

  #onBlock(block: unknown): void {
    if (typeof block !== 'object' || block === null || !('response' in block) || 'event' in block) return;
    const id = 'actionid' in block ? block.actionid : undefined;
    if (typeof id !== 'string' || !OUR_ACTION_ID.test(id)) return;
    const isError = typeof block.response === 'string' && block.response.toLowerCase() === 'error';
    this.#manager.emit(id, isError ? block : undefined, block);
  }

  #onClose(): void {
    const failed = this.#bridge?.fault() ?? refusals.unreachable(this.#to, this.#error);
    const fault = this.#isUp ? refusals.closed(this.#to) : failed;
    this.#isUp = false;
    for (const tell of this.#waiting) tell(fault);
  }

  #loginFault(error: Block | Error): LinkFault {
    const said = error instanceof Error ? error.message : (textHeaders(error).get('message') ?? '');
    return refusals.loginRefused(this.#to, said);
  }

  async #giveUp(fault: LinkFault): Promise<LinkFault> {
    await this.close();
    return fault;
  }
}

const notSent = (message: string): ActionAnswer => ({ ok: false, message, wasSent: false, said: undefined });

function isFault(value: Block | LinkFault): value is LinkFault {
  return 'code' in value && !('response' in value);
}

function toBlock(error: Block | Error | undefined): Block | undefined {
  return error instanceof Error ? { response: 'Error', message: error.message } : error;
}

function textHeaders(block: Block): Map<string, string> {
  return new Map(
    Object.entries(block).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
