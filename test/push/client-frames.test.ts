import { describe, expect, it } from 'vitest';
import type { Who } from '../../src/access/who.ts';
import { ClientFrames } from '../../src/push/client-frames.ts';
import { Desk } from '../../src/push/desk.ts';
import { NO_DESK, type DeskAnswer, type DeskPorts } from '../../src/push/desk-ports.ts';
import { Hub } from '../../src/push/hub.ts';
import type { StandingBreach } from '../../src/breaches/breach.ts';
import { RowKeys } from '../../src/push/row-keys.ts';
import { BoardBuilder } from '../../src/push/board-builder.ts';
import { NO_EXTRAS } from '../../src/push/board-extras.ts';
import type { Move } from '../../src/moves/move.ts';
import { someSeat } from '../support/picture.ts';
import { someReport } from '../support/report.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { someWho, TWO_LINES } from './some-board.ts';
import { VirtualClient } from './virtual-client.ts';

const OK: DeskAnswer = { ok: true, result: 'done' };
const ofBilling = (changes: Partial<Who> = {}): Who =>
  someWho({ sees: { hotlines: ['water'], queues: ['billing'], seats: [] }, ...changes });

const BREACH: StandingBreach = {
  id: 'north/queue-unstaffed/support/1',
  kind: 'queue-unstaffed',
  pbx: 'north',
  hotline: '',
  queue: 'support',
  seat: '',
  agent: '',
  uniqueid: '',
  sinceMs: 1,
  untilMs: undefined,
  acknowledged: undefined,
};
const MOVE: Move = {
  id: '17',
  pbx: 'north',
  seat: 'PJSIP/101',
  agent: 'Ann',
  by: 'li',
  askedAtMs: 1,
  endedAtMs: 2,
  change: { what: 'add', queue: 'support', penalty: 0 },
  state: 'done',
  steps: [],
  canUndo: true,
  follows: '',
};

/** A board with a seat in each queue, and a desk that writes down what it is asked. */
class Counter {
  readonly clock = new VirtualClock();
  readonly asked: [string, unknown][] = [];
  readonly faults: string[] = [];
  readonly #keys = new RowKeys('salt');
  readonly #hub: Hub;
  readonly #frames: ClientFrames;

  constructor(ports: Partial<DeskPorts> = {}) {
    const builder = new BoardBuilder(this.#keys, {
      ...NO_EXTRAS,
      breaches: () => [BREACH],
      moves: () => [MOVE],
    });
    const seats = [
      someSeat(),
      someSeat({ interface: 'PJSIP/201', memberships: new Map([['billing', { status: 1, paused: false }]]) }),
    ];
    const write =
      (what: string) =>
      (ask: unknown): Promise<DeskAnswer> => {
        this.asked.push([what, ask]);
        return Promise.resolve(OK);
      };
    const desk = new Desk(
      {
        ...NO_DESK,
        mayMove: () => true,
        move: write('move'),
        undo: write('undo'),
        finish: write('finish'),
        acknowledge: write('acknowledge'),
        unmask: write('unmask'),
        closeCallBack: write('closeCallBack'),
        ...ports,
      },
      {
        seatOf: (key) => this.#keys.seatOf(key),
        breachOf: (key) => builder.breachOf(key),
        moveOf: (key) => builder.moveOf(key),
        move: (id) => this.#keys.move(id),
      },
    );
    this.#hub = new Hub({
      clock: this.clock,
      board: () => builder.build(someReport([], { seats }, TWO_LINES), seats),
      seatNames: () => [],
      hello: ({ name, title, role, kind }, nowMs) => ({
        type: 'hello',
        protocol: 1,
        version: 'test',
        nowMs,
        heartbeatMs: 5000,
        who: { name, title, role, kind },
        may: desk.mayOf(someWho()),
        pauseReasons: [],
      }),
    });
    const onFault = (ask: string): void => void this.faults.push(ask);
    this.#frames = new ClientFrames({ hub: this.#hub, desk, clock: this.clock, onFault });
  }

  get moveKey(): string {
    return this.#keys.move(MOVE.id);
  }
  get breachKey(): string {
    return this.#keys.breach(BREACH.id);
  }

  come(who: Who = someWho()): { socket: VirtualClient; say: (said: unknown) => void } {
    const socket = new VirtualClient();
    const client = this.#hub.join(who, socket);
    if (client === undefined) throw new Error('it was let in');
    return {
      socket,
      say: (said) => this.#frames.hear(client, typeof said === 'string' ? said : JSON.stringify(said)),
    };
  }

  /** The answer to one frame of a newcomer. */
  async answer(said: unknown, who?: Who): Promise<unknown> {
    const { socket, say } = this.come(who);
    say(said);
    await Promise.resolve();
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    const { type: _type, ...answer } = socket.ofType('answer')[0] ?? { type: 'none' };
    return answer;
  }
}

