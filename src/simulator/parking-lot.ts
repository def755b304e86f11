import { type Bridge, type Channel, channelHeaders } from './channel.ts';
import { DEVICE } from './device.ts';
import type { Exchange } from './exchange.ts';

/** A caller in a parking place. */
export interface Parked {
  readonly caller: Channel;
  /** Interface of who parked it. */
  readonly parker: string;
  readonly place: number;
  readonly sinceMs: number;
}

export const PARKING_LOT = 'default';
/** `parkingtime` of res_parking.conf: then the parker is rung again. */
export const PARKING_MS = 45_000;
const PLACES = { from: 701, until: 720 } as const;

type ParkingEvent = 'ParkedCall' | 'UnParkedCall' | 'ParkedCallGiveUp' | 'ParkedCallTimeOut';

/**
 * `res_parking` of the practice exchange: one lot, whose callers are all in one holding bridge. Its events come from a
 * thread of their own (asterisk-facts 1.17).
 */
export class ParkingLot {
  readonly #exchange: Exchange;
  readonly #parked = new Map<number, Parked>();
  #bridge: Bridge | undefined;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** The caller is announced here; it is still where it was until `receive`. */
  park(caller: Channel, parker: string): Parked {
    const parked = { caller, parker, place: this.#freePlace(), sinceMs: this.#exchange.nowMs };
    this.#parked.set(parked.place, parked);
    this.#tell('ParkedCall', parked);
    return parked;
  }

  /** The caller hears music in its place. */
  receive(parked: Parked): void {
    this.#bridge ??= this.#newBridge();
    this.#tellPlace(parked, DEVICE.inUse);
    this.#exchange.enter(parked.caller, this.#bridge);
  }

  /** Somebody has dialled the place: its caller leaves it; tell so with `unparked`. */
  release(parked: Parked): void {
    this.#parked.delete(parked.place);
    this.#tellPlace(parked, DEVICE.idle);
    this.#exchange.leave(parked.caller);
  }

  unparked(parked: Parked, retriever: Channel): void {
    this.#tell('UnParkedCall', parked, retriever);
  }

  /** Nobody has fetched the caller in time. */
  timeOut(parked: Parked): void {
    this.#tell('ParkedCallTimeOut', parked);
    this.release(parked);
  }

  /** The caller has hung up in its place; its channel is still there. */
  giveUp(parked: Parked): void {
    this.#tell('ParkedCallGiveUp', parked);
    this.release(parked);
  }

  /** The exchange came up again: nobody is parked. */
  reboot(): void {
    this.#parked.clear();
    this.#bridge = undefined;
  }

  #newBridge(): Bridge {
    const id = this.#exchange.newUuid();
    return { id, type: 'parking', technology: 'holding_bridge', name: PARKING_LOT, members: new Set() };
  }

  #freePlace(): number {
    for (let place = PLACES.from; place <= PLACES.until; place += 1)
      if (!this.#parked.has(place)) return place;
    throw new Error('more practice callers are parked than there are places');
  }

  #tellPlace({ place }: Parked, state: number): void {
    this.#exchange.tellDevice(`park:${place}@parkedcalls`, state);
  }

  #tell(name: ParkingEvent, parked: Parked, retriever?: Channel): void {
    const seconds = Math.floor((this.#exchange.nowMs - parked.sinceMs) / 1000);
    this.#exchange.emit('call', name, [
      ...channelHeaders(parked.caller, 'Parkee'),
      ...(retriever ? channelHeaders(retriever, 'Retriever') : []),
      ['ParkerDialString', parked.parker],
      ['Parkinglot', PARKING_LOT],
      ['ParkingSpace', parked.place],
      ['ParkingTimeout', Math.max(0, PARKING_MS / 1000 - seconds)],
      ['ParkingDuration', seconds],
    ]);
  }
}
