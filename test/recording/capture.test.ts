import { array, assert, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaptureReader } from '../../src/recording/capture.ts';
import { pieces } from './pieces.ts';

const BANNER = 'Asterisk Call Manager/11.0.0\r\n';

/** Connections as `|`, blocks by their first value. */
function read(parts: readonly (string | Buffer)[], reader = new CaptureReader()): string {
  const items = [...parts.flatMap((part) => reader.push(Buffer.from(part))), ...reader.end()];
  return items
    .map((item) => (item.type === 'connection' ? '|' : (item.message.entries()[0]?.[1] ?? '')))
    .join('');
}

describe('CaptureReader', () => {
  it('takes a capture without a banner for one connection', () => {
    expect(read(['Event: A\r\n\r\nEvent: B\r\n\r\n'])).toBe('|AB');
  });

  it('takes each banner for a new connection', () => {
    expect(read([`${BANNER}Event: A\r\n\r\n${BANNER}Event: B\r\n\r\n`])).toBe('|A|B');
  });

  it('drops half a block before a banner, also where the banner is glued to half a line', () => {
    const reader = new CaptureReader();
    expect(read([`${BANNER}Event: A\r\n\r\nEvent: B\r\nCha${BANNER}Response: C\r\n\r\n`], reader)).toBe(
      '|A|C',
    );
    expect(reader.broken).toBe(1);
  });

  it('leaves a banner in a value alone', () => {
    expect(read([`${BANNER}Event: A\r\nAppData: ${BANNER}Event-Like: x\r\n\r\nEvent: B\r\n\r\n`])).toBe(
      '|AB',
    );
  });

  it('counts what the end cuts off', () => {
    const reader = new CaptureReader();
    expect(read([`${BANNER}Event: A\r\n\r\nEvent: B\r\nX`], reader)).toBe('|A');
    expect(reader.broken).toBe(1);
  });

  it('reads nothing in nothing', () => {
    expect(read([])).toBe('');
    expect(read(['Asterisk Call'])).toBe('|');
  });

  it('reads any pieces as the whole', () => {
    const text = `Event: Z\n\n${BANNER}Event: A\r\nAppData: Asterisk Call Manager/\r\n\r\nEv${BANNER}Event: B\r\n\r\n${BANNER}`;
    const whole = read([text]);
    expect(whole).toBe('|Z|A|B|');
    assert(
      property(array(nat(12)), (lengths) => {
        expect(read(pieces(Buffer.from(text), lengths))).toBe(whole);
      }),
    );
  });
});
