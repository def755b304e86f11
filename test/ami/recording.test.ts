import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KNOWN_EVENTS, STAMPS_ALONE, translate } from '../../src/ami/events.ts';
import { AmiFramer } from '../../src/ami/framer.ts';
import type { AmiMessage } from '../../src/ami/message.ts';
import type { PbxEvent } from '../../src/ami/pbx-event.ts';

const folder = new URL('../traces/', import.meta.url);
const recordings = readdirSync(folder).filter((name) => name.endsWith('.ami'));

interface Reading {
  readonly framer: AmiFramer;
  readonly events: PbxEvent[];
  /** Names of what the core knows and yet made nothing of. */
  readonly unsaid: Set<string>;
}

/** A recording in pieces of a size. */
function read(bytes: Buffer, size: number): Reading {
  const framer = new AmiFramer();
  framer.push(Buffer.from('Asterisk Call Manager/11.0.0\r\n'));
  const events: PbxEvent[] = [];
  const unsaid = new Set<string>();
  const take = (message: AmiMessage): void => {
    const event = translate(message, STAMPS_ALONE);
    if (event !== undefined) events.push(event);
    else if (KNOWN_EVENTS.has(message.event)) unsaid.add(message.event);
  };
  for (let at = 0; at < bytes.length; at += size) framer.push(bytes.subarray(at, at + size)).forEach(take);
  return { framer, events, unsaid };
}

describe('recordings of a real Asterisk', () => {
  it.each(recordings)('%s is read whole, and the same in any pieces', (name) => {
    const bytes = readFileSync(new URL(name, folder));
    const { framer, events, unsaid } = read(bytes, bytes.length);
    expect(events.length).toBeGreaterThan(0);
    expect(framer.dropped).toEqual({ 'line-too-long': 0, 'block-too-large': 0, 'too-many-headers': 0 });
    expect(framer.heldBytes).toBe(0);
    // A VarSet may be of a variable of the dialplan's own; the FullyBooted of a login has no Timestamp.
    expect([...unsaid].filter((one) => one !== 'VarSet' && one !== 'FullyBooted')).toEqual([]);
    for (const size of [1, 7, 1_460]) expect(read(bytes, size).events).toEqual(events);
  });

  it('name the channels, members and devices they are about: no header is called otherwise than we think', () => {
    const fields = new Map<string, boolean>();
    for (const name of recordings) {
      for (const event of read(readFileSync(new URL(name, folder)), 65_536).events) note(fields, event);
    }
    const neverFilled = [...fields].filter(([, isFilled]) => !isFilled).map(([field]) => field);
    expect(neverFilled.filter((field) => !OFTEN_EMPTY.has(field))).toEqual([]);
  });
});

/** A call that is parked or given up has nobody who takes it back. */
const OFTEN_EMPTY = new Set(
  ['parked.retriever', 'park-given-up.retriever', 'park-timed-out.retriever'].flatMap((of) => [
    `${of}.uniqueid`,
    `${of}.channel`,
  ]),
);

/** Notes for each text of an event whether it was ever filled. */
function note(fields: Map<string, boolean>, event: PbxEvent): void {
  for (const [name, value] of Object.entries(event)) {
    const texts =
      typeof value === 'object' && value !== null ? Object.entries(value) : [['', value] as const];
    for (const [inner, text] of texts) {
      if (typeof text !== 'string') continue;
      const field = [event.type, name, inner].filter((part) => part !== '').join('.');
      fields.set(field, (fields.get(field) ?? false) || text !== '');
    }
  }
}
