import { assert, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionText, isSafeValue } from '../../src/ami/action-text.ts';

describe('actionText', () => {
  it('writes one action', () => {
    expect(actionText('QueuePause', 'id', [['Queue', 'support']])).toBe(
      'Action: QueuePause\r\nActionID: id\r\nQueue: support\r\n\r\n',
    );
  });

  it('writes nothing that would end its line, or that Asterisk would drop', () => {
    for (const bad of ['a\r', 'a\nAction: Originate', 'a\0b', 'x'.repeat(901), '总'.repeat(301)]) {
      expect(isSafeValue(bad)).toBe(false);
      expect(actionText('Login', 'id', [['Username', bad]])).toBeUndefined();
    }
  });

  it('is one block of as many lines as it was given, whatever the value', () => {
    assert(
      property(uint8Array({ maxLength: 40 }), (bytes) => {
        const value = Buffer.from(bytes).toString('latin1');
        const lines = actionText('A', 'id', [['X', value]])?.split(/\r\n|\r|\n|\0/);
        expect(lines === undefined || lines.length === 5).toBe(true);
      }),
    );
  });
});
