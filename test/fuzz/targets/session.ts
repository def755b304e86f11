import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { ReadingSession, type SessionEffect, type SessionInput } from '../../../src/ami/session.ts';
import { event, script, ScriptedExchange } from '../../support/scripted-exchange.ts';
import { connection, START_MS } from '../../support/session-driver.ts';

const SECRET = 'long secret';
/** All that the reading session may ever ask for (design: it can do nothing but read). */
const ACTIONS = /^(Challenge|Login|Ping|CoreShowChannels|Status|QueueStatus|CoreStatus|ListCommands)$/;
/** Who is this far has logged in. */
const BELIEVING = new Set(['waiting-for-boot', 'waiting-for-timestamps', 'reading-snapshot', 'ready']);
/** Instants after which the session must want nothing more at the same instant. */
const MOST_STEPS_AT_ONCE = 10;

/**
 * A peer without manners. The input is a play, its acts parted by 0xFF, the first byte of each says what happens:
 * `h` the true exchange answers what it was asked, `t` time passes to what is due, `d` as many seconds pass as the
 * act has bytes, `z` our clock is set back by as many, `c` the connection ends, and whatever else is heard as bytes,
 * in which `~` stands for the last ActionID of the connection before: a peer cannot know those of its own.
 */
export function fuzz(data: Buffer): void {
  const peer = new Peer(createHash('sha256').update(data).digest('hex'));
  let from = 0;
  for (let end = data.indexOf(0xff); ; end = data.indexOf(0xff, from)) {
    peer.act(data.subarray(from, end < 0 ? data.length : end));
    if (end < 0) break;
    from = end + 1;
  }
  peer.recover();
}

class Peer {
  readonly #session: ReadingSession;
  readonly #waiting: SessionInput[] = [];
  #exchange = new ScriptedExchange(script());
  #asked: string[] = [];
  #nowMs = START_MS;
  #isUp = false;
  #staleId = 'none';
  #lastId = 'none';
  /** What was truly answered on this connection. */
  #loggedIn = false;
  #pings = 0;

  constructor(seed: string) {
    // Of the input's own making, so that it repeats; of no use to a mutation of it, so that nothing learns it.
    let count = 0;
    const token = (): string => {
      count += 1;
      this.#lastId = createHash('sha256').update(`${seed} ${count}`).digest('hex').slice(0, 24);
      return this.#lastId;
    };
    this.#session = new ReadingSession(connection({ secret: SECRET }), { token, jitter: () => 0.5 });
    this.#step({ type: 'start', atMs: this.#nowMs });
  }

