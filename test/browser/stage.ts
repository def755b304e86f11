import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { parse, stringify } from 'yaml';
import { type AmiBlock, AmiClient } from '../pbx/ami-client.ts';
import { placeCall } from '../pbx/driver.ts';
import { type Pair, placeAll, startPair } from '../pbx/pair.ts';
import type { Placed } from '../pbx/pbx-config.ts';
import { Program } from '../pbx/program.ts';
import { Proxy } from '../pbx/proxy.ts';
import { configText } from '../pbx/watch-config.ts';
import { Board } from './board.ts';
import { startChromium } from './chromium.ts';
import { FLOOR_SCENARIOS } from './floor-scenarios.ts';

/** As `access.users` of the configuration has it, without the password: that is the same for all. */
export interface StageUser {
  readonly name: string;
  readonly role: 'viewer' | 'leader' | 'admin';
  readonly sees?: { readonly hotlines: readonly string[]; readonly queues: readonly string[] };
}
export const PASSWORD = 'four words of somebody';
const ENTRY = join(import.meta.dirname, '../../src/ringside.js');

/** The exchange, the outside world, the program as an operator starts it, and a browser, with a wire between each that can be cut. */
export class Stage {
  readonly pair: Pair;
  /** Acts on the exchange as somebody beside Ringside would. */
  readonly exchange: AmiClient;
  readonly browser: Browser;
  /** Between the browsers and the program. */
  readonly wire: Proxy;
  /** Between the program and the exchange. */
  readonly amiWire: Proxy;
  readonly #program: Program;
  readonly #callers = new Map<string, string>();

  private constructor(
    parts: Pick<Stage, 'pair' | 'exchange' | 'browser' | 'wire' | 'amiWire'>,
    program: Program,
  ) {
    this.pair = parts.pair;
    this.exchange = parts.exchange;
    this.browser = parts.browser;
    this.wire = parts.wire;
    this.amiWire = parts.amiWire;
    this.#program = program;
  }

  static async open(chroot: string, chromium: string, users: readonly StageUser[]): Promise<Stage> {
    const [pair, browser, hash] = await Promise.all([
      startPair(chroot, placeAll(FLOOR_SCENARIOS)),
      startChromium(chromium),
      hashOf(PASSWORD),
    ]);
    const { address, amiPort, secret } = pair.pbxPlace;
    const amiWire = await Proxy.open({ host: address, port: amiPort });
    const program = new Program(writeConfig(pair, amiWire.port, users, hash));
    await program.ready();
    const wire = await Proxy.open({ host: '127.0.0.1', port: Number(new URL(program.url).port) });
    const exchange = await AmiClient.login({ host: address, port: amiPort, user: 'record', secret });
    return new Stage({ pair, exchange, browser, wire, amiWire }, program);
  }

  get url(): string {
    return `http://127.0.0.1:${this.wire.port}/`;
  }

  placed(key: string): Placed {
    const found = this.pair.placed.find(({ scenario }) => scenario.key === key);
    if (found === undefined) throw new Error(`there is no scenario ${key}`);
    return found;
  }

  /** A browser of somebody's own, signed in by the form. */
  async signIn(name: string, options: BrowserContextOptions = {}): Promise<Board> {
    const board = await this.visit(options);
    await board.signIn(name, PASSWORD);
    await board.isLive();
    return board;
  }

  /** A browser that nobody has signed in with. */
  async visit(options: BrowserContextOptions = {}): Promise<Board> {
    const context = await this.browser.newContext({ locale: 'en-GB', ...options });
    return Board.open(await context.newPage(), this.url);
  }

  /** A caller dials the hotline and is answered by its queue; the answer is when, on everybody's clock. */
  async call(key: string, index: number): Promise<number> {
    const placed = this.placed(key);
    const caller = placed.scenario.callers[index];
    if (caller === undefined) throw new Error(`${key} has no caller ${index}`);
    this.#callers.set(`${key} ${index}`, await placeCall(this.pair, placed, caller, index));
    await this.pair.timeline.reached(key, `caller${index}.up`);
    return this.pair.timeline.mark(key, `caller${index}.up`) ?? Number.NaN;
  }

  async hangUp(key: string, index: number): Promise<void> {
    await this.pair.driver.send({ Action: 'Hangup', Channel: this.#callers.get(`${key} ${index}`) ?? '' });
    await this.pair.timeline.reached(key, `caller${index}.end`);
  }

  /** In every queue of the seat. */
  async pause(key: string, seat: string, paused: boolean, reason = ''): Promise<void> {
    const member = this.placed(key).names.seat(seat);
    await this.exchange.send({
      Action: 'QueuePause',
      Interface: member,
      Paused: String(paused),
      ...(reason === '' ? {} : { Reason: reason }),
    });
  }

  /** As the exchange itself lists them. */
  async members(key: string): Promise<readonly AmiBlock[]> {
    const { lines } = await this.exchange.send({ Action: 'QueueStatus', Queue: key, Member: '' });
    return lines.filter(({ event }) => event === 'QueueMember');
  }

  async addMember(queue: string, member: string, name: string): Promise<void> {
    await this.exchange.send({
      Action: 'QueueAdd',
      Queue: queue,
      Interface: member,
      MemberName: name,
      StateInterface: member,
    });
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.exchange.close();
    await this.#program.end('SIGTERM');
    await Promise.all([this.wire.close(), this.amiWire.close(), this.pair.stop()]);
  }
}

function writeConfig(pair: Pair, amiPort: number, users: readonly StageUser[], password: string): string {
  const { secret } = pair.pbxPlace;
  const settings = parse(configText(pair.placed, { address: '127.0.0.1', amiPort, secret })) as {
    readonly pbxs: readonly { readonly ami: object }[];
  };
  Object.assign(settings.pbxs[0]?.ami ?? {}, { acting: { user: 'ringside-acting', secret } });
  const file = join(pair.folder, 'ringside.yaml');
  const keyFile = join(pair.folder, 'numbers.key');
  writeFileSync(keyFile, `first:${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  const more = {
    journal: { file: join(pair.folder, 'journal.db'), keyFile },
    floor: { unstaffedS: 5, pauses: [{ reason: 'lunch', minutes: 60 }] },
    moves: { enabled: true },
    access: { users: users.map((user) => ({ ...user, password })) },
  };
  writeFileSync(file, stringify({ ...settings, ...more }), { mode: 0o600 });
  return file;
}

/** As an operator makes it. */
async function hashOf(password: string): Promise<string> {
  const command = spawn(process.execPath, [ENTRY, 'user', 'password'], { stdio: ['pipe', 'pipe', 'ignore'] });
  let said = '';
  command.stdout.on('data', (text: Buffer) => (said += text.toString()));
  command.stdin.end(`${password}\n`);
  await once(command, 'close');
  return said.trim();
}
