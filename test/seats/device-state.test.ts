import { describe, expect, test } from 'vitest';
import {
  deviceFactOfStatus,
  deviceFactOfWord,
  isOffline,
  showsChannels,
} from '../../src/seats/device-state.ts';

describe('device states', () => {
  test.each([
    [0, 'UNKNOWN', 'unknown'],
    [1, 'NOT_INUSE', 'free'],
    [2, 'INUSE', 'in-use'],
    [3, 'BUSY', 'busy'],
    [4, 'INVALID', 'invalid'],
    [5, 'UNAVAILABLE', 'unreachable'],
    [6, 'RINGING', 'ringing'],
    [7, 'RINGINUSE', 'ringing-in-use'],
    [8, 'ONHOLD', 'on-hold'],
  ] as const)('status %i and %s are one thing', (status, word, fact) => {
    expect(deviceFactOfStatus(status)).toBe(fact);
    expect(deviceFactOfWord(word)).toBe(fact);
  });

  test.each([9, -1, NaN, 1.5])('status %s, which Asterisk does not have, is unknown', (status) => {
    expect(deviceFactOfStatus(status)).toBe('unknown');
  });

  test('a word nobody knows is unknown', () => expect(deviceFactOfWord('NIGHT')).toBe('unknown'));

  test('offline is what cannot be rung, and nothing else', () => {
    expect((['unreachable', 'invalid'] as const).every(isOffline)).toBe(true);
    expect((['unknown', 'free', 'in-use', 'busy', 'ringing', 'on-hold'] as const).some(isOffline)).toBe(
      false,
    );
  });

  test.each([
    ['PJSIP/101', true],
    ['SIP/desk-4', true],
    ['DAHDI/5', true],
    ['Local/101@seats', false],
    ['Local/101@seats/n', false],
    ['hint:101@ext-local', false],
    ['Custom:dnd/101', false],
    ['', false],
  ])('channels of %s carry its name: %s', (device, shows) => expect(showsChannels(device)).toBe(shows));
});
