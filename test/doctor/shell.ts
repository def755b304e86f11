import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, vi } from 'vitest';
import type { ShellPorts } from '../../src/doctor/shell-ports.ts';
import { AmiServer } from '../support/ami-server.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { type Headers, stamp } from '../support/scripted-exchange.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** Looks again and again until it holds. */
export const until = (holds: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(holds()).toBe(true), { timeout: 8_000, interval: 5 });

/** What a subcommand is handed, on virtual time, and what it wrote. */
export class Shell {
  readonly clock = new VirtualClock();
  readonly log = new MemoryLog();
  readonly ended = new AbortController();
  written = '';
  /** What runs writes nothing before its end. */
  tellsNothing = false;

  readonly ports: ShellPorts = {
    clock: this.clock,
    log: this.log,
    write: (text) => void (this.written += text),
    environment: {},
    signal: this.ended.signal,
  };

  /** An exchange on this shell's clock. */
  async serve(
    changes: ConstructorParameters<typeof AmiServer>[0] = {},
    tls?: ConstructorParameters<typeof AmiServer>[1],
  ): Promise<AmiServer> {
    const server = await new AmiServer({ nowMs: () => this.clock.nowMs(), ...changes }, tls).listen();
    cleanups.push(() => server.close());
    return server;
  }

  /**
   * Lets a watch of `seconds` pass, `during` being said at its start, which is when it tells that the exchange is reached
   * (JSON tells nothing). Time goes on only when the exchange has the last Ping, and no fifth one is sent before an answer
   * was read: what was said is read long before the end.
   */
  async watchOut<T>(server: AmiServer, running: Promise<T>, seconds: number, during = ''): Promise<T> {
    await until(() => pings(server) >= 3 && (this.tellsNothing || /reached/i.test(this.written)));
    if (during !== '') server.say(during);
    for (let passedS = PING_EVERY_S; passedS < seconds; passedS += PING_EVERY_S) await this.#nextPing(server);
    this.clock.advance(PING_EVERY_S * 1_000);
    return await running;
  }

  /** The same, ended by Ctrl-C in the middle of it. */
  async interrupt<T>(server: AmiServer, running: Promise<T>): Promise<T> {
    await until(() => pings(server) >= 3);
    for (let i = 0; i < 5; i++) await this.#nextPing(server);
    this.ended.abort();
    return await running;
  }

  async #nextPing(server: AmiServer): Promise<void> {
    const before = pings(server);
    this.clock.advance(PING_EVERY_S * 1_000);
    await until(() => pings(server) > before);
  }
}

const PING_EVERY_S = 5;

/** What a reading session says first: in clear, and inside TLS. An acting one asks for no challenge and says `login`. */
const READS: ReadonlySet<string | undefined> = new Set(['Challenge', 'Login']);

/** Pings of the first reading session. */
export function pings(server: AmiServer): number {
  const reading = server.exchanges.find(({ actions }) => READS.has(actions[0]?.name));
  return reading?.actions.filter(({ name }) => name === 'Ping').length ?? 0;
}

/** A directory of files that is gone after the test. */
export async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ringside-doctor-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files))
    await writeFile(join(folder, name), text, { mode: 0o600 });
  return folder;
}

export const QUEUE_LINES: Headers[] = [
  { Event: 'QueueParams', Queue: 'support', Calls: '0', Completed: '0', Abandoned: '0' },
  {
    Event: 'QueueMember',
    Queue: 'support',
    Name: 'Ann',
    Location: 'PJSIP/101',
    StateInterface: 'PJSIP/101',
    Membership: 'static',
    Status: '1',
    Paused: '0',
    InCall: '0',
  },
];

/** Newchannel of a call from outside, as Asterisk writes it. */
export function newCall(atMs: number, uniqueid: string, number: string): Headers {
  return {
    Event: 'Newchannel',
    Privilege: 'call,all',
    Timestamp: stamp(atMs),
    Channel: `PJSIP/carrier-${uniqueid}`,
    ChannelState: '4',
    CallerIDNum: '13900001000',
    Context: 'from-carrier',
    Exten: number,
    Uniqueid: uniqueid,
    Linkedid: uniqueid,
  };
}
