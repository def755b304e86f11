import { array, assert, constantFrom, nat, property, record, stringMatching, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AmiMessage } from '../../src/ami/message.ts';
import { BlockRewriter } from '../../src/recording/block-rewriter.ts';
import { keptWords } from '../../src/recording/kept-words.ts';
import { Pseudonyms } from '../../src/recording/pseudonyms.ts';
import { someHotline, somePbx, someWatch } from '../support/definitions.ts';

const WATCH = someWatch({
  pbxs: [
    somePbx({
      queues: [{ name: 'support', wrapupS: undefined, emergency: false }],
      seats: [{ interface: 'PJSIP/80123', name: 'Counter' }],
      notPersonNumbers: ['12121'],
    }),
  ],
  hotlines: [someHotline({ numbers: ['4008880012'], testNumbers: ['02155500199'] })],
});
const made = (): BlockRewriter =>
  new BlockRewriter(new Pseudonyms(keptWords(WATCH, 'north'), Buffer.alloc(32, 7)));

type Line = readonly [string, string];
function rewrite(lines: readonly Line[], rewriter = made()): Line[] {
  const bytes = Buffer.from(lines.map(([name, value]) => `${name}: ${value}\r\n`).join(''));
  const text = rewriter.rewrite(new AmiMessage(bytes, 0, bytes.length));
  expect(text.endsWith('\r\n\r\n')).toBe(true);
  return text
    .slice(0, -4)
    .split('\r\n')
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]);
}
const valueOf = (name: string, value: string, rewriter = made()): string =>
  rewrite([[name, value]], rewriter)[0]?.[1] ?? '';

