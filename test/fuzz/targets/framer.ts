import assert from 'node:assert/strict';
import { AmiFramer, DEFAULT_LIMITS, FRAMING_FAULTS, type FramerLimits } from '../../../src/ami/framer.ts';
import { piecesOf } from '../pieces.ts';

/** So tight that an input of some hundred bytes goes beyond each. */
const TIGHT: FramerLimits = { lineBytes: 40, blockBytes: 120, headers: 6 };
const AFTERWARDS = 'Event: Afterwards\r\n\r\n';

interface Framed {
  readonly banner: string | undefined;
  readonly blocks: readonly string[];
  readonly dropped: number;
}

/**
 * The first byte is `t` for tight limits, the second says how the rest is cut. The blocks must be those of the plain
 * model below, in whatever pieces the bytes come; little is held; and after an empty line it is right again.
 */
export function fuzz(data: Buffer): void {
  const limits = data[0] === 't'.charCodeAt(0) ? TIGHT : DEFAULT_LIMITS;
  const seed = data[1] ?? 0;
  // Its memory is looked into afterwards: the fuzzer's own may have changed by then.
  const bytes = Buffer.concat([data.subarray(2), Buffer.from(`\r\n\r\n${AFTERWARDS}`)]);
  const truth = modelOf(bytes, limits);
  assert.equal(truth.blocks.at(-1), AFTERWARDS.trimEnd());
  assert.deepEqual(framed([bytes], limits), truth, 'in one piece');
  assert.deepEqual(framed(piecesOf(bytes, seed), limits), truth, 'in pieces');
}

function framed(pieces: readonly Buffer[], limits: FramerLimits): Framed {
  const framer = new AmiFramer(limits);
  const blocks: string[] = [];
  for (const piece of pieces) {
    for (const message of framer.push(piece)) {
      blocks.push(
        message
          .entries()
          .map(([name, value]) => `${name}: ${value}`)
          .join('\n'),
      );
    }
    // What may be the beginning of the closing empty line is held with the block.
    assert.ok(framer.heldBytes <= limits.blockBytes + 2, `${framer.heldBytes} bytes are held`);
  }
  const dropped = FRAMING_FAULTS.reduce((sum, fault) => sum + framer.dropped[fault], 0);
  return { banner: framer.banner, blocks, dropped };
}

/**
 * What AMI is, written as simply as can be. Which of two broken limits a block is dropped for depends on how it came,
 * so only their number is compared.
 */
function modelOf(bytes: Buffer, limits: FramerLimits): Framed {
  const [first = '', ...rest] = bytes.toString('latin1').split('\n');
  const isNoBanner = first.length > limits.lineBytes;
  // A first line that is too long begins nothing: it goes as a block does, to the next empty line.
  const lines = isNoBanner ? [first, ...rest] : rest;
  const blocks: string[] = [];
  let dropped = 0;
  let block: string[] = [];
  for (const line of lines.slice(0, -1)) {
    if (line !== '' && line !== '\r') {
      block.push(line);
      continue;
    }
    if (isBeyond(block, limits)) dropped += 1;
    else if (block.length > 0) blocks.push(block.map(shown).join('\n'));
    block = [];
  }
  return { banner: isNoBanner ? '' : first.trimEnd(), blocks, dropped };
}

function isBeyond(lines: readonly string[], limits: FramerLimits): boolean {
  const isLong = lines.some((line) => line.length > limits.lineBytes);
  return isLong || lines.length > limits.headers || lines.join('\n').length > limits.blockBytes;
}

/** Name and value, as a message shows them. */
function shown(line: string): string {
  const colon = line.indexOf(':');
  const [name, value] = colon < 0 ? ['', line] : [line.slice(0, colon), line.slice(colon + 1)];
  return `${text(name)}: ${text(value)}`;
}

/** Spaces before it and one CR behind it are not the value's; bytes that are not UTF-8 stay as they are. */
function text(value: string): string {
  const own = value.replace(/\r$/, '').replace(/^ +/, '');
  const read = Buffer.from(own, 'latin1').toString();
  return read.includes('\uFFFD') ? own : read;
}
