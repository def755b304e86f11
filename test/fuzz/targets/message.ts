import assert from 'node:assert/strict';
import { KNOWN_EVENTS, STAMPS_ALONE, translate } from '../../../src/ami/events.ts';
import { AmiFramer } from '../../../src/ami/framer.ts';
import type { AmiMessage } from '../../../src/ami/message.ts';
import { PictureLines } from '../../../src/ami/picture-lines.ts';
import { allowedActions } from '../../../src/ami/rights.ts';

/** What Temporal can still tell the day of. */
const LAST_INSTANT_MS = 8.64e15;

/** Blocks of any bytes: each is read in every way there is, and what the core is given of it is whole. */
export function fuzz(data: Buffer): void {
  const framer = new AmiFramer();
  framer.push(Buffer.from('Asterisk Call Manager/11.0.0\r\n'));
  // `entries` shows a name without what is not its own, `get` takes it as it stands.
  const isPlain = !/^ |\r:/m.test(data.toString('latin1'));
  const lines = new PictureLines();
  for (const message of framer.push(Buffer.concat([data, Buffer.from('\r\n\r\n')]))) {
    if (isPlain) readHeaders(message);
    lines.add(message);
    allowedActions(message.entries());
    const event = translate(message, STAMPS_ALONE);
    if (event === undefined) continue;
    assert.ok(KNOWN_EVENTS.has(message.event));
    assert.ok(event.pbxMs > 0 && event.pbxMs < LAST_INSTANT_MS, `an instant of ${event.pbxMs}`);
    assertWhole(event);
  }
  assertWhole(lines.picture());
}

/** The first line of a name wins, however it is spelled. */
function readHeaders(message: AmiMessage): void {
  const first = new Map<string, string>();
  for (const [name, value] of message.entries()) {
    if (!/^[\w-]+$/.test(name)) continue;
    if (!first.has(name.toLowerCase())) first.set(name.toLowerCase(), value);
    assert.equal(message.get(name), first.get(name.toLowerCase()));
    assert.equal(message.all(name)[0], first.get(name.toLowerCase()));
    const number = message.numberIn(name, 1_000);
    assert.ok(Number.isNaN(number) || typeof number === 'number');
  }
}

/** No header is missing, no number is none. */
function assertWhole(value: unknown, path = ''): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value), `${path} is ${value}`);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) assertWhole(inner, `${path}.${name}`);
  } else assert.ok(typeof value === 'string' || typeof value === 'boolean', `${path} is ${typeof value}`);
}
