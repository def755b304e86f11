import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../src/config/source.ts';

describe('readSource', () => {
  it('keeps numbers as written where text is wanted, also behind an alias', () => {
    const { value } = readSource(
      'hotlines:\n  - { name: 007, numbers: [0215550100, 1e3, &n 95598, *n] }\nhttp: { port: 9810 }\n',
    );
    expect(value).toEqual({
      hotlines: [{ name: '007', numbers: ['0215550100', '1e3', '95598', '95598'] }],
      http: { port: 9810 },
    });
  });

  it('keeps a secret as written', () => {
    const { value } = readSource('pbxs:\n  - ami: { secret: 0x10, acting: { secret: 00042 } }\n');
    expect(value).toEqual({ pbxs: [{ ami: { secret: '0x10', acting: { secret: '00042' } } }] });
  });

  it('knows where things stand', () => {
    const source = readSource('http:\n  port: 1\nhotlines:\n  - name: a\n    numbers: [ x, y ]\n');
    expect(source.locate(['http', 'port'])).toEqual({ line: 2, column: 9 });
    expect(source.locate(['http', 'port'], true)).toEqual({ line: 2, column: 3 });
    expect(source.locate(['hotlines', 0, 'numbers', 1])).toEqual({ line: 5, column: 19 });
    expect(source.locate(['hotlines', 0, 'kind'])).toEqual({ line: 4, column: 5 });
    expect(source.locate(['pbxs'])).toEqual({ line: 1, column: 1 });
  });

  it('reads a bomb of aliases as a mistake', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `l${i}: &l${i} [${`*l${i - 1}, `.repeat(i === 0 ? 0 : 9)}x]`,
    );
    const { value, findings } = readSource(levels.join('\n'));
    expect(value).toBeUndefined();
    expect(findings.map(({ message }) => message)).toEqual([
      'uses too many YAML aliases: write the text out',
    ]);
  });

  it('never throws', () => {
    const yamlish = fc.array(
      fc.constantFrom('a', ':', ' ', '\n', '- ', '*a', '&a', '!x', '{', ']', '"', '\t', '<<', '#'),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          yamlish.map((parts) => parts.join('')),
        ),
        (text) => {
          const source = readSource(text);
          expect(source.locate(['pbxs', 0, 'ami']).line).toBeGreaterThan(0);
        },
      ),
    );
  });
});
