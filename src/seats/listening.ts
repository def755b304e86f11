import type { SpyChanged, Stamp } from '../ami/pbx-event.ts';
import type { Channels } from '../calls/channels.ts';
import type { Fact } from '../calls/facts.ts';
import type { Leg } from './leg.ts';
import type { SeatBook } from './seat-book.ts';

/** Who passes through the talks of a floor (ChanSpy goes on to the next by key) has not listened to them. */
const SHORTEST_MS = 3000;

interface Session {
  readonly spied: Leg;
  readonly agent: string;
  readonly fromPbxMs: number;
}

/** Supervised listening, whoever listens: each talk of an agent once, told when it is over (norm.md section 6). */
export class Listening {
  readonly #pbx: string;
  readonly #book: SeatBook;
  readonly #channels: Channels;
  readonly #emit: (fact: Fact) => void;
  /** By the channel that listens: one talk at a time. */
  readonly #sessions = new Map<string, Session>();
  readonly #told = new WeakSet<Leg>();

  constructor(ports: {
    readonly pbx: string;
    readonly book: SeatBook;
    readonly channels: Channels;
    readonly emit: (fact: Fact) => void;
  }) {
    this.#pbx = ports.pbx;
    this.#book = ports.book;
    this.#channels = ports.channels;
    this.#emit = ports.emit;
  }

  hear(event: SpyChanged): void {
    const { uniqueid } = event.spy;
    this.stop(uniqueid, event);
    if (event.type !== 'spy-started') return;
    const spied = this.#legAt(event.spied.uniqueid);
    if (spied) this.#sessions.set(uniqueid, { spied, agent: spied.seat.agent, fromPbxMs: event.pbxMs });
  }

  /** The channel listens to nobody any more, or is gone. */
  stop(uniqueid: string, at: Stamp): void {
    const session = this.#sessions.get(uniqueid);
    if (!session) return;
    this.#sessions.delete(uniqueid);
    const { spied, agent, fromPbxMs } = session;
    if (at.pbxMs - fromPbxMs < SHORTEST_MS || this.#told.has(spied)) return;
    this.#told.add(spied);
    this.#emit({
      type: 'listened',
      id: `${this.#pbx}/${spied.channel.uniqueid}/listened`,
      pbx: this.#pbx,
      seat: spied.seat.interface,
      agent,
      atMs: at.atMs,
    });
  }

  /** Whatever goes on is known only as far as the exchange was heard. */
  stopAll(lastHeard: Stamp): void {
    for (const uniqueid of this.#sessions.keys()) this.stop(uniqueid, lastHeard);
  }

  /** The seat's own channel, or that of who talks with the one that is listened to. */
  #legAt(uniqueid: string): Leg | undefined {
    const own = this.#book.legOf(uniqueid);
    const channel = own ? undefined : this.#channels.get(uniqueid);
    if (!channel) return own;
    for (const end of this.#channels.talkOf(channel)) {
      const leg = this.#book.legOf(end.uniqueid);
      if (leg) return leg;
    }
    return undefined;
  }
}
