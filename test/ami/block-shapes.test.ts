import { array, assert, constantFrom, oneof, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AmiFramer } from '../../src/ami/framer.ts';
import { AmiMessage } from '../../src/ami/message.ts';

const NAMES = [
  'Event',
  'event',
  'Uniqueid',
  'UniqueID',
  'Linkedid',
  'Link',
  'DestUniqueid',
  'X',
  'New',
  'Value',
];
const LONG = 'SecondTransfererConnectedLineNameOfALineThatIsTooLong';

function framed(text: string): AmiMessage[] {
  const framer = new AmiFramer();
  framer.push(Buffer.from('Asterisk Call Manager/11.0.0\r\n'));
  return framer.push(Buffer.from(text));
}

/** What a block says to who has seen no other. */
function alone(text: string): AmiMessage {
  const bytes = Buffer.from(text);
  return new AmiMessage(bytes, 0, bytes.length);
}

function said(message: AmiMessage): unknown {
  const headers = [...NAMES, LONG].map((name) => [
    message.get(name),
    message.has(name),
    message.numberIn(name, 1),
  ]);
  return { event: message.event, size: message.size, entries: message.entries(), headers };
}

describe('BlockShapes', () => {
  it('says of blocks that are alike what each of them says', () => {
    // Often such as differ in a few letters, so that blocks are nearly alike.
    const near = constantFrom('Uniqueid', 'Uniquely', 'Unixueid');
    const name = oneof(near, near, constantFrom(...NAMES, LONG, 'Uniqueid x', ''));
    const value = constantFrom('', ' ', ' 7', ' 1.2', ' \r', ': : x', ' Uniqueid: 5', ' a longer one');
    const end = constantFrom('\r\n', '\r\n', '\r\n', '\n');
    const line = tuple(name, constantFrom(':', ':', ':', ':', ''), value, end).map((parts) => parts.join(''));
    const block = array(line, { minLength: 1, maxLength: 3 })
      .map((lines) => lines.join(''))
      .filter((text) => !/(^|\n)\r?\n/.test(text));
    const some = array(block, { minLength: 1, maxLength: 6 });
    const order = array(constantFrom(0, 1, 2, 3, 4, 5), { maxLength: 40 });
    assert(
      property(some, order, (blocks, places) => {
        const texts = places.map((place) => blocks[place % blocks.length] ?? '');
        // Nothing is known of a block that ends so near the end of the chunk.
        const messages = framed(`${texts.map((text) => `${text}\r\n`).join('')}${'\r\n'.repeat(30)}`);
        expect(messages.map(said)).toEqual(texts.map((text) => said(alone(text))));
      }),
      { numRuns: 500 },
    );
  });

  it('lives through more shapes than it keeps', () => {
    const texts = Array.from(
      { length: 3_000 },
      (_, index) => `Event: A\r\nName${index % 1_300}: ${index}\r\nLast: ${index}\r\n`,
    );
    const messages = framed(texts.map((text) => `${text}\r\n`).join(''));
    expect(messages.map((message) => message.get('Last'))).toEqual(texts.map((_, index) => String(index)));
    expect(messages.map((message) => message.get('Name7'))).toEqual(
      texts.map((_, index) => (index % 1_300 === 7 ? String(index) : '')),
    );
  });
});
