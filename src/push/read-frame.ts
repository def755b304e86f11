import type { ZodError } from 'zod';
import { clientFrameSchema, type ClientFrame } from './protocol.ts';

export type ReadFrame =
  | { readonly ok: true; readonly frame: ClientFrame }
  /** `id` is the frame's own where it could be read, else ''. */
  | { readonly ok: false; readonly id: string; readonly where: string };

const LONGEST_ID = 40;

/** What a client said; garbage is a value. What was said is never said back. */
export function readFrame(text: string): ReadFrame {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return { ok: false, id: '', where: 'not JSON' };
  }
  const read = clientFrameSchema.safeParse(said);
  return read.success
    ? { ok: true, frame: read.data }
    : { ok: false, id: idOf(said), where: whereOf(read.error) };
}

function idOf(said: unknown): string {
  if (typeof said !== 'object' || said === null || !('id' in said)) return '';
  return typeof said.id === 'string' && said.id.length <= LONGEST_ID ? said.id : '';
}

/** The first that is wrong: where, and what it should have been. */
function whereOf({ issues }: ZodError): string {
  const [first] = issues;
  if (first === undefined) return 'the frame';
  const path = first.path.map(String).join('.');
  // Names of fields that we do not know are the client's own words.
  const wrong = first.code === 'unrecognized_keys' ? 'a field that is not known' : first.message;
  return path === '' ? `the frame: ${wrong}` : `${path}: ${wrong}`;
}
