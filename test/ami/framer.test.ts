import { array, assert, constantFrom, nat, oneof, property, tuple, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AmiFramer, DEFAULT_LIMITS } from '../../src/ami/framer.ts';

const BANNER = 'Asterisk Call Manager/11.0.0\r\n';

/** Frames pieces one after the other and shows each block as its lines. */
function frame(pieces: readonly (string | Buffer)[], framer = new AmiFramer()): [string, string][][] {
  return pieces.flatMap((piece) => framer.push(Buffer.from(piece)).map((message) => message.entries()));
}

function cut(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const length of lengths) {
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  pieces.push(bytes.subarray(at));
  return pieces;
}

describe('AmiFramer', () => {
  it('cuts blocks at the empty line and keeps the banner apart', () => {
    const framer = new AmiFramer();
    expect(frame([`${BANNER}Event: A\r\nX: 1\r\n\r\nEvent: B\r\n\r\n`], framer)).toEqual([
      [
        ['Event', 'A'],
        ['X', '1'],
      ],
      [['Event', 'B']],
    ]);
    expect(framer.banner).toBe('Asterisk Call Manager/11.0.0');
    expect(framer.heldBytes).toBe(0);
  });

  it('takes a bare LF for the end of a line and of a block, and empty lines between blocks for nothing', () => {
    expect(frame([`${BANNER}Event: A\r\nX: 1\r\n\nEvent: B\nY: 2\n\n\r\n\r\nEvent: C\r\n\r\n`])).toEqual([
      [
        ['Event', 'A'],
        ['X', '1'],
      ],
      [
        ['Event', 'B'],
        ['Y', '2'],
      ],
      [['Event', 'C']],
    ]);
  });

  it('frames the same whatever pieces the bytes come in', () => {
    const line = oneof(
      constantFrom('Event: A', 'X: : a: b', 'Empty: ', 'no colon', 'Caller: <unknown>', 'CR: a\rb', '\r', ''),
      uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    );
    const end = constantFrom('\r\n', '\n', '\r\n\r\n', '\n\n');
    const text = array(tuple(line, end), { maxLength: 40 }).map((parts) => BANNER + parts.flat().join(''));
    assert(
      property(text, array(nat({ max: 25 }), { maxLength: 60 }), (whole, lengths) => {
        const bytes = Buffer.from(whole, 'latin1');
        expect(frame(cut(bytes, lengths))).toEqual(frame([bytes]));
        expect(frame([...bytes].map((byte) => Buffer.from([byte])))).toEqual(frame([bytes]));
      }),
    );
  });

  it('lives through any bytes within its bounds', () => {
    const limits = { lineBytes: 50, blockBytes: 200, headers: 5 };
    const byte = oneof(constantFrom(10, 13, 58, 32, 65), nat({ max: 255 }));
    const chunk = array(byte, { maxLength: 120 }).map((bytes) => Buffer.from(bytes));
    assert(
      property(array(chunk, { maxLength: 20 }), (chunks) => {
        const framer = new AmiFramer(limits);
        for (const one of chunks) {
          for (const message of framer.push(one)) expect(message.size).toBeLessThanOrEqual(200 + 52);
          // And what may be the beginning of the empty line.
          expect(framer.heldBytes).toBeLessThanOrEqual(200 + 2);
        }
      }),
    );
  });

  it.each([
    ['line-too-long', `Event: Long\r\nX: ${'x'.repeat(DEFAULT_LIMITS.lineBytes)}\r\n`],
    ['too-many-headers', `Event: Bomb\r\n${'ChanVariable: a=b\r\n'.repeat(100_000)}`],
    ['block-too-large', `Event: Big\r\n${`X: ${'x'.repeat(60_000)}\r\n`.repeat(6)}`],
  ] as const)('drops a block for %s once, and is right again after it', (fault, text) => {
    for (const size of [1_000, 65_536, 10_000_000]) {
      const framer = new AmiFramer();
      const bytes = Buffer.from(`${BANNER}Event: A\r\n\r\n${text}Y: tail\r\n\r\nEvent: B\r\nZ: 1\r\n\r\n`);
      const pieces = cut(
        bytes,
        Array.from({ length: Math.floor(bytes.length / size) }, () => size),
      );
      expect(frame(pieces, framer)).toEqual([
        [['Event', 'A']],
        [
          ['Event', 'B'],
          ['Z', '1'],
        ],
      ]);
      const others = { 'line-too-long': 0, 'block-too-large': 0, 'too-many-headers': 0 };
      expect(framer.dropped).toEqual({ ...others, [fault]: 1 });
    }
  });

  it('holds nothing of a line of 50 MB', () => {
    const framer = new AmiFramer();
    framer.push(Buffer.from(`${BANNER}Event: A\r\nX: `));
    const piece = Buffer.alloc(65_536, 'x');
    for (let sent = 0; sent < 50 * 1_048_576; sent += piece.length) {
      expect(framer.push(piece)).toEqual([]);
      expect(framer.heldBytes).toBeLessThanOrEqual(DEFAULT_LIMITS.blockBytes);
    }
    expect(frame(['\r\n\r\nEvent: B\r\n\r\n'], framer)).toEqual([[['Event', 'B']]]);
    expect(framer.dropped['line-too-long']).toBe(1);
  });

  it('gives up on a banner without end', () => {
    const framer = new AmiFramer();
    for (let sent = 0; sent < 100_000; sent += 1_000) framer.push(Buffer.alloc(1_000, 'S'));
    expect(framer.banner).toBe('');
    expect(framer.heldBytes).toBeLessThanOrEqual(DEFAULT_LIMITS.blockBytes);
  });
});
