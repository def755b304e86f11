import { describe, expect, it } from 'vitest';
import { maskDigitRuns, maskNumber } from '../../src/lib/mask.ts';

describe('a masked number', () => {
  it.each([
    ['', ''],
    ['1', '*'],
    ['12', '**'],
    ['123', '***'],
    ['1234', '****'],
    ['12345', '***45'],
    ['123456', '****56'],
    ['1234567', '*****67'],
    ['12345678', '******78'],
    ['123456789', '*******89'],
    ['1234567890', '********90'],
    ['13800000001', '138****0001'],
    ['013800000001', '013*****0001'],
    ['8613800000001', '861******0001'],
    ['008613800000001', '008********0001'],
    ['+8613800000001', '861******0001'],
    ['138 0000-0001', '138****0001'],
    ['anonymous', ''],
  ])('of %j is %j', (number, masked) => {
    expect(maskNumber(number)).toBe(masked);
  });
});

describe('a text that may hold numbers', () => {
  it.each([
    ['PJSIP/seat101', 'PJSIP/seat101'],
    ['PJSIP/123456', 'PJSIP/123456'],
    ['Local/1234567@ctx/n', 'Local/*****67@ctx/n'],
    ['Local/13800000001@from-queue/n', 'Local/138****0001@from-queue/n'],
    ['13800000001 and 02112345678', '138****0001 and 021****5678'],
    ['', ''],
  ])('%j is shown as %j', (text, masked) => {
    expect(maskDigitRuns(text)).toBe(masked);
  });
});
