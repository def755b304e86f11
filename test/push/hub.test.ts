import { describe, expect, it } from 'vitest';
import type { Who } from '../../src/access/who.ts';
import { Hub, type HubClient, type HubLimits } from '../../src/push/hub.ts';
import type { Board } from '../../src/push/protocol.ts';
import { someSeat } from '../support/picture.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { someBoard, someWho } from './some-board.ts';
import { VirtualClient } from './virtual-client.ts';

/** A hub over a board whose seats' agents a test renames. */
class Floor {
  readonly clock = new VirtualClock();
  readonly hub: Hub;
  #board: Board = someBoard([
    someSeat({ interface: 'PJSIP/101', agent: 'Ann' }),
    someSeat({ interface: 'PJSIP/102', agent: 'Bob' }),
    someSeat({
      interface: 'PJSIP/201',
      agent: 'Cas',
      memberships: new Map([['billing', { status: 1, paused: false }]]),
    }),
  ]);
  builds = 0;
  /** What a hello says beside who it is. */
  mayMove = false;
  pauseReasons: string[] = [];

  constructor(limits: Partial<HubLimits> = {}) {
    this.hub = new Hub({
      clock: this.clock,
      board: () => {
        this.builds += 1;
        return this.#board;
      },
      seatNames: (key) => [key.slice('north/'.length)],
      hello: ({ name, title, role, kind }, nowMs) => ({
        type: 'hello',
        protocol: 1,
        version: 'test',
        nowMs,
        heartbeatMs: 5000,
        who: { name, title, role, kind },
        may: { move: this.mayMove, acknowledge: false, closeCallBacks: false, unmask: false },
        pauseReasons: this.pauseReasons,
      }),
      limits,
    });
  }

  get board(): Board {
    return this.#board;
  }

  come(who: Who = someWho()): { client: HubClient | undefined; socket: VirtualClient } {
    const socket = new VirtualClient();
    return { client: this.hub.join(who, socket), socket };
  }

  rename(seat: string, agent: string): void {
    const seats = this.#board.seats.map((row) => (row.seat === seat ? { ...row, agent } : row));
    this.#board = { ...this.#board, seats };
    this.hub.publish(this.#board);
  }
}

const ofBilling = (name: string): Who =>
  someWho({ name, sees: { hotlines: ['water'], queues: ['billing'], seats: [] } });
const agentOf = ({ board }: VirtualClient, seat: string): string | undefined =>
  board?.seats.find((row) => row.seat === seat)?.agent;

describe('who comes', () => {
  it('is told who they are, then the whole board, then each change', () => {
    const floor = new Floor();
    const { socket } = floor.come();
    floor.rename('PJSIP/101', 'Zoe');
    expect(socket.frames.map(({ type }) => type)).toEqual(['hello', 'snapshot', 'delta']);
    expect(socket.board).toEqual(floor.board);
    expect(socket.gaps).toBe(0);
  });

  it('gets the snapshot that is there: the same text for all who come at one number', () => {
    const floor = new Floor();
    for (let count = 0; count < 20; count += 1) floor.come();
    expect(floor.hub.figures).toMatchObject({ clients: 20, serialisations: 1, snapshots: { join: 20 } });
  });

  it('is told an instant of now, however old the board is', () => {
    const floor = new Floor();
    floor.come();
    floor.clock.advance(60_000);
    const [snapshot] = floor.come().socket.ofType('snapshot');
    expect(snapshot?.nowMs).toBe(floor.clock.nowMs());
    expect(floor.hub.figures.serialisations).toBe(1);
  });

  it('is sent away when there are too many already', () => {
    const floor = new Floor({ mostClients: 2 });
    floor.come();
    floor.come();
    const { client, socket } = floor.come();
    expect(client).toBeUndefined();
    expect(socket.closed?.code).toBe(1013);
    expect(floor.hub.figures).toMatchObject({ clients: 2, closed: { full: 1 } });
  });
});

describe('one name with more connections than anybody needs', () => {
  it('is sent away alone: there is room for the others', () => {
    const floor = new Floor({ mostOfOne: 2 });
    const bad = ofBilling('bad');
    const first = floor.come(bad).client;
    floor.come({ ...bad });
    expect(floor.come({ ...bad }).socket.closed?.code).toBe(1013);
    expect(floor.come(ofBilling('good')).client).toBeDefined();
    expect(floor.hub.figures).toMatchObject({ clients: 3, closed: { full: 1 } });
    if (first !== undefined) floor.hub.leave(first, 'left');
    expect(floor.come(bad).client).toBeDefined();
  });

  it('is not told from others where nobody signs in', () => {
    const floor = new Floor({ mostOfOne: 1 });
    const local = someWho({ kind: 'local' });
    expect([floor.come(local), floor.come(local)].map(({ client }) => client?.who)).toEqual([local, local]);
  });
});

