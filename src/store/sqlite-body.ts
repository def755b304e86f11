import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { SQLInputValue } from 'node:sqlite';
import { decodeBody, encodeBody, type StoredFact } from './compact.ts';
import type { SourcedFact } from './merge.ts';

/** A longer body is a call that went round many queues, again and again: much of it repeats, and it shrinks to a fraction. */
const PLAIN_BYTES = 1000;

/** The facts of a call as the `body` of its row: text, deflated where it is long. */
export function packBody(
  owner: { readonly pbx: string; readonly uniqueid: string },
  facts: readonly SourcedFact<StoredFact>[],
): SQLInputValue {
  const body = encodeBody(owner, facts);
  return body.length <= PLAIN_BYTES ? body : deflateRawSync(body);
}

/** Throws for what `packBody` did not make. */
export function unpackBody(
  owner: { readonly pbx: string; readonly uniqueid: string },
  body: unknown,
): SourcedFact<StoredFact>[] {
  if (typeof body === 'string') return decodeBody(owner, body);
  if (body instanceof Uint8Array) return decodeBody(owner, inflateRawSync(body).toString());
  throw new Error('a call has no body');
}
