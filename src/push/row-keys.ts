import { createHmac } from 'node:crypto';
import { maskDigitRuns } from '../lib/mask.ts';

/** What a key stands for. */
export interface SeatId {
  readonly pbx: string;
  /** State interface. */
  readonly interface: string;
}

const OPAQUE_CHARACTERS = 16;

/**
 * Names of rows. A seat's is `pbx/interface` as it may be shown, with `#2` and so on where two look alike once they are
 * masked; it stays the same for as long as the daemon runs. What has a name that tells of others (a number that counts
 * on, an interface in clear) gets one that tells nothing.
 */
export class RowKeys {
  readonly #salt: string;
  readonly #seats = new Map<string, SeatId>();
  readonly #keys = new Map<string, Map<string, string>>();

  /** @param salt of this run, so that nobody who sees a key can try out what it was made of */
  constructor(salt: string) {
    this.#salt = salt;
  }

  seat(pbx: string, seatInterface: string): string {
    let ofPbx = this.#keys.get(pbx);
    if (ofPbx === undefined) this.#keys.set(pbx, (ofPbx = new Map()));
    const known = ofPbx.get(seatInterface);
    if (known !== undefined) return known;
    const shown = `${pbx}/${maskDigitRuns(seatInterface)}`;
    let key = shown;
    for (let place = 2; this.#seats.has(key); place += 1) key = `${shown}#${place}`;
    ofPbx.set(seatInterface, key);
    this.#seats.set(key, { pbx, interface: seatInterface });
    return key;
  }

  /** The seat of this key; undefined where none ever had it. */
  seatOf(key: string): SeatId | undefined {
    return this.#seats.get(key);
  }

  breach(id: string): string {
    return this.#opaque('breach', id);
  }

  move(id: string): string {
    return this.#opaque('move', id);
  }

  #opaque(kind: string, id: string): string {
    const code = createHmac('sha256', this.#salt).update(`${kind}/${id}`).digest('base64url');
    return code.slice(0, OPAQUE_CHARACTERS);
  }
}
