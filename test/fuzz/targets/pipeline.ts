import assert from 'node:assert/strict';
import { LIST_EVENTS, STAMPS_ALONE, translate } from '../../../src/ami/events.ts';
import { AmiFramer } from '../../../src/ami/framer.ts';
import type { PbxEvent } from '../../../src/ami/pbx-event.ts';
import { PictureLines } from '../../../src/ami/picture-lines.ts';
import { Pipeline } from '../../../src/pipeline.ts';
import { scenariosWatched } from '../scenarios-watched.ts';

const PBX = 'asterisk';
const STARTED_MS = 1_795_284_000_000;
const DEFINITION = scenariosWatched();

/**
 * Events of any kind, order and content, through calls, seats, rates and the Report: nothing throws, and the books
 * balance after each. Lines of lists are gathered; what ends a list makes a picture of them (`QueueStatusComplete`
 * one that ends blindness, the others a check), and `Event: LinkLost` stands for the loss of the link.
 */
export function fuzz(data: Buffer): void {
  const pipeline = new Pipeline(DEFINITION, STARTED_MS);
  const framer = new AmiFramer();
  framer.push(Buffer.from('Asterisk Call Manager/11.0.0\r\n'));
  let lines = new PictureLines();
  let lastMs = STARTED_MS;
  const take = (event: PbxEvent): void => {
    lastMs = event.atMs;
    pipeline.reduce(PBX, event);
    assert.equal(pipeline.unbalanced(PBX), 0, `the books after ${event.type}`);
  };
  for (const message of framer.push(Buffer.concat([data, Buffer.from('\r\n\r\n')]))) {
    const { event: name } = message;
    const stamp = { pbxMs: lastMs, atMs: lastMs };
    if (name === 'LinkLost') take({ type: 'link-lost', ...stamp, lastHeardMs: lastMs });
    else if (LIST_EVENTS.has(name) && name.endsWith('Complete')) {
      const purpose = name === 'QueueStatusComplete' ? 'resync' : 'check';
      const rebooted = message.get('Rebooted') === '1';
      take({ type: 'snapshot', ...stamp, ...lines.picture(), purpose, rebooted, processedCalls: undefined });
      lines = new PictureLines();
    } else if (LIST_EVENTS.has(name)) lines.add(message);
    else {
      const event = translate(message, STAMPS_ALONE);
      if (event !== undefined) take(event);
    }
  }
  const report = pipeline.report(lastMs + 1_000, []);
  assertNumbers(report, 'report');
}

/** A figure is a number or absent, never "not a number". */
function assertNumbers(value: unknown, path: string): void {
  if (typeof value === 'number') assert.ok(!Number.isNaN(value), `${path} is not a number`);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) assertNumbers(inner, `${path}.${name}`);
  }
}