describe('what they may', () => {
  it('is told anew where it became something else, and the board goes on', () => {
    const floor = new Floor();
    const { socket } = floor.come();
    const slow = floor.come().socket;
    slow.isReading = false;
    floor.clock.advance(1000);
    floor.hub.greetAnew();
    expect(socket.ofType('hello')).toHaveLength(1);
    floor.mayMove = true;
    floor.pauseReasons = ['lunch'];
    floor.hub.greetAnew();
    floor.hub.greetAnew();
    floor.rename('PJSIP/101', 'Zoe');
    slow.read();
    for (const { frames, gaps, board } of [socket, slow]) {
      expect(frames.map(({ type }) => type)).toEqual(['hello', 'snapshot', 'hello', 'delta']);
      expect(frames[2]).toMatchObject({
        nowMs: floor.clock.nowMs(),
        may: { move: true },
        pauseReasons: ['lunch'],
      });
      expect([gaps, board]).toEqual([0, floor.board]);
    }
    expect(floor.hub.figures.frames.hello).toBe(4);
  });
});

describe('a change', () => {
  it('is made into text once for each scope that it concerns, however many read it', () => {
    const floor = new Floor();
    const all = Array.from({ length: 10 }, () => floor.come().socket);
    const some = Array.from({ length: 10 }, (_, at) => floor.come(ofBilling(`user ${at}`)).socket);
    const before = floor.hub.figures.serialisations;
    floor.rename('PJSIP/201', 'Zoe');
    expect(floor.hub.figures.serialisations - before).toBe(2);
    expect([...all, ...some].map((socket) => agentOf(socket, 'PJSIP/201'))).toEqual(Array(20).fill('Zoe'));
  });

  it('moves the number of no scope that it does not concern', () => {
    const floor = new Floor();
    const { socket: scoped } = floor.come(ofBilling('fei'));
    const { socket: all } = floor.come();
    for (let count = 0; count < 5; count += 1) floor.rename('PJSIP/101', `Agent ${count}`);
    floor.rename('PJSIP/201', 'Zoe');
    expect(all.ofType('delta').map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(scoped.ofType('delta').map(({ after, seq }) => [after, seq])).toEqual([[1, 2]]);
    expect(scoped.texts.join('')).not.toMatch(/PJSIP\/10|Agent|Ann|gas|support/);
  });
});

describe('a client that is told nothing new', () => {
  it('hears the clock every five seconds, and only then', () => {
    const floor = new Floor();
    const { socket } = floor.come();
    floor.clock.advance(4_900);
    expect(socket.ofType('heartbeat')).toEqual([]);
    floor.clock.advance(100);
    expect(socket.ofType('heartbeat')).toEqual([{ type: 'heartbeat', seq: 1, nowMs: floor.clock.nowMs() }]);
    floor.rename('PJSIP/101', 'Zoe');
    floor.clock.advance(4_900);
    expect(socket.ofType('heartbeat')).toHaveLength(1);
    floor.clock.advance(10_200);
    expect(socket.ofType('heartbeat')).toHaveLength(4);
  });

  it('hears it also when somebody set the clock back', () => {
    const floor = new Floor();
    const { socket } = floor.come();
    floor.clock.set(floor.clock.nowMs() - 3_600_000);
    floor.clock.advance(500);
    expect(socket.ofType('heartbeat')).toHaveLength(1);
  });
});

describe('a client that reads too slowly', () => {
  const SMALL: Partial<HubLimits> = { slowBytes: 1_000, drainedBytes: 100, staleMs: 5_000, giveUpMs: 30_000 };

  it('gets one delta with the latest of each row when it has read', () => {
    const floor = new Floor(SMALL);
    const { socket } = floor.come();
    const { socket: other } = floor.come();
    socket.isReading = false;
    for (let count = 0; count < 100; count += 1) floor.rename('PJSIP/101', `Agent ${count}`);
    const sent = floor.hub.figures.frames.delta - 100;
    expect(sent).toBeLessThan(20);
    socket.isReading = true;
    socket.read();
    floor.clock.advance(250);
    expect(socket.ofType('delta')).toHaveLength(sent + 1);
    expect(socket.ofType('delta').at(-1)?.changes).toEqual({
      seats: { set: [{ key: 'north/PJSIP/101', agent: 'Agent 99' }] },
    });
    expect(socket).toMatchObject({ seq: 101, gaps: 0 });
    expect(socket.board).toEqual(other.board);
    expect(floor.hub.figures.coalesced).toBe(100 - sent);
    floor.rename('PJSIP/101', 'Zoe');
    expect(agentOf(socket, 'PJSIP/101')).toBe('Zoe');
  });

  it('is told also that what changed is as it was', () => {
    const floor = new Floor({ ...SMALL, slowBytes: 0, drainedBytes: 0 });
    const { socket } = floor.come();
    socket.isReading = false;
    floor.rename('PJSIP/101', 'One');
    floor.rename('PJSIP/101', 'Two');
    floor.rename('PJSIP/101', 'One');
    socket.isReading = true;
    socket.read();
    floor.clock.advance(250);
    expect(
      socket
        .ofType('delta')
        .map(({ changes }) => changes)
        .at(-1),
    ).toEqual({});
    expect(socket).toMatchObject({ seq: 4, gaps: 0 });
  });

  it('gets the whole board when that took long', () => {
    const floor = new Floor(SMALL);
    const { socket } = floor.come();
    socket.isReading = false;
    for (let count = 0; count < 50; count += 1) floor.rename('PJSIP/101', `Agent ${count}`);
    floor.clock.advance(6_000);
    socket.isReading = true;
    socket.read();
    floor.clock.advance(250);
    expect(socket.ofType('snapshot')).toHaveLength(2);
    expect(socket.board).toEqual(floor.board);
    expect(floor.hub.figures.snapshots).toEqual({ join: 1, resync: 0, slow: 1 });
  });

  it('is sent away when it does not read, and nobody else notices', () => {
    const floor = new Floor(SMALL);
    const { socket } = floor.come();
    const { socket: other } = floor.come();
    socket.isReading = false;
    for (let count = 0; count < 350; count += 1) {
      floor.rename('PJSIP/101', `Agent ${count}`);
      floor.clock.advance(100);
    }
    expect(socket.closed).toEqual({ code: 1013, reason: 'slow' });
    expect(socket.bufferedAmount).toBeLessThan(3_000);
    expect(other.closed).toBeUndefined();
    expect(other.ofType('delta')).toHaveLength(350);
    expect(floor.hub.figures).toMatchObject({ clients: 1, closed: { slow: 1 } });
  });

  it('hears no heartbeat meanwhile: what it shows is old', () => {
    const floor = new Floor(SMALL);
    const { socket } = floor.come();
    socket.isReading = false;
    for (let count = 0; count < 50; count += 1) floor.rename('PJSIP/101', `Agent ${count}`);
    floor.clock.advance(20_000);
    expect(floor.hub.figures.frames.heartbeat).toBe(0);
  });
});

describe('a client that saw a gap', () => {
  it('gets the whole board again', () => {
    const floor = new Floor();
    const { client, socket } = floor.come();
    if (client) floor.hub.resync(client);
    expect(socket.ofType('snapshot')).toHaveLength(2);
    expect(floor.hub.figures.snapshots.resync).toBe(1);
  });

  it('gets it when it has read what waits, however often it asks', () => {
    const floor = new Floor({ slowBytes: 1_000, drainedBytes: 100 });
    const { client, socket } = floor.come();
    socket.isReading = false;
    for (let count = 0; count < 100; count += 1) if (client) floor.hub.resync(client);
    expect(floor.hub.figures.snapshots.resync).toBe(1);
    socket.isReading = true;
    socket.read();
    floor.clock.advance(250);
    expect(floor.hub.figures.snapshots.resync).toBe(2);
    expect(socket.board).toEqual(floor.board);
  });
});

describe('the end of a session', () => {
  it('ends its connections and no other', () => {
    const floor = new Floor();
    const who = someWho();
    const own = [floor.come(who).socket, floor.come(who).socket];
    const { socket: other } = floor.come(someWho());
    floor.hub.endSession(who);
    expect(own.map(({ closed }) => closed?.code)).toEqual([4401, 4401]);
    expect(other.closed).toBeUndefined();
  });

  it('leaves nothing behind when the last one goes: no timer, and the next is told the board anew', () => {
    const floor = new Floor();
    const { client } = floor.come();
    if (client) floor.hub.leave(client, 'left');
    expect(floor.hub.isEmpty).toBe(true);
    expect(floor.clock.pending).toBe(0);
    floor.come();
    expect(floor.builds).toBe(2);
    floor.hub.stop();
    expect(floor.clock.pending).toBe(0);
    expect(floor.hub.figures.closed).toMatchObject({ left: 1, stopping: 1 });
  });
});
