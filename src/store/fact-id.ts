import type { BodyFact } from './fact-codecs.ts';
import { instant, text, type CodeBook, type Json } from './codec.ts';

/** The parts of a fact that its id is made of, whoever made it. */
type Named = Pick<BodyFact, 'type' | 'pbx'> & {
  readonly uniqueid?: string;
  readonly what?: string;
  readonly target?: string;
  readonly breach?: string;
  readonly hotline?: string;
  readonly seat?: string;
  readonly queue?: string;
  readonly fromMs?: number;
  readonly record?: { readonly uniqueid: string };
};

/**
 * Ids are made of what the fact says anyway, but for an instant of the exchange or a channel's name. Written is what
 * cannot be told from the rest: nothing (0), the instant, both, or the whole id where it is made otherwise.
 */
export function writeId(id: string, fact: Named, book: CodeBook): Json {
  if (id === wholeIdOf(fact)) return 0;
  const [before, after] = aroundOf(fact);
  if (before !== '' && id.startsWith(before) && id.endsWith(after)) {
    const middle = id.slice(before.length, id.length - after.length).split('/');
    const last = middle.at(-1) ?? '';
    const atMs = Number(last);
    const other = middle.slice(0, -1).join('/');
    const written: Json =
      middle.length === 1
        ? [instant.write(atMs, book)]
        : [instant.write(atMs, book), text.write(other, book)];
    if (readId(written, fact, book) === id) return written;
  }
  return book.placeOf(id) + 1;
}

export function readId(json: Json, fact: Named, book: CodeBook): string {
  if (json === 0) return wholeIdOf(fact);
  if (!Array.isArray(json)) return text.read(Number(json) - 1, book);
  const [before, after] = aroundOf(fact);
  const other = json.length > 1 ? `${text.read(json[1] ?? 0, book)}/` : '';
  return `${before}${other}${instant.read(json[0] ?? 0, book)}${after}`;
}

function wholeIdOf(fact: Named): string {
  const call = `${fact.pbx}/${fact.uniqueid ?? fact.record?.uniqueid ?? ''}`;
  switch (fact.type) {
    case 'call-opened':
      return `${call}/opened`;
    case 'call-decided':
      return `${call}/${fact.what}`;
    case 'call-closed':
      return `${call}/closed`;
    case 'scored':
      return `${call}/scored/${fact.target}`;
    case 'breach':
      return `${call}/breach/${fact.breach}`;
    case 'transferred-in':
      return `${call}/transferred-in/${fact.hotline}`;
    case 'ring-no-answer':
      return `${call}/ring-no-answer/${fact.seat}`;
    case 'seat-interval':
      return `${fact.pbx}/${fact.seat}/${fact.fromMs}`;
    case 'blind':
      return `${fact.pbx}/blind/${fact.fromMs}`;
    case 'outbound-ended':
      return `${call}/outbound`;
    default:
      return '';
  }
}

/** What stands before and after the part that only the id tells; empty where there is no such id. */
function aroundOf(fact: Named): readonly [string, string] {
  const call = `${fact.pbx}/${fact.uniqueid ?? ''}`;
  switch (fact.type) {
    case 'queue-entered':
      return [`${call}/queue/${fact.queue}/`, '/entered'];
    case 'queue-ended':
      return [`${call}/queue/${fact.queue}/`, '/ended'];
    case 'talk-ended':
      return [`${call}/talk/`, ''];
    case 'corrected':
      return [`${fact.pbx}/corrected/`, ''];
    default:
      return ['', ''];
  }
}
