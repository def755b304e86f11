import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/config/csv-text.ts';

const fieldsOf = (text: string) => readCsv(text).records.map(({ fields }) => fields);

describe('readCsv', () => {
  it.each<[string, string, readonly (readonly string[])[]]>([
    ['nothing', '', []],
    [
      'plain fields',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'no line end at the end',
      'a,b\n1,',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    [
      'line ends of Windows',
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a byte order mark', '\uFEFFa,b\n', [['a', 'b']]],
    ['a byte order mark before a quote', '\uFEFF"a",b\n', [['a', 'b']]],
    [
      'semicolons',
      'a;b\n1,5;2\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'semicolons in a text of commas',
      'a,b\n1;5,2\n',
      [
        ['a', 'b'],
        ['1;5', '2'],
      ],
    ],
    ['quotes', '"a, b","c ""d"" e"\n', [['a, b', 'c "d" e']]],
    ['an empty field in quotes', '"",a\n', [['', 'a']]],
    ['a line end in quotes', '"a\nb",c\n', [['a\nb', 'c']]],
    ['blanks around', ' a ,\t" b " \r\n', [['a', 'b']]],
    [
      'empty lines and comments',
      '\n# so, so\na,b\n  \n#\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['one field', 'a\nb\n', [['a'], ['b']]],
  ])('takes %s', (_what, text, fields) => {
    expect(readCsv(text).problem).toBeUndefined();
    expect(fieldsOf(text)).toEqual(fields);
  });

  it.each<[string, string, number, string]>([
    ['a quote that is never closed', 'a,b\n1,"2\n3,4\n', 2, 'has a quote that is never closed'],
    ['a quote that closes too early', 'a\n"1" 2\n', 2, 'goes on behind a closing quote'],
    ['a quote inside', 'a,b\n\n1,2"\n', 3, 'has a quote inside a field'],
  ])('refuses %s, with its line', (_what, text, line, message) => {
    const { records, problem } = readCsv(text);
    expect(problem?.line).toBe(line);
    expect(problem?.message).toContain(message);
    expect(records.length).toBe(1);
  });

  it('counts lines over quoted ones', () => {
    const { records } = readCsv('a,b\n"1\n2\n3",x\n# no\ny,z\n');
    expect(records.map(({ line }) => line)).toEqual([1, 2, 6]);
  });

  it('reads back whatever is written, and never throws', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '李', '#', ' ') });
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1 });
    const written = (fields: readonly string[]) =>
      fields.map((one) => `"${one.replaceAll('"', '""')}"`).join();
    fc.assert(
      fc.property(table, (rows) => {
        const text = ['"h","h"', ...rows.map(written)].join('\r\n');
        expect(fieldsOf(text).slice(1)).toEqual(rows.map((row) => row.map((one) => one.trim())));
      }),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r') }),
        (text) => void readCsv(text),
      ),
    );
  });
});