  act(bytes: Buffer): void {
    const kind = String.fromCharCode(bytes[0] ?? 0);
    if (kind === 'h') this.#answer();
    else if (kind === 't') this.#wait(Math.max(0, this.#session.dueMs - this.#nowMs));
    else if (kind === 'd') this.#wait(bytes.length * 1_000);
    else if (kind === 'z') this.#setBack(bytes.length * 1_000);
    else if (kind === 'c') this.#close();
    else if (this.#isUp) {
      const text = bytes.toString('latin1').replaceAll('~', this.#staleId);
      this.#hear(Buffer.from(text, 'latin1'));
    }
  }

  /** Whatever was done to it: left alone with the true exchange, it is ready again. */
  recover(): void {
    this.#close();
    for (let turn = 0; turn < 20 && this.#session.status.state !== 'ready'; turn += 1) {
      // A forged event without a Timestamp makes it wait for a true one.
      if (this.#session.status.state === 'waiting-for-timestamps')
        this.#hear(Buffer.from(event('Reload', this.#nowMs)));
      else if (this.#asked.length > 0) this.#answer();
      else this.#wait(Math.max(0, this.#session.dueMs - this.#nowMs));
    }
    assert.equal(this.#session.status.state, 'ready', 'it does not come back');
  }

  #answer(): void {
    const answers = this.#asked.map((text) => this.#exchange.take(text)).join('');
    this.#asked = [];
    if (!this.#isUp || answers === '') return;
    if (answers.includes('Authentication accepted')) this.#loggedIn = true;
    this.#pings += answers.split('Ping: Pong').length - 1;
    this.#hear(Buffer.from(answers));
  }

  #hear(chunk: Buffer): void {
    this.#step({ type: 'bytes', atMs: this.#nowMs, chunk });
  }

  #close(): void {
    this.#isUp = false;
    const fault = { code: 'closed-by-exchange', message: 'closed' } as const;
    this.#step({ type: 'closed', atMs: this.#nowMs, fault });
  }

  #setBack(ms: number): void {
    this.#nowMs -= ms;
    this.#step({ type: 'time', atMs: this.#nowMs });
  }

  #wait(ms: number): void {
    const untilMs = this.#nowMs + Math.min(ms, 3_600_000);
    while (this.#session.dueMs <= untilMs) {
      this.#nowMs = Math.max(this.#nowMs, this.#session.dueMs);
      let steps = 0;
      while (this.#session.dueMs <= this.#nowMs) {
        this.#step({ type: 'time', atMs: this.#nowMs });
        steps += 1;
        assert.ok(steps < MOST_STEPS_AT_ONCE, 'it wants to be told the time for ever');
      }
    }
    this.#nowMs = untilMs;
  }

  /** As the shell does: what comes of an effect is told after the effects of the step. */
  #step(input: SessionInput): void {
    this.#waiting.push(input);
    if (this.#waiting.length > 1) return;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const effects = this.#session.step(next);
      const bytes = next.type === 'bytes' ? next.chunk.length : 0;
      assert.ok(effects.length <= 20 + bytes, `${effects.length} effects of ${bytes} bytes`);
      for (const effect of effects) this.#apply(effect);
      this.#check();
      this.#waiting.shift();
    }
  }

  #apply(effect: SessionEffect): void {
    if (effect.type === 'connect') this.#accept();
    else if (effect.type === 'disconnect') this.#isUp = false;
    else if (effect.type === 'send') this.#take(effect.text);
    else if (effect.type === 'emit') {
      const isPicture = effect.events.some(({ type }) => type === 'snapshot');
      assert.ok(!isPicture || this.#pings >= 3, 'a picture whose Pings nobody answered');
    }
  }

  #accept(): void {
    this.#staleId = this.#lastId;
    this.#exchange = new ScriptedExchange(script({ nowMs: () => this.#nowMs }));
    this.#asked = [];
    this.#isUp = true;
    this.#loggedIn = false;
    this.#pings = 0;
    this.#step({ type: 'connected', atMs: this.#nowMs });
    this.#step({ type: 'bytes', atMs: this.#nowMs, chunk: Buffer.from(this.#exchange.greet()) });
  }

  /** Whole actions, each one that it may do, and never the secret. */
  #take(text: string): void {
    if (!this.#isUp) return;
    assert.match(text, /\r\n\r\n$/);
    for (const action of text.split('\r\n\r\n').slice(0, -1)) {
      assert.match(/^Action: (.*)$/m.exec(action)?.[1]?.trimEnd() ?? '', ACTIONS);
      assert.equal(action.split('\n').filter((line) => line.startsWith('Action')).length, 2);
    }
    assert.ok(!text.includes(SECRET));
    this.#asked.push(text);
  }

  #check(): void {
    const { status } = this.#session;
    assert.ok(!BELIEVING.has(status.state) || this.#loggedIn, `${status.state} without a login`);
    for (const said of [status.failure?.message ?? '', ...status.warnings]) {
      assert.ok(said.length < 1_000 && !said.includes(SECRET));
      assert.match(said, /^[\x20-\x7e]*$/);
    }
    assert.ok(status.warnings.length < 20);
    assert.ok(!Number.isNaN(this.#session.dueMs));
  }
}
