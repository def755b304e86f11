import { backoffMs } from '../lib/backoff.ts';
import { isSafeValue } from './action-text.ts';
import { BootWatch } from './boot.ts';
import { ExchangeClock } from './exchange-clock.ts';
import type { LinkFault, LinkState, LinkStatus, PbxConnection } from './connection.ts';
import { Conversation, type ConversationEffect, type ConversationInput } from './conversation.ts';
import type { PbxEvent } from './pbx-event.ts';
import { refusals } from './refusals.ts';
import { judgeRights, READING_RIGHTS, type RightsVerdict } from './rights.ts';
import { SessionTotals, type ReadonlyTotals } from './session-totals.ts';
import { StampWatch } from './stamp-watch.ts';

const CONNECT_MS = 10_000;
const RETRY = { firstMs: 1_000, capMs: 30_000 };
/** Where a login was refused: who tries again soon is taken for a guesser, and shut out (fail2ban). */
const REFUSED_RETRY_MS = RETRY.capMs;
/** A link that held this long was sound: when it is lost, the first try is made at once again. */
const SOUND_MS = 30_000;

type SessionState =
  | { readonly name: 'idle' | 'stopped' }
  | { readonly name: 'connecting'; readonly dueMs: number }
  | { readonly name: 'talking' }
  | { readonly name: 'waiting-to-retry'; readonly dueMs: number };

export type SessionInput =
  | { readonly type: 'start'; readonly atMs: number }
  | { readonly type: 'connected'; readonly atMs: number }
  | { readonly type: 'bytes'; readonly atMs: number; readonly chunk: Buffer }
  /** The connection ended, or could not be made. */
  | { readonly type: 'closed'; readonly atMs: number; readonly fault: LinkFault }
  | { readonly type: 'time'; readonly atMs: number }
  | { readonly type: 'stop'; readonly atMs: number };

export type SessionEffect =
  | { readonly type: 'connect' }
  | { readonly type: 'send'; readonly text: string }
  | { readonly type: 'disconnect' }
  | { readonly type: 'emit'; readonly events: readonly PbxEvent[] }
  | { readonly type: 'status'; readonly status: LinkStatus };

/** Where what no clock and no socket can give comes from. */
export interface SessionChance {
  /** An ActionID nobody can guess. */
  readonly token: () => string;
  /** 0 to 1. */
  readonly jitter: () => number;
}

/**
 * The reading session with one exchange over all its connections: connects, talks, and when that ends says so once
 * and comes back. Pure: the shell carries out the effects and tells it what happened and what time it is.
 */
export class ReadingSession {
  readonly #to: PbxConnection;
  readonly #chance: SessionChance;
  readonly #boots = new BootWatch();
  readonly #stamps = new StampWatch();
  readonly #clock = new ExchangeClock();
  #state: SessionState = { name: 'idle' };
  #sinceMs = 0;
  #lastMs = 0;
  #talk: Conversation;
  #failure: LinkStatus['failure'];
  #failures = 0;
  #readySinceMs: number | undefined;
  /** Whether the core was given something since it was last told that nothing is seen. */
  #isSeen = false;
  #connections = 0;
  #reboots = 0;
  #linkState: LinkState = 'idle';
  #banner = '';
  #release = '';
  #offsetMs = 0;
  readonly #totals = new SessionTotals();

  constructor(to: PbxConnection, chance: SessionChance) {
    this.#to = to;
    this.#chance = chance;
    this.#talk = this.#newConversation();
  }

