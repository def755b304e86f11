import { describe, expect, it } from 'vitest';
import { AmiMessage } from '../../src/ami/message.ts';

function message(text: string | Buffer): AmiMessage {
  const bytes = Buffer.from(text);
  return new AmiMessage(bytes, 0, bytes.length);
}

describe('AmiMessage', () => {
  it('finds a header by any spelling of its case, and says the empty string for one that is not there', () => {
    const one = message('Event: Hangup\r\nUniqueID: 17.4\r\nCause-txt: Normal\r\n');
    expect(one.get('uniqueid')).toBe('17.4');
    expect(one.get('UNIQUEID')).toBe('17.4');
    expect(one.get('cause-TXT')).toBe('Normal');
    expect(one.get('Unique')).toBe('');
    expect(one.get('Linkedid')).toBe('');
  });

  it('tells characters apart that only differ by the bit of the case', () => {
    expect(message('Event: A\r\nX[1]: a\r\n').get('x{1}')).toBe('');
  });

  it.each([
    ['AppData: a: b: c\r\n', 'a: b: c'],
    ['AppData: \r\n', ''],
    ['AppData:\r\n', ''],
    ['AppData: <unknown>\r\n', '<unknown>'],
    ['AppData:none\n', 'none'],
    ['AppData: a\rb\r\n', 'a\rb'],
    ['AppData: 总机\r\n', '总机'],
  ])('reads the value of %j', (line, value) => {
    expect(message(`Event: X\r\n${line}Y: 1\r\n`).get('AppData')).toBe(value);
  });

  it.each(['A: x', 'A:x', 'A: ', 'A:', 'A:  ', 'A:\r', 'A', 'B: x', 'a: 0'])(
    'knows whether %j says anything',
    (line) => {
      for (const end of ['\r\n', '\n', '']) {
        const one = message(`Event: X\r\n${line}${end}`);
        expect(one.has('A')).toBe(one.get('A') !== '');
      }
    },
  );

  it('keeps bytes that are not UTF-8 apart', () => {
    const value = (byte: number): string =>
      message(
        Buffer.concat([Buffer.from('Event: X\r\nQueue: q'), Buffer.from([byte]), Buffer.from('\r\n')]),
      ).get('Queue');
    expect(value(0xe9)).toBe('qé');
    expect(value(0xe8)).not.toBe(value(0xe9));
  });

  it('says all values of a header that repeats, and the first where one is asked for', () => {
    const one = message('Event: X\r\nVariable: a=1\r\nState: A\r\nVariable: b=2\r\nState: B\r\n');
    expect(one.all('variable')).toEqual(['a=1', 'b=2']);
    expect(one.get('State')).toBe('A');
  });

  it('is an event or an answer by its first line only', () => {
    const forged = message('Response: Success\r\nActionID: 1\r\nEvent: FullyBooted\r\n');
    expect([forged.event, forged.response]).toEqual(['', 'Success']);
    const other = message('Event: UserEvent\r\nResponse: Success\r\n');
    expect([other.event, other.response]).toEqual(['UserEvent', '']);
  });

  it.each([
    ['1795285009.002839', 1_795_285_009_002.839],
    ['1795285009.000001', 1_795_285_009_000.001],
    ['1795285009', 1_795_285_009_000],
    ['17.5', 17_500],
    ['17.', 17_000],
    ['  17 ', 17_000],
    ['-17', -17_000],
    ['1e3', 1_000_000],
    ['.5', 500],
    ['0.1234567', 123.4567],
    ['90071992547409931', Number('90071992547409930000')],
  ])('reads the number %j to the nearest double', (text, ms) => {
    const one = message(`Event: X\r\nTimestamp: ${text}\r\n`);
    expect(one.numberIn('timestamp', 1_000)).toBe(ms);
    expect(one.numberIn('Timestamp', 1)).toBe(Number(text));
  });

  it.each(['', '-', '.', '1.2.3', '17 s', 'NaN', '0x'])('reads no number in %j', (text) => {
    expect(message(`Event: X\r\nCause: ${text}\r\n`).numberIn('Cause', 1)).toBeNaN();
    expect(message(`Event: X\r\nCause: ${text}\r\n`).numberIn('Timestamp', 1)).toBeNaN();
  });

  it('outlives, as a copy, the buffer it came in', () => {
    const bytes = Buffer.from('Event: A\r\nX: 1\r\n');
    const copy = new AmiMessage(bytes, 0, bytes.length).copy();
    bytes.fill(0);
    expect([copy.event, copy.get('X'), copy.size]).toEqual(['A', '1', bytes.length]);
  });
});
