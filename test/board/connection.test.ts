import { beforeEach, describe, expect, it } from 'vitest';
import { Connection, type WireListener } from '../../src/board/connection.ts';
import { NOTHING } from '../../src/board/board-store.ts';
import {
  CLOSE,
  clientFrameSchema,
  type Board,
  type Changes,
  type ServerFrame,
} from '../../src/push/protocol.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const HEARTBEAT_MS = 5000;

/** A daemon at the other end, as many wires as are opened. */
class Far {
  readonly clock = new VirtualClock(0);
  readonly wires: { readonly listener: WireListener; readonly sent: string[]; isClosed: boolean }[] = [];
  readonly boards: Board[] = [];
  readonly deltas: Changes[] = [];
  isSignedIn = true;
  readonly page = new Connection({
    clock: this.clock,
    random: () => 1,
    open: (listener) => {
      const wire = { listener, sent: [] as string[], isClosed: false };
      this.wires.push(wire);
      return {
        send: (text) => wire.sent.push(text),
        close: () => {
          wire.isClosed = true;
        },
      };
    },
    mayEnter: () => Promise.resolve(this.isSignedIn),
    heard: () => undefined,
    whole: (board) => this.boards.push(board),
    changed: (changes) => this.deltas.push(changes),
  });

  get wire() {
    const wire = this.wires.at(-1);
    if (wire === undefined) throw new Error('no wire was opened');
    return wire;
  }

  says(...frames: readonly ServerFrame[]): void {
    for (const frame of frames) this.wire.listener.said(JSON.stringify(frame));
  }

  /** What the page asked for, read as the daemon reads it. */
  get asked() {
    return this.wire.sent.map((text) => clientFrameSchema.parse(JSON.parse(text)));
  }
}

const HELLO: ServerFrame = {
  type: 'hello',
  protocol: 1,
  version: '0.1.0',
  nowMs: 100,
  heartbeatMs: HEARTBEAT_MS,
  who: { name: 'mei', title: 'Mei', role: 'leader', kind: 'person' },
  may: { move: true, acknowledge: true, closeCallBacks: true, unmask: false },
  pauseReasons: [],
};
const EMPTY = { pbxs: [], hotlines: [], queues: [], seats: [], breaches: [], moves: [] };
const snapshot = (seq: number): ServerFrame => ({ type: 'snapshot', seq, nowMs: 200, board: EMPTY });
const delta = (after: number): ServerFrame => ({
  type: 'delta',
  after,
  seq: after + 1,
  nowMs: 300,
  changes: { seats: { gone: [`of ${after}`] } },
});
const beat = (seq: number): ServerFrame => ({ type: 'heartbeat', seq, nowMs: 400 });

let far: Far;
beforeEach(() => {
  far = new Far();
  far.page.open();
});

describe('the picture', () => {
  it('is live from the snapshot on, not before', () => {
    expect(far.page.state.value).toBe('connecting');
    far.says(HELLO);
    expect(far.page.state.value).toBe('connecting');
    far.says(snapshot(7), delta(7));
    expect(far.page.state.value).toBe('live');
    expect(far.boards).toEqual([NOTHING]);
    expect(far.deltas).toEqual([{ seats: { gone: ['of 7'] } }]);
    expect(far.page.asOfMs.value).toBe(300);
    expect(far.page.hello.value?.who.name).toBe('mei');
  });

  it('asks for a new one after a gap, and takes nothing until it is there', () => {
    far.says(HELLO, snapshot(7), delta(8));
    expect(far.page.state.value).toBe('stale');
    far.says(delta(9), beat(10));
    expect(far.deltas).toEqual([]);
    expect(far.asked).toEqual([{ type: 'resync' }]);
    far.says(snapshot(10));
    expect(far.page.state.value).toBe('live');
    expect(far.boards).toHaveLength(2);
  });

  it('sees a gap by a heartbeat too', () => {
    far.says(HELLO, snapshot(7), beat(7));
    expect(far.page.state.value).toBe('live');
    far.says(beat(8));
    expect(far.page.state.value).toBe('stale');
    expect(far.asked).toEqual([{ type: 'resync' }]);
  });
});

