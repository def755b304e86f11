import type { AmiMessage } from '../ami/message.ts';
import { numberOf, timestampMs } from '../ami/fields.ts';
import {
  LIST_OF_END,
  LIST_OF_LINE,
  PictureLines,
  type ListedPicture,
  type PictureList,
} from '../ami/picture-lines.ts';

/** A whole picture that passed by in a recording. */
export interface PassedPicture extends ListedPicture {
  /** Exchange clock at the last Ping answered before the lists. */
  readonly pbxMs: number;
  readonly processedCalls: number | undefined;
  /** As CoreStatus writes it; '' where it was not asked. */
  readonly startup: string;
}

/**
 * Recognises a picture somebody asked for: three lists between answered Pings, whole by their own count. It closes
 * when a second Ping is answered after the lists, or an event comes that is younger than the first such answer: then
 * nothing older is on its way any more (answers may overtake events, asterisk-facts section 2). Pure.
 */
export class PassingPicture {
  #lines = new PictureLines();
  #ended = new Set<PictureList>();
  #isSpoilt = false;
  #openedMs: number | undefined;
  #lastPongMs: number | undefined;
  #closingMs: number | undefined;
  #processedCalls: number | undefined;
  #startup = '';

  /** Whether this event says that nothing older is on its way. */
  isClosedBy(eventMs: number): boolean {
    return this.#closingMs !== undefined && eventMs > this.#closingMs;
  }

  /** Whether all lists came, and a Ping after them was answered. */
  get isWhole(): boolean {
    return this.#closingMs !== undefined;
  }

  /** Takes a line or an end of a list; false where it is neither. */
  takeLine(message: AmiMessage): boolean {
    const ends = LIST_OF_END.get(message.event);
    const list = ends ?? LIST_OF_LINE.get(message.event);
    if (list === undefined) return false;
    // Asked anew before the picture was whole: the lists of two questions are no picture.
    if (this.#ended.has(list) || this.#lines.count >= MAX_LINES) this.#restart();
    if (this.#ended.size === 0 && this.#lines.count === 0) this.#openedMs = this.#lastPongMs;
    if (ends === undefined) this.#lines.add(message);
    else {
      this.#ended.add(list);
      this.#isSpoilt ||= this.#lines.shortfall(list, message) !== undefined;
    }
    return true;
  }

  /** Takes an answer; true where it closes the picture. */
  takeAnswer(message: AmiMessage): boolean {
    const startup = `${message.get('CoreStartupDate')} ${message.get('CoreStartupTime')}`.trim();
    if (startup !== '') {
      this.#startup = startup;
      const told = message.get('CoreProcessedCalls') !== '';
      this.#processedCalls = told ? numberOf(message, 'CoreProcessedCalls') : undefined;
    }
    const pongMs = message.get('Ping') === '' ? Number.NaN : timestampMs(message);
    if (Number.isNaN(pongMs)) return false;
    this.#lastPongMs = pongMs;
    if (this.#ended.size < LISTS || this.#isSpoilt || this.#openedMs === undefined) return false;
    if (this.#closingMs !== undefined) return true;
    this.#closingMs = pongMs;
    return false;
  }

  /** The picture; the next one begins from nothing. Undefined where none is whole. */
  close(): PassedPicture | undefined {
    if (this.#closingMs === undefined || this.#openedMs === undefined) return undefined;
    const picture: PassedPicture = {
      ...this.#lines.picture(),
      pbxMs: this.#openedMs,
      processedCalls: this.#processedCalls,
      startup: this.#startup,
    };
    this.#restart();
    return picture;
  }

  #restart(): void {
    this.#lines = new PictureLines();
    this.#ended = new Set();
    this.#isSpoilt = false;
    this.#openedMs = undefined;
    this.#closingMs = undefined;
  }
}

const LISTS = 3;
/** More lines than any exchange has: a list that does not end must not fill the memory. */
const MAX_LINES = 200_000;
