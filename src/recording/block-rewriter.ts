import { timestampMs } from '../ami/fields.ts';
import type { AmiMessage } from '../ami/message.ts';
import { headerKind } from './header-kinds.ts';
import { FEWEST_DIGITS, type Pseudonyms } from './pseudonyms.ts';

/** Numbers written in groups, each too short to be one alone. */
const FEWEST_GROUPED = 7;
const DAY_MS = 86_400_000;
/** Before and after the block in which it stands a uniqueid can have been made: calls live long, clocks are set. */
const UNIQUEID_SPAN_MS = { before: 60 * DAY_MS, after: DAY_MS };

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
/** What holds digits and is nobody's number: identities of bridges and channels, addresses, days. */
const KEPT = new RegExp(
  `((?<![0-9a-f])${UUID}(?![0-9a-f])|(?<!\\d)\\d{9,10}\\.\\d{1,7}(?!\\d)|` +
    `(?<![\\d.])${OCTET}(?:\\.${OCTET}){3}(?![\\d.])|` +
    '(?<!\\d)(?:19|20)\\d\\d-[01]\\d-[0-3]\\d(?!\\d))',
  'i',
);
const NUMBERS = /\d+(?:[ .()-]{1,3}\d+)*/g;
const WHOLE_UNIQUEID = /^\d{9,10}\.\d{1,7}$/;
/** `-00000012`, `-0000001a;2`, with what a masquerade adds. */
const CHANNEL_COUNT = /-[0-9a-f]{8}(;[12])?(<[A-Z]+>)?$/;
const OUR_ACTION_ID = /^[0-9a-f]{24}$/;
const NAMES_A_PERSON = /name|cnam/i;
const ASSIGNED_NAME = /((?:CALLERID|CONNECTEDLINE|REDIRECTING)\([^)]*(?:name|all)[^)]*\)=)([^,]+)/gi;
/** What Asterisk and carriers write for nobody. */
const NOBODY = new Set([
  '',
  '<unknown>',
  'unknown',
  'anonymous',
  'restricted',
  'unavailable',
  'asterisk',
  's',
]);

/**
 * Writes blocks anew with pseudonyms in place of callers' numbers and names, in whatever header they stand: what a
 * header is not known to hold is taken for text, and a run of 5 or more digits in it for a number.
 */
export class BlockRewriter {
  readonly #pseudonyms: Pseudonyms;
  #lastMs = Number.NaN;

  constructor(pseudonyms: Pseudonyms) {
    this.#pseudonyms = pseudonyms;
  }

  /** The block with its closing empty line. Lines without a name are left out: they are forged, or say nothing. */
  rewrite(message: AmiMessage): string {
    const atMs = timestampMs(message);
    if (!Number.isNaN(atMs)) this.#lastMs = atMs;
    const assigns = message.event === 'VarSet' && NAMES_A_PERSON.test(message.get('Variable'));
    const lines = message.entries().flatMap(([name, value]) => {
      if (name === '') return [];
      const isName = assigns && name.toLowerCase() === 'value';
      return [`${this.#text(name)}: ${isName ? this.#person(value) : this.#value(name, value)}\r\n`];
    });
    return `${lines.join('')}\r\n`;
  }

  #value(name: string, value: string): string {
    if (value === '') return value;
    switch (headerKind(name)) {
      case 'time':
        return /^\d+(\.\d+)?$/.test(value) ? value : this.#text(value);
      case 'figure':
        return /^[\d.:-]+$/.test(value) ? value : this.#text(value);
      case 'identity':
        return this.#identity(value);
      case 'channel':
        return this.#channel(value);
      case 'caller-number':
        return this.#callerNumber(value);
      case 'person':
        return this.#person(value);
      case 'thing':
        return this.#text(value);
      case 'text':
        return this.#freeText(value);
    }
  }

  #identity(value: string): string {
    return OUR_ACTION_ID.test(value) ? value : this.#text(value);
  }

  #channel(value: string): string {
    const count = CHANNEL_COUNT.exec(value);
    return count === null ? this.#text(value) : this.#text(value.slice(0, count.index)) + count[0];
  }

  #callerNumber(value: string): string {
    if (NOBODY.has(value.toLowerCase())) return value;
    if (/^[+*#\d ().-]+$/.test(value)) return this.#wholeNumber(value);
    return this.#person(value);
  }

  /** A name, which may be a number written as one, or the interface of a phone. */
  #person(value: string): string {
    if (NOBODY.has(value.toLowerCase())) return value;
    if (/^[+*#\d ().-]+$/.test(value)) return this.#wholeNumber(value);
    return value.includes('/') ? this.#text(value) : this.#pseudonyms.name(value);
  }

  /** Nothing but a number, however it is grouped: no date, no identity. */
  #wholeNumber(value: string): string {
    return spreadOver(value, this.#pseudonyms.number(value.replaceAll(/\D/g, '')));
  }

  /** What people and dialplans write: known names and assigned ones are replaced in it too. */
  #freeText(value: string): string {
    const assigned = value.replaceAll(
      ASSIGNED_NAME,
      (_whole, before: string, name: string) => before + this.#person(name),
    );
    const [variable, ...rest] = assigned.split('=');
    const text =
      rest.length > 0 && NAMES_A_PERSON.test(variable ?? '') && !(variable ?? '').includes('(')
        ? `${variable}=${this.#person(rest.join('='))}`
        : assigned;
    return this.#text(this.#pseudonyms.withoutNames(text));
  }

  #text(value: string): string {
    // Every second part is one of those that KEPT found.
    const parts = value.split(KEPT).map((part, index) => {
      const isKept = index % 2 === 1 && (!WHOLE_UNIQUEID.test(part) || this.#isRecent(part));
      return isKept ? part : part.replaceAll(NUMBERS, (found) => this.#numberIn(found));
    });
    return parts.join('');
  }

  #numberIn(found: string): string {
    const groups = found.match(/\d+/g) ?? [];
    if (groups.some((group) => group.length >= FEWEST_DIGITS)) {
      return found.replaceAll(/\d+/g, (group) => this.#pseudonyms.number(group));
    }
    const digits = groups.join('');
    return digits.length < FEWEST_GROUPED ? found : spreadOver(found, this.#pseudonyms.number(digits));
  }

  /** Whether the seconds of a uniqueid are near the time of the recording. Before any Timestamp nothing is known. */
  #isRecent(uniqueid: string): boolean {
    const sinceMs = Number(uniqueid.split('.', 1)[0]) * 1_000;
    if (Number.isNaN(this.#lastMs)) return true;
    const { before, after } = UNIQUEID_SPAN_MS;
    return sinceMs > this.#lastMs - before && sinceMs < this.#lastMs + after;
  }
}

/** Writes the digits where digits stood; digits too many go to the end. */
function spreadOver(pattern: string, digits: string): string {
  let next = 0;
  const text = pattern.replaceAll(/\d/g, () => digits[next++] ?? '');
  return text + digits.slice(next);
}
