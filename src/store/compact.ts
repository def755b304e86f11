import { CallerNumber } from '../calls/caller-number.ts';
import type { Fact } from '../calls/facts.ts';
import { CodeBook, instant, type Json } from './codec.ts';
import { BODY_TYPES, saidCodec, type BodyFact } from './fact-codecs.ts';
import { readId, writeId } from './fact-id.ts';
import type { SourcedFact } from './merge.ts';
import { FACT_SOURCES } from './ports.ts';

/** Facts that a body can hold; who called goes to the vault and to nothing else. */
export type StoredFact = Exclude<Fact, { readonly type: 'caller-heard' }>;
interface Owner {
  readonly pbx: string;
  readonly uniqueid: string;
}

const TYPE_CODES = new Map<string, number>(BODY_TYPES.map((type, code) => [type, code]));
/** Above every type: the source is written into the same number. */
const SOURCE_STEP = 100;
const NO_NUMBER = new CallerNumber('');

/**
 * The facts of one call (or one that belongs to none) as short JSON text, in their order:
 * `[first instant, words, facts]`. Holds neither the exchange's name nor the call's, which stand beside it, and no
 * number: an `outbound-ended` comes back with an empty one.
 */
export function encodeBody(owner: Owner, facts: readonly SourcedFact<StoredFact>[]): string {
  const book = new CodeBook(owner, facts[0]?.fact.atMs ?? 0);
  const written = facts.map(({ fact, source }): Json => {
    const code = TYPE_CODES.get(fact.type) ?? 0;
    const said = saidCodec(fact.type).write(fact, book);
    return [
      code + SOURCE_STEP * FACT_SOURCES.indexOf(source),
      instant.write(fact.atMs, book),
      writeId(fact.id, fact, book),
      ...(Array.isArray(said) ? (said as readonly Json[]) : []),
    ];
  });
  return JSON.stringify([String(book.baseMs), book.words, written]);
}

/** Throws for what `encodeBody` did not write. */
export function decodeBody(owner: Owner, body: string): SourcedFact<StoredFact>[] {
  const [baseMs, words, written] = JSON.parse(body) as [string, string[], Json[][]];
  const book = new CodeBook(owner, Number(baseMs), words);
  return written.map(([code = 0, atMs = 0, id = 0, ...said]) => {
    const place = Number(code) % SOURCE_STEP;
    const type = BODY_TYPES[place];
    const source = FACT_SOURCES[(Number(code) - place) / SOURCE_STEP];
    if (type === undefined || source === undefined) throw new Error(`a body holds the code ${String(code)}`);
    const rest = saidCodec(type).read(said, book);
    const nameless = { type, pbx: owner.pbx, atMs: instant.read(atMs, book), ...rest };
    // The codec of a type reads what that type says.
    const fact = { ...nameless, id: readId(id, nameless, book) } as BodyFact;
    return { fact: restored(fact), source };
  });
}

function restored(fact: BodyFact): StoredFact {
  return Object.freeze(fact.type === 'outbound-ended' ? { ...fact, number: NO_NUMBER } : fact);
}