const ADD = { what: 'add', queue: 'support', penalty: 0 };
const move = (changes: object = {}): object => ({
  type: 'move',
  id: '1',
  seat: 'north/PJSIP/101',
  change: ADD,
  ...changes,
});

const EXPECTED = 'Invalid discriminator value. Expected';
const TYPES = `type: ${EXPECTED} 'resync' | 'move' | 'undo' | 'finish' | 'acknowledge' | 'unmask' | 'close-call-back'`;
const CHANGES = `change.what: ${EXPECTED} 'add' | 'remove' | 'transfer' | 'pause' | 'unpause' | 'penalty'`;

describe('a frame that is broken', () => {
  it.each([
    ['not JSON', 'hello', 'not JSON'],
    ['nothing', '', 'not JSON'],
    ['no object', '[1]', 'the frame: Invalid input: expected object, received array'],
    ['of no type', '{}', TYPES],
    ['of no type that there is', { type: 'shutdown' }, TYPES],
    ['with a field too many', { type: 'resync', force: true }, 'the frame: a field that is not known'],
    ['with a change that there is not', move({ change: { what: 'fire' } }), CHANGES],
    [
      'with a penalty below 0',
      move({ change: { ...ADD, penalty: -1 } }),
      'change.penalty: Too small: expected number to be >=0',
    ],
  ])('(%s) is answered with where', async (_what, said, detail) => {
    const answer = await new Counter().answer(said);
    expect(answer).toMatchObject({ ok: false, code: 'bad-frame', detail });
  });

  it('is answered under its own id where that can be read', async () => {
    const counter = new Counter();
    expect(await counter.answer({ type: 'move', id: 'my-17' })).toMatchObject({ id: 'my-17' });
    expect(await counter.answer({ type: 'move', id: 'x'.repeat(41) })).toMatchObject({ id: '' });
    expect(await counter.answer({ type: 'move', id: 17 })).toMatchObject({ id: '' });
  });

  it('is never said back', async () => {
    const said = { type: 'resync', '13800000001': 1 };
    expect(JSON.stringify(await new Counter().answer(said))).not.toContain('1380');
  });

  it('ends its own connection at the fifth, and nobody is heard after', async () => {
    const counter = new Counter();
    const { socket: other } = counter.come();
    const { socket, say } = counter.come();
    for (let count = 0; count < 5; count += 1) say('{');
    expect(socket.ofType('answer')).toHaveLength(5);
    expect(socket.closed?.code).toBe(1008);
    say(move());
    await Promise.resolve();
    expect(counter.asked).toEqual([]);
    expect(other.closed).toBeUndefined();
  });
});

describe('too many frames', () => {
  it('of one minute end the connection; as many of two do not', () => {
    const counter = new Counter();
    const { socket, say } = counter.come();
    for (let count = 0; count < 120; count += 1) say({ type: 'resync' });
    counter.clock.advance(60_000);
    for (let count = 0; count < 120; count += 1) say({ type: 'resync' });
    expect(socket.closed).toBeUndefined();
    say({ type: 'resync' });
    expect(socket.closed?.code).toBe(1008);
  });
});