describe('BlockRewriter', () => {
  it.each([
    ['Event', 'Newchannel'],
    ['Timestamp', '1795285009.294639'],
    ['Uniqueid', '1795285009.0'],
    ['DestLinkedid', 'hq-1795285009.12'],
    ['BridgeUniqueid', '5f2b8a1c-1234-4abc-8def-123456789012'],
    ['ActionID', '012345678901234567890123'],
    ['Channel', 'PJSIP/carrier-00000012'],
    ['DestChannel', 'Local/101@seats-00000003;1'],
    ['Channel', 'PJSIP/80123-00000000<MASQ>'],
    ['Exten', '4008880012'],
    ['CallerIDNum', '02155500199'],
    ['CallerIDNum', '1121'],
    ['CallerIDNum', '<unknown>'],
    ['CallerIDName', ''],
    ['Interface', 'PJSIP/80123'],
    ['MemberName', 'Counter'],
    ['Queue', 'support'],
    ['AppData', 'support,tT,,,15'],
    ['AppData', '/var/spool/in-4008880012-1795285009.0.wav'],
    ['AppData', '2026-11-21 192.0.2.111'],
    ['RingTime', '15000'],
    ['LastCall', '1795285008'],
    ['Duration', '00:12:34'],
    ['CoreStartupDate', '2026-11-21'],
    ['Application', 'VoiceMail'],
  ])('keeps %s: %s', (name, value) => {
    expect(
      rewrite([
        ['Timestamp', '1795285010.000000'],
        [name, value],
      ])[1],
    ).toEqual([name, value]);
  });

  it.each([
    ['CallerIDNum', '13900001200'],
    ['DestConnectedLineNum', '+8613900001200'],
    ['CallerIDName', '139-0000-1200'],
    ['Exten', '13900001200'],
    ['DNID', '13900001200'],
    ['Channel', 'PJSIP/13900001200-00000012'],
    ['Channel', 'DAHDI/i1/13900001200-3'],
    ['DialString', 'carrier/sip:13900001200@192.0.2.1'],
    ['AppData', 'PJSIP/carrier/13900001200,30,tT'],
    ['AppData', '/var/spool/in-4008880012-13900001200-20261121-181649.wav'],
    ['AppData', 'say (139) 0000 1200 now'],
    ['AccountCode', '13900001200'],
    ['ChanVariable', 'FROM=13900001200'],
    ['SomethingNew', 'x13900001200y'],
    ['Uniqueid', '13900001200'],
    ['CallerIDNum', '1795285009.0'],
    ['Timestamp', 'x13900001200'],
  ])('replaces what is somebody’s in %s: %s', (name, value) => {
    const after = valueOf(name, value);
    expect(after).not.toBe(value);
    expect(after.length).toBe(value.length);
    expect(after).not.toContain('13900001200');
    expect(after.replaceAll(/\d/g, '#')).toBe(value.replaceAll(/\d/g, '#'));
  });

  it('replaces names, assigned ones and known ones too', () => {
    const rewriter = made();
    const other = valueOf('CallerIDName', 'Zhang San', rewriter);
    expect(other).toMatch(/^Person [a-z]{6}$/);
    expect(valueOf('AppData', 'say hello Zhang San', rewriter)).toBe(`say hello ${other}`);
    expect(valueOf('AppData', 'CALLERID(name)=Li Si', rewriter)).toMatch(
      /^CALLERID\(name\)=Person [a-z]{6}$/,
    );
    expect(valueOf('ChanVariable', 'CNAM=Wang Wu', rewriter)).toMatch(/^CNAM=Person [a-z]{6}$/);
    const set = rewrite(
      [
        ['Event', 'VarSet'],
        ['Variable', 'CIDNAME'],
        ['Value', 'Zhao Liu'],
      ],
      rewriter,
    );
    expect(set[2]?.[1]).toMatch(/^Person [a-z]{6}$/);
  });

  it('gives one number one pseudonym wherever it stands', () => {
    const rewriter = made();
    const other = valueOf('CallerIDNum', '13900001200', rewriter);
    expect(valueOf('CallerIDNum', '+13900001200', rewriter)).toBe(`+${other}`);
    expect(valueOf('AppData', 'PJSIP/13900001200@x', rewriter)).toBe(`PJSIP/${other}@x`);
    expect(valueOf('CallerIDName', '139 0000 1200', rewriter).replaceAll(' ', '')).toBe(other);
  });

  it('leaves lines without a name out: a forged banner would cut the recording', () => {
    const bytes = Buffer.from('Event: A\r\nAppData: x\r\nAsterisk Call Manager/11.0.0\r\nY: 1\r\n');
    expect(made().rewrite(new AmiMessage(bytes, 0, bytes.length))).toBe(
      'Event: A\r\nAppData: x\r\nY: 1\r\n\r\n',
    );
  });

  it('lets no original through, in whatever header it stands', () => {
    const names = [
      'CallerIDNum',
      'CallerIDName',
      'AppData',
      'Exten',
      'Channel',
      'Uniqueid',
      'Queue',
      'Unheard',
      'Value',
    ];
    const shapes = [
      '#',
      'x#y',
      'PJSIP/#-00000001',
      '+#',
      'a=#,#',
      '#@ctx',
      'CALLERID(num)=#',
      '/#.wav',
      'sip:#',
    ];
    assert(
      property(
        uniqueArray(stringMatching(/^1[3-9][0-9]{9}$/), { minLength: 1, maxLength: 20 }),
        array(record({ pick: nat(19), name: constantFrom(...names), shape: constantFrom(...shapes) }), {
          maxLength: 30,
        }),
        (originals, uses) => {
          const rewriter = made();
          const lines = uses.map(({ pick, name, shape }): Line => {
            const number = originals[pick % originals.length] ?? '';
            return [name, shape.replaceAll('#', number)];
          });
          const after = rewrite([['Event', 'X'], ...lines], rewriter)
            .map((line) => line.join(': '))
            .join('\n');
          for (const number of originals) expect(after).not.toContain(number);
        },
      ),
      // A pseudonym may by chance be a number that is only met later: with one seed it is, or is not, every time.
      { seed: 20261121 },
    );
  });
});
