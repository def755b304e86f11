import { inspect } from 'node:util';
import { maskNumber } from '../lib/mask.ts';

/**
 * A caller's number on its way to the journal. Printed, logged or written as JSON it shows its mask only
 * (norm.md section 7); who needs the number asks for it by name.
 */
export class CallerNumber {
  readonly #digits: string;

  constructor(digits: string) {
    this.#digits = digits;
    Object.freeze(this);
  }

  /** In clear: for the journal's vault, and for bringing it to one form. */
  reveal(): string {
    return this.#digits;
  }

  toString(): string {
    return maskNumber(this.#digits);
  }
  toJSON(): string {
    return this.toString();
  }
  [inspect.custom](): string {
    return this.toString();
  }
}