describe('who asks for what they may', () => {
  it('has it done to the real thing, and is told the key of the row', async () => {
    const counter = new Counter({
      move: (ask) => {
        counter.asked.push(['move', ask]);
        return Promise.resolve({ ok: true, result: '17' });
      },
    });
    const who = someWho();
    const answer = await counter.answer(move({ evenUnstaffed: true }), who);
    expect(answer).toEqual({ id: '1', ok: true, result: counter.moveKey });
    expect(counter.asked).toEqual([
      ['move', { who, pbx: 'north', seat: 'PJSIP/101', change: ADD, within: 'all', evenUnstaffed: true }],
    ]);
  });

  it('may take back, go on, acknowledge, unmask and close', async () => {
    const counter = new Counter();
    const who = someWho();
    await counter.answer({ type: 'undo', id: '1', move: counter.moveKey }, who);
    await counter.answer({ type: 'finish', id: '1', move: counter.moveKey, evenUnstaffed: true }, who);
    await counter.answer({ type: 'acknowledge', id: '1', breach: counter.breachKey }, who);
    await counter.answer({ type: 'unmask', id: '1', pbx: 'north', uniqueid: '9.9' }, who);
    await counter.answer(
      { type: 'close-call-back', id: '1', callBack: '4', reason: 'called from home' },
      who,
    );
    expect(counter.asked).toEqual([
      ['undo', { who, move: '17', evenUnstaffed: false }],
      ['finish', { who, move: '17', evenUnstaffed: true }],
      ['acknowledge', { who, breach: BREACH.id }],
      ['unmask', { who, pbx: 'north', uniqueid: '9.9', isOnBoard: false }],
      ['closeCallBack', { who, callBack: '4', reason: 'called from home' }],
    ]);
  });

  it('is told of a breach no other name than the one it said', async () => {
    const counter = new Counter({
      acknowledge: ({ breach }) => Promise.resolve({ ok: true, result: breach }),
    });
    const answer = await counter.answer({ type: 'acknowledge', id: '1', breach: counter.breachKey });
    expect(answer).toEqual({ id: '1', ok: true, result: counter.breachKey });
  });

  it('is told so when it breaks here, and the log is', async () => {
    const counter = new Counter({ move: () => Promise.reject(new Error('13800000001')) });
    expect(await counter.answer(move())).toMatchObject({ id: '1', ok: false, code: 'failed' });
    expect(counter.faults).toEqual(['move']);
  });
});

describe('who asks for what they may not', () => {
  const asks = (counter: Counter): readonly object[] => [
    move(),
    { type: 'undo', id: '1', move: counter.moveKey },
    { type: 'finish', id: '1', move: counter.moveKey },
    { type: 'acknowledge', id: '1', breach: counter.breachKey },
    { type: 'close-call-back', id: '1', callBack: '4', reason: 'done' },
    { type: 'unmask', id: '1', pbx: 'north', uniqueid: '9.9' },
  ];

  it('as a viewer is told that their role does not allow it, whether there is such a thing or not', async () => {
    const counter = new Counter();
    for (const ask of asks(counter)) {
      const viewer = someWho({ role: 'viewer', mayUnmask: false });
      expect(await counter.answer(ask, viewer)).toMatchObject({ ok: false, code: 'not-allowed' });
    }
    expect(counter.asked).toEqual([]);
  });

  it('sees no number as a machine or without a sign-in, whatever else is said of it', async () => {
    const counter = new Counter();
    const ask = { type: 'unmask', id: '1', pbx: 'north', uniqueid: '9.9' };
    for (const kind of ['machine', 'local'] as const)
      expect(await counter.answer(ask, someWho({ kind }))).toMatchObject({ code: 'not-allowed' });
  });

  it('moves nothing where moving is switched off', async () => {
    const counter = new Counter({ mayMove: () => false });
    for (const ask of asks(counter).slice(0, 3))
      expect(await counter.answer(ask)).toMatchObject({ code: 'moves-off' });
    expect(counter.asked).toEqual([]);
  });

  it('is answered of what is not theirs exactly as of what does not exist', async () => {
    const counter = new Counter();
    const theirs = { what: 'remove', queue: 'billing' };
    const pairs: readonly (readonly [object, object])[] = [
      [move(), move({ seat: 'north/PJSIP/999' })],
      [
        move({ seat: 'north/PJSIP/201', change: ADD }),
        move({ seat: 'north/PJSIP/201', change: { ...ADD, queue: 'nowhere' } }),
      ],
      [
        move({
          seat: 'north/PJSIP/201',
          change: { what: 'transfer', from: 'billing', to: 'support', penalty: 0 },
        }),
        move({
          seat: 'north/PJSIP/201',
          change: { what: 'transfer', from: 'billing', to: 'nowhere', penalty: 0 },
        }),
      ],
      [
        { type: 'undo', id: '1', move: counter.moveKey },
        { type: 'undo', id: '1', move: 'no-such-move' },
      ],
      [
        { type: 'acknowledge', id: '1', breach: counter.breachKey },
        { type: 'acknowledge', id: '1', breach: 'no-such-breach' },
      ],
    ];
    for (const [foreign, missing] of pairs) {
      const answer = await counter.answer(foreign, ofBilling());
      expect(answer).toMatchObject({ ok: false });
      expect(answer).toEqual(await counter.answer(missing, ofBilling()));
    }
    expect(counter.asked).toEqual([]);
    await counter.answer(move({ seat: 'north/PJSIP/201', change: theirs }), ofBilling());
    expect(counter.asked).toMatchObject([['move', { within: ['billing'] }]]);
  });
});