describe('a daemon that is not heard', () => {
  it('makes the picture stale after two heartbeats, and is taken for dead after four', () => {
    far.says(HELLO, snapshot(7));
    far.clock.advance(2 * HEARTBEAT_MS - 1);
    expect(far.page.state.value).toBe('live');
    far.clock.advance(1);
    expect(far.page.state.value).toBe('stale');
    far.clock.advance(2 * HEARTBEAT_MS);
    expect(far.page.state.value).toBe('lost');
    expect(far.wires[0]?.isClosed).toBe(true);
  });

  it('is live again with the next word', () => {
    far.says(HELLO, snapshot(7));
    far.clock.advance(2 * HEARTBEAT_MS);
    far.says(beat(7));
    expect(far.page.state.value).toBe('live');
  });

  it('is doubted at once where the machine has no network', () => {
    far.says(HELLO, snapshot(7));
    far.page.doubt();
    expect(far.page.state.value).toBe('stale');
  });

  it('is tried again where it never says a first word', () => {
    far.clock.advance(10_000);
    expect(far.wires[0]?.isClosed).toBe(true);
    far.clock.advance(1000);
    expect(far.wires).toHaveLength(2);
  });
});

describe('a connection that is lost', () => {
  it('says so at once, and is tried again later each time', () => {
    far.says(HELLO, snapshot(7));
    const waits = [1000, 2000, 4000, 8000, 15_000, 15_000];
    for (const [at, waitMs] of waits.entries()) {
      far.wire.listener.closed(1006);
      expect(far.page.state.value).toBe('lost');
      expect(far.page.retryAtMs.value).toBe(far.clock.nowMs() + waitMs);
      far.clock.advance(waitMs);
      expect(far.wires).toHaveLength(at + 2);
    }
  });

  it('is lost until the next snapshot, and begins anew then', () => {
    far.says(HELLO, snapshot(7));
    far.wire.listener.closed(1012);
    far.page.open();
    far.says(HELLO, delta(7));
    expect(far.page.state.value).toBe('lost');
    expect(far.deltas).toEqual([]);
    far.says(snapshot(3));
    expect(far.page.state.value).toBe('live');
    far.wire.listener.closed(1006);
    expect(far.page.retryAtMs.value).toBe(far.clock.nowMs() + 1000);
  });

  it('hears nothing more of a wire that was given up', () => {
    far.says(HELLO, snapshot(7));
    far.wire.listener.closed(1006);
    far.page.open();
    far.wires[0]?.listener.said(JSON.stringify(delta(7)));
    far.wires[0]?.listener.closed(1006);
    expect(far.deltas).toEqual([]);
    expect(far.page.retryAtMs.value).toBeUndefined();
  });

  it('answers what was asked and never answered', async () => {
    far.says(HELLO, snapshot(7));
    const answer = far.page.ask({ type: 'acknowledge', breach: 'one' });
    far.wire.listener.closed(1006);
    expect(await answer).toMatchObject({ ok: false, code: 'lost' });
    expect(await far.page.ask({ type: 'acknowledge', breach: 'one' })).toMatchObject({ code: 'lost' });
  });
});

describe('what is asked', () => {
  it('gets the answer to itself', async () => {
    far.says(HELLO, snapshot(7));
    const [first, second] = [
      far.page.ask({ type: 'acknowledge', breach: 'one' }),
      far.page.ask({ type: 'undo', move: 'm1' }),
    ];
    expect(far.asked).toEqual([
      { type: 'acknowledge', id: '1', breach: 'one' },
      { type: 'undo', id: '2', move: 'm1' },
    ]);
    far.says(
      { type: 'answer', id: '2', ok: false, code: 'cannot-undo', detail: 'moved since' },
      { type: 'answer', id: '1', ok: true, result: '' },
    );
    expect(await first).toMatchObject({ ok: true });
    expect(await second).toMatchObject({ ok: false, code: 'cannot-undo', detail: 'moved since' });
  });
});

describe('who may not enter', () => {
  it('is signed out where the session ended, and does not knock again', () => {
    far.says(HELLO, snapshot(7));
    far.wire.listener.closed(CLOSE.sessionEnded);
    expect(far.page.state.value).toBe('signed-out');
    expect(far.clock.pending).toBe(0);
  });

  it('is signed out where the socket was refused for want of a user', async () => {
    far.isSignedIn = false;
    far.wire.listener.closed(1006);
    await Promise.resolve();
    await Promise.resolve();
    expect(far.page.state.value).toBe('signed-out');
    far.clock.advance(60_000);
    expect(far.wires).toHaveLength(1);
  });
});

describe('a daemon that cannot be understood', () => {
  it.each(['no JSON', '{"type":"news"}', JSON.stringify({ ...HELLO, protocol: 2 })])('%s', (text) => {
    far.wire.listener.said(text);
    expect(far.page.state.value).toBe('other-version');
    expect(far.wires[0]?.isClosed).toBe(true);
    far.clock.advance(1000);
    expect(far.wires).toHaveLength(2);
  });
});
