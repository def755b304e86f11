import type { AgentOffer } from '../ami/pbx-event.ts';
import type { Channels } from '../calls/channels.ts';
import type { Leg } from './leg.ts';
import type { Members } from './members.ts';
import type { SeatBook } from './seat-book.ts';
import type { Seat } from './seat.ts';

/** Says of which seat a channel is a leg, and makes it one where it is not yet. */
export class LegFinder {
  readonly #book: SeatBook;
  readonly #channels: Channels;
  readonly #members: Members;
  readonly #isTrunk: (channelInterface: string) => boolean;

  constructor(
    book: SeatBook,
    channels: Channels,
    members: Members,
    isTrunk: (channelInterface: string) => boolean,
  ) {
    this.#book = book;
    this.#channels = channels;
    this.#members = members;
    this.#isTrunk = isTrunk;
  }

  /** The seat and leg of a channel, found or made; undefined for channels of no seat (trunks, Local halves, others). */
  of(uniqueid: string, atMs: number): [Seat, Leg] | undefined {
    const channel = this.#channels.get(uniqueid);
    if (!channel) return undefined;
    const owner = this.#book.ownerOf(uniqueid);
    const leg = owner?.legs.get(uniqueid);
    if (owner && leg) {
      if (leg.interface === channel.interface) return [owner, leg];
      // A masquerade gave the channel to another phone.
      this.#book.disown(owner, leg, atMs);
      this.#book.review(owner, atMs, 'its channel was taken over');
    }
    if (channel.isLocal || this.#isTrunk(channel.interface)) return undefined;
    const seat = this.#book.get(channel.interface);
    return seat && [seat, this.#book.own(seat, channel)];
  }

  /** The leg that a queue's offer is about: the channel it names, else (Local members) the one its caller's dial led to. */
  ofOffer(event: AgentOffer): [Seat, Leg] | undefined {
    const named = this.of(event.seatChannel.uniqueid, event.atMs);
    if (named) return named;
    const seat = this.#book.get(this.#members.seatOf(event.interface) ?? '');
    if (!seat) return undefined;
    for (const leg of seat.legs.values()) {
      if (this.#channels.rootOf(leg.channel).uniqueid === event.uniqueid) return [seat, leg];
    }
    return undefined;
  }
}
