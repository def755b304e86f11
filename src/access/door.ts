import { timingSafeEqual } from 'node:crypto';
import { isLoopback } from '../lib/address.ts';
import type { Clock } from '../lib/clock.ts';
import { type AccessDefinition, asksWho, type TokenDefinition } from './access-definition.ts';
import { admitLocal, admitMachine, isStillGranted } from './admission.ts';
import { cookieOf } from './cookie.ts';
import type { Asking, Gate } from './gate.ts';
import { type Admission, hashOf, Sessions } from './sessions.ts';
import type { Who } from './who.ts';

export interface DoorOptions {
  readonly access: AccessDefinition;
  readonly clock: Clock;
  /** What it listens with. */
  readonly scheme: 'http' | 'https';
  /** Where people open it, where that is not what it listens on: `https://ringside.example.net`. */
  readonly url?: string | undefined;
}

/** Who is let in and who is inside. Where nobody has to sign in it is whoever is on this machine. */
export class Door implements Gate {
  readonly #sessions: Sessions;
  readonly #scheme: 'http' | 'https';
  readonly #url: URL | undefined;
  readonly #listeners = new Set<(who: Who) => void>();
  #access: AccessDefinition;
  #local: Who;
  #machines: readonly { readonly token: TokenDefinition; readonly who: Who }[];

  constructor({ access, clock, scheme, url }: DoorOptions) {
    this.#sessions = new Sessions(clock, (who) => this.#tell(who));
    this.#scheme = scheme;
    this.#url = url === undefined ? undefined : new URL(url);
    this.#access = access;
    this.#local = admitLocal(access);
    this.#machines = machinesOf(access);
  }

  get access(): AccessDefinition {
    return this.#access;
  }

  /** Whether anybody is asked who they are. */
  get asks(): boolean {
    return asksWho(this.#access);
  }

  /** Behind TLS a name that no other page and no plain connection can set (RFC 6265bis, section 4.1.3.2). */
  get cookieNames(): { readonly person: string; readonly machine: string } {
    const prefix = this.isSecure ? '__Host-' : '';
    return { person: `${prefix}ringside`, machine: `${prefix}ringside-kiosk` };
  }

  /** Whether browsers come over TLS, here or at the proxy in front. */
  get isSecure(): boolean {
    return this.#scheme === 'https' || this.#url?.protocol === 'https:';
  }

  whoOf(asking: Asking): Who | undefined {
    if (!this.asks) return this.isHere(asking) ? this.#local : undefined;
    const { cookie, authorization } = asking.headers;
    const bearer = bearerOf(authorization);
    if (bearer !== undefined) return this.#machineOf(bearer);
    const { person, machine } = this.cookieNames;
    const id = cookieOf(cookie, person);
    const who = id === undefined ? undefined : this.#sessions.whoOf(id);
    if (who !== undefined) return who;
    const token = cookieOf(cookie, machine);
    return token === undefined ? undefined : this.#machineOf(token);
  }

  isOurs(asking: Asking): boolean {
    const { origin, host } = asking.headers;
    if (origin === undefined || !this.isHere(asking)) return false;
    const own = `${this.#scheme}://${host ?? ''}`;
    return [own, this.#url?.origin, ...this.#access.origins].includes(origin.toLowerCase());
  }

  /**
   * Where nobody signs in, a page of anybody can have its own name point here ("DNS rebinding") and would be taken for
   * whoever is on this machine: only names of this machine are answered, and the one it is opened by.
   */
  isHere({ headers: { host } }: Asking): boolean {
    if (this.asks) return true;
    if (host === undefined) return false;
    if (host.toLowerCase() === this.#url?.host) return true;
    return isLoopback(host.replace(/:\d{1,5}$/, ''));
  }

  onSessionEnd(listener: (who: Who) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The answer is the session's id, for the cookie. */
  begin(admission: Admission): string {
    return this.#sessions.begin(admission, this.#access.sessionMs);
  }

  /** The display that a token is for; undefined where it is none. */
  admitToken(token: string): Who | undefined {
    return this.#machineOf(token);
  }

  signOut({ headers: { cookie } }: Asking): void {
    const id = cookieOf(cookie, this.cookieNames.person);
    if (id !== undefined) this.#sessions.end(id);
  }

  /** Whether the figures of everything are shown: to a token made for that, or to a person who sees everything. */
  mayReadMetrics(asking: Asking): boolean {
    if (this.isMetricsToken(asking)) return true;
    const sees = this.whoOf(asking)?.sees;
    return sees?.hotlines === 'all' && sees.queues === 'all';
  }

  isMetricsToken({ headers: { authorization } }: Asking): boolean {
    const bearer = bearerOf(authorization);
    const tokens = this.#access.tokens.filter((token) => token.for === 'metrics');
    return bearer !== undefined && tokens.some((token) => isToken(bearer, token));
  }

  /** Users who are no longer there, or not as they were, are out at once. */
  redefine(access: AccessDefinition): void {
    const before = { local: this.#local, machines: this.#machines, asks: this.asks };
    this.#access = access;
    if (access.local !== before.local.role) this.#local = admitLocal(access);
    if (!before.asks && (this.asks || before.local !== this.#local)) this.#tell(before.local);
    const same = (token: TokenDefinition): Who | undefined =>
      before.machines.find((one) => JSON.stringify(one.token) === JSON.stringify(token))?.who;
    this.#machines = machinesOf(access).map(({ token, who }) => ({ token, who: same(token) ?? who }));
    const kept = new Set(this.#machines.map(({ who }) => who));
    for (const { who } of before.machines) if (!kept.has(who)) this.#tell(who);
    this.#sessions.keep((admission) => isStillGranted(admission, access));
  }

  /** Ends every session. */
  close(): void {
    this.#sessions.keep(() => false);
  }

  #machineOf(token: string): Who | undefined {
    return this.#machines.find((machine) => isToken(token, machine.token))?.who;
  }

  #tell(who: Who): void {
    for (const listener of this.#listeners) listener(who);
  }
}

const machinesOf = (access: AccessDefinition): { token: TokenDefinition; who: Who }[] =>
  access.tokens.flatMap((token) => (token.for === 'kiosk' ? [{ token, who: admitMachine(token) }] : []));

const isToken = (token: string, { sha256 }: TokenDefinition): boolean =>
  timingSafeEqual(Buffer.from(hashOf(token), 'hex'), Buffer.from(sha256, 'hex'));

/** RFC 6750, section 2.1. */
const bearerOf = (header: string | undefined): string | undefined =>
  /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(header ?? '')?.[1];
