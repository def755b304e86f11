import type { Snapshot, SpyChanged, Stamp } from '../ami/pbx-event.ts';
import type { Channels } from '../calls/channels.ts';
import type { Fact } from '../calls/facts.ts';
import type { Leg } from './leg.ts';
import type { ListeningState } from './listening-state.ts';
import type { SeatBook } from './seat-book.ts';

/** Who passes through the talks of a floor (ChanSpy goes on to the next by key) has not listened to them. */
const SHORTEST_MS = 3000;
/** A state that is kept for the next start is let go of no later than this after the listening is over. */
const STATE_LAG_MS = 2000;
/** Who is listened to may hang up before the exchange says that the listening is over. */
const GONE_KEPT_MS = 2000;
const LISTENS = new Set(['ChanSpy', 'ExtenSpy']);

interface Session {
  readonly spied: Leg;
  readonly agent: string;
  readonly from: Stamp;
}
interface Gone {
  readonly uniqueid: string;
  readonly leg: Leg;
  readonly pbxMs: number;
}

/** Supervised listening, whoever listens: each talk of an agent once, told when it is over (norm.md section 6). */
export class Listening {
  readonly #pbx: string;
  readonly #book: SeatBook;
  readonly #channels: Channels;
  readonly #emit: (fact: Fact) => void;
  /** By the channel that listens: one talk at a time. */
  readonly #sessions = new Map<string, Session>();
  /** Channels found listening after a gap, and since when: to whom is said when it ends. */
  readonly #found = new Map<string, Stamp>();
  /** Whom they may have listened to. */
  #goneLately: readonly Gone[] = [];
  readonly #told = new WeakSet<Leg>();
  /** Ids of what was told before a restart. */
  readonly #toldBefore = new Set<string>();

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
    const { pbxMs, atMs } = event;
    const spied = this.#legAt(event.spied.uniqueid);
    const found = this.#found.get(uniqueid);
    this.stop(uniqueid, event);
    if (event.type === 'spy-started') {
      if (spied) this.#sessions.set(uniqueid, { spied, agent: spied.seat.agent, from: { pbxMs, atMs } });
    } else if (found) {
      const gone = this.#goneLately.find((one) => one.uniqueid === event.spied.uniqueid);
      const leg = spied ?? gone?.leg;
      if (leg) this.#tell({ spied: leg, agent: leg.seat.agent, from: found }, event);
    }
  }

  /** The first picture after a gap shows who listens: since then at least, and whom to is said when it ends. */
  find(snapshot: Snapshot): void {
    if (snapshot.purpose !== 'resync') return;
    const { pbxMs, atMs } = snapshot;
    for (const { uniqueid, application } of snapshot.channels) {
      if (!LISTENS.has(application) || this.#sessions.has(uniqueid) || !this.#channels.get(uniqueid))
        continue;
      this.#found.set(uniqueid, { pbxMs, atMs });
    }
  }

  /** Whether this channel listens to a talk that is still to be told. */
  isOpen(uniqueid: string): boolean {
    return this.stateOf(uniqueid) !== undefined;
  }

  /** What the next start needs of it; undefined where there is nothing to tell. */
  stateOf(uniqueid: string): ListeningState | undefined {
    const session = this.#sessions.get(uniqueid);
    if (!session || this.#told.has(session.spied)) return undefined;
    const { spied, agent, from } = session;
    const listening = { seat: spied.seat.interface, agent, leg: spied.channel.uniqueid, fromMs: from.atMs };
    return { version: 1, listening };
  }

  /**
   * Before the first event: the last run heard the exchange until `seenUntilMs`, told `facts`, and left these. Those
   * that had listened for long enough by then are told, however it went on.
   */
  resume(left: readonly ListeningState['listening'][], seenUntilMs: number, facts: readonly Fact[]): void {
    for (const { type, id } of facts) if (type === 'listened') this.#toldBefore.add(id);
    for (const { seat, agent, leg, fromMs } of left) {
      if (seenUntilMs - fromMs < SHORTEST_MS + STATE_LAG_MS) continue;
      this.#tellOf(leg, { seat, agent, atMs: seenUntilMs });
      this.#toldBefore.add(this.#idOf(leg));
    }
  }

  /** The channel is gone. */
  gone(uniqueid: string, at: Stamp): void {
    this.stop(uniqueid, at);
    if (this.#found.size === 0) return;
    const leg = this.#legAt(uniqueid);
    const lately = this.#goneLately.filter(({ pbxMs }) => at.pbxMs - pbxMs < GONE_KEPT_MS);
    this.#goneLately = leg ? [...lately, { uniqueid, leg, pbxMs: at.pbxMs }] : lately;
  }

  /** The channel listens to nobody any more. */
  stop(uniqueid: string, at: Stamp): void {
    this.#found.delete(uniqueid);
    const session = this.#sessions.get(uniqueid);
    if (!session) return;
    this.#sessions.delete(uniqueid);
    this.#tell(session, at);
  }

  /** Whatever goes on is known only as far as the exchange was heard. */
  stopAll(lastHeard: Stamp): void {
    for (const uniqueid of this.#sessions.keys()) this.stop(uniqueid, lastHeard);
    this.#found.clear();
    this.#goneLately = [];
  }

  #tell({ spied, agent, from }: Session, { pbxMs, atMs }: Stamp): void {
    if (pbxMs - from.pbxMs < SHORTEST_MS || this.#told.has(spied)) return;
    this.#told.add(spied);
    this.#tellOf(spied.channel.uniqueid, { seat: spied.seat.interface, agent, atMs });
  }

  #tellOf(leg: string, of: { readonly seat: string; readonly agent: string; readonly atMs: number }): void {
    const id = this.#idOf(leg);
    if (this.#toldBefore.has(id)) return;
    this.#emit({ type: 'listened', id, pbx: this.#pbx, ...of });
  }

  #idOf(leg: string): string {
    return `${this.#pbx}/${leg}/listened`;
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
