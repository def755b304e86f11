/**
 * What a text says of instants: a uniqueid's second, or ms; not what stands behind a point, and no length in parts of a
 * millisecond, which stands in brackets of its own (`codec.ts`).
 */
const INSTANT = /(?<![\d.])\d{10,13}(?![\d\]])/g;
const SECOND_DIGITS = 10;

/** Texts cut where they tell an instant, so that they can be told again and again of another time. */
export class MovingTexts {
  readonly #pieces: (readonly (string | number)[])[] = [];

  /** Keeps a text; returns its place. */
  keep(text: string): number {
    const pieces: (string | number)[] = [];
    let from = 0;
    for (const { 0: digits, index } of text.matchAll(INSTANT)) {
      pieces.push(text.slice(from, index), Number(digits));
      from = index + digits.length;
    }
    pieces.push(text.slice(from));
    return this.#pieces.push(pieces) - 1;
  }

  /** The text as it would be told so many ms later, whole seconds of them. */
  moved(place: number, byMs: number): string {
    let text = '';
    for (const piece of this.#pieces[place] ?? []) {
      text += typeof piece === 'string' ? piece : piece + (isSecond(piece) ? byMs / 1_000 : byMs);
    }
    return text;
  }
}

const isSecond = (instant: number): boolean => instant < 10 ** SECOND_DIGITS;