  /** What was counted over all connections. */
  get totals(): ReadonlyTotals {
    const sum = new SessionTotals(this.#totals);
    sum.add(this.#talk);
    return sum;
  }

  /** What of the login's rights is too wide or too narrow; undefined before Asterisk has said. */
  get rights(): RightsVerdict | undefined {
    const { allowed } = this.#talk;
    return allowed && judgeRights(allowed, READING_RIGHTS);
  }

  /** When `time` is to be told at the latest. */
  get dueMs(): number {
    const state = this.#state;
    if (state.name === 'connecting' || state.name === 'waiting-to-retry') return state.dueMs;
    return state.name === 'talking' ? this.#talk.dueMs : Number.POSITIVE_INFINITY;
  }

  get status(): LinkStatus {
    return {
      pbx: this.#to.pbx,
      state: this.#linkState,
      sinceMs: this.#sinceMs,
      failure: this.#failure,
      banner: this.#banner,
      release: this.#release,
      bootedAtMs: this.#boots.bootedAtMs,
      clockOffsetMs: this.#offsetMs,
      connections: this.#connections,
      reboots: this.#reboots,
      warnings: [...this.#talk.warnings],
    };
  }

  step(input: SessionInput): SessionEffect[] {
    const effects: SessionEffect[] = [];
    if (input.atMs < this.#lastMs) this.#shift(input.atMs - this.#lastMs);
    this.#lastMs = input.atMs;
    const before = this.#linkState;
    const warnings = this.#talk.warnings.size;
    if (this.#state.name === 'stopped') return effects;
    switch (input.type) {
      case 'start':
        if (this.#state.name === 'idle') this.#connect(input.atMs, effects);
        break;
      case 'connected':
      case 'bytes':
        if (input.type === 'connected') this.#onConnected();
        this.#converse(input, effects);
        break;
      case 'closed':
        if (this.#state.name === 'connecting' || this.#state.name === 'talking') {
          this.#end(input.fault, input.atMs, effects);
        }
        break;
      case 'time':
        this.#onTime(input.atMs, effects);
        break;
      case 'stop':
        this.#stop(input.atMs, effects);
        break;
    }
    this.#follow(input.atMs);
    if (this.#linkState !== before || this.#talk.warnings.size !== warnings) {
      effects.push({ type: 'status', status: this.status });
    }
    return effects;
  }

  /** Our clock was set back: what was due in ten seconds still is. */
  #shift(byMs: number): void {
    this.#clock.shift(byMs);
    const state = this.#state;
    if (state.name === 'talking') this.#talk.shift(byMs);
    else if ('dueMs' in state) this.#state = { ...state, dueMs: state.dueMs + byMs };
    if (this.#readySinceMs !== undefined) this.#readySinceMs += byMs;
  }

  #connect(atMs: number, effects: SessionEffect[]): void {
    if (!isSafeValue(this.#to.user) || !isSafeValue(this.#to.secret)) {
      return this.#end(refusals.unsafeLogin(this.#to), atMs, effects);
    }
    this.#totals.add(this.#talk);
    this.#talk = this.#newConversation();
    this.#state = { name: 'connecting', dueMs: atMs + CONNECT_MS };
    effects.push({ type: 'connect' });
  }

  #newConversation(): Conversation {
    this.#clock.reconnect();
    const kept = { boots: this.#boots, stamps: this.#stamps, clock: this.#clock };
    return new Conversation(this.#to, this.#chance.token, kept);
  }

  #onConnected(): void {
    if (this.#state.name !== 'connecting') return;
    this.#connections += 1;
    this.#state = { name: 'talking' };
  }

  #converse(input: ConversationInput, effects: SessionEffect[]): void {
    if (this.#state.name !== 'talking') return;
    for (const effect of this.#talk.step(input)) this.#apply(effect, input.atMs, effects);
  }

  #apply(effect: ConversationEffect, atMs: number, effects: SessionEffect[]): void {
    if (effect.type === 'send') effects.push(effect);
    else if (effect.type === 'emit') {
      this.#isSeen = true;
      effects.push(effect);
    } else if (effect.type === 'failed') this.#end(effect.fault, atMs, effects);
    else if (effect.type === 'unusable') this.#loseUse(effect.fault, atMs, effects);
    else if (this.#talk.linkState === 'ready' && this.#readySinceMs === undefined) {
      this.#readySinceMs = atMs;
      if (this.#talk.rebooted) this.#reboots += 1;
    }
  }

  /** The connection is over: says so once, and when to try again. */
  #end(fault: LinkFault, atMs: number, effects: SessionEffect[]): void {
    this.#follow(atMs);
    this.#loseLink(atMs, effects);
    effects.push({ type: 'disconnect' });
    const heldMs = this.#readySinceMs === undefined ? -1 : atMs - this.#readySinceMs;
    if (heldMs >= SOUND_MS) this.#failures = 0;
    const isFirstLoss = heldMs >= 0 && this.#failures === 0;
    this.#failures += 1;
    const delayMs = isFirstLoss ? 0 : this.#retryAfterMs(fault);
    this.#readySinceMs = undefined;
    this.#failure = { ...fault, atMs };
    this.#state = { name: 'waiting-to-retry', dueMs: atMs + delayMs };
  }

  #retryAfterMs({ code }: LinkFault): number {
    if (code === 'login-refused') return REFUSED_RETRY_MS;
    return backoffMs(this.#failures, this.#chance.jitter(), RETRY);
  }

  /** The connection is kept: a new one would show nothing else, and this one shows when it is over. */
  #loseUse(fault: LinkFault, atMs: number, effects: SessionEffect[]): void {
    this.#loseLink(atMs, effects);
    this.#readySinceMs = undefined;
    this.#failure = { ...fault, atMs };
  }

  #loseLink(atMs: number, effects: SessionEffect[]): void {
    if (this.#state.name !== 'talking' || !this.#isSeen) return;
    this.#isSeen = false;
    const { lastHeardMs } = this.#talk;
    const pbxMs = atMs + this.#clock.offsetMs;
    effects.push({ type: 'emit', events: [{ type: 'link-lost', atMs, pbxMs, lastHeardMs }] });
  }

  #onTime(atMs: number, effects: SessionEffect[]): void {
    const state = this.#state;
    if (state.name === 'talking') this.#converse({ type: 'time', atMs }, effects);
    else if (state.name === 'waiting-to-retry' && atMs >= state.dueMs) this.#connect(atMs, effects);
    else if (state.name === 'connecting' && atMs >= state.dueMs) {
      this.#end(refusals.connectTimeout(this.#to, CONNECT_MS), atMs, effects);
    }
  }

  #stop(atMs: number, effects: SessionEffect[]): void {
    this.#loseLink(atMs, effects);
    effects.push({ type: 'disconnect' });
    this.#state = { name: 'stopped' };
  }

  /** Keeps what the status says in step with the conversation. */
  #follow(atMs: number): void {
    const { name } = this.#state;
    const state = name === 'talking' ? (this.#talk.linkState ?? this.#linkState) : name;
    if (state !== this.#linkState) {
      this.#linkState = state;
      this.#sinceMs = atMs;
    }
    if (name !== 'talking') return;
    const { banner } = this.#talk.framer;
    if (banner !== undefined && this.#talk.release !== '') {
      this.#banner = banner;
      this.#release = this.#talk.release;
    }
    if (this.#clock.roundTripMs !== undefined) this.#offsetMs = this.#clock.aheadMs;
  }
}
