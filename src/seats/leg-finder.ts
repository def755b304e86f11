import type { AgentOffer } from '../ami/pbx-event.ts';
import type { Channels } from '../calls/channels.ts';
import type { Leg } from './leg.ts';
import type { Members } from './members.ts';
import type { SeatBook } from './seat-book.ts';
import type { Surroundings } from './surroundings.ts';

/** Says of which seat a channel is a leg, and makes it one where it is not yet. */
export class LegFinder {
  readonly #book: SeatBook;
  readonly #channels: Channels;
  readonly #members: Members;
  readonly #around: Surroundings;

  constructor(book: SeatBook, members: Members, around: Surroundings) {
    this.#book = book;
    this.#channels = around.channels;
    this.#members = members;
    this.#around = around;
  }

  /** The leg that a channel is, found or made; undefined for channels of no seat (trunks, Local halves, others). */
  of(uniqueid: string, atMs: number): Leg | undefined {
    const leg = this.#book.legOf(uniqueid);
    if (leg) {
      if (leg.interface === leg.channel.interface) return leg;
      // A masquerade gave the channel to another phone.
      this.#book.disown(leg, atMs);
      this.#book.review(leg.seat, atMs, 'its channel was taken over');
    }
    const channel = this.#channels.get(uniqueid);
    if (!channel || channel.isLocal || this.#around.isTrunk(channel)) return undefined;
    const seat = this.#book.get(channel.interface);
    return seat && this.#book.own(seat, channel);
  }

  /** The leg that a queue's offer is about: the channel it names, else (Local members) the one its caller's dial led to. */
  ofOffer(event: AgentOffer): Leg | undefined {
    const named = this.of(event.seatChannel.uniqueid, event.atMs);
    if (named) return named;
    const seat = this.#book.get(this.#members.seatOf(event.interface) ?? '');
    return seat?.legs.find((leg) => this.#channels.rootOf(leg.channel).uniqueid === event.uniqueid);
  }
}
