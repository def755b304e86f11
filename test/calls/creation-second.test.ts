import { describe, expect, it } from 'vitest';
import { creationOfListed, creationSecondOf } from '../../src/calls/creation-second.ts';

describe('the second a channel was made in', () => {
  it.each([
    ['1795318346.12', 1_795_318_346],
    ['pbx-north-1795318346.12', 1_795_318_346],
    ['given-by-somebody', undefined],
    ['x1795318346.12', undefined],
    ['12.3', undefined],
  ])('of %s is %s', (uniqueid, second) => {
    expect(creationSecondOf(uniqueid)).toBe(second);
  });

  it.each([
    ['too late by the age in whole seconds', 1_795_318_347_457, 1_795_318_346_999],
    ['too early by the time the lists took', 1_795_318_344_200, 1_795_318_346_000],
    ['within it', 1_795_318_346_571, 1_795_318_346_571],
    ['of a clock that was set meanwhile', 1_795_318_300_000, 1_795_318_300_000],
  ])('bounds what a list says: %s', (_, listedMs, createdMs) => {
    expect(creationOfListed('1795318346.12', listedMs)).toBe(createdMs);
  });

  it('leaves it where the id was given by somebody', () => {
    expect(creationOfListed('mine', 1_795_318_300_000)).toBe(1_795_318_300_000);
  });
});
