import { describe, expect, it } from 'vitest';
import { chainsOf } from '../../src/attempts/chain.ts';
import { callAttemptOf } from '../../src/explain/call-attempt.ts';
import { at, call, DAY_MS, MINUTE_MS } from '../attempts/calls.ts';

const T = at('2026-11-20T09:00:00Z');
const first = call(T, 'abandoned');
const again = call(T + 2 * MINUTE_MS, 'abandoned');
const second = call(T + 10 * MINUTE_MS, 'unanswered');
const third = call(T + 20 * MINUTE_MS, 'answered');

describe('which attempt a call was', () => {
  const chains = chainsOf([first, again, second, third], T + DAY_MS);

  it('counts calls within three minutes as one, and the failed ones before', () => {
    const chain = { chain: 'through', score: 8 };
    expect(callAttemptOf(chains, again)).toEqual({
      attempt: 1,
      calls: 2,
      result: 'failed',
      failedBefore: 0,
      ...chain,
    });
    expect(callAttemptOf(chains, third)).toEqual({
      attempt: 3,
      calls: 1,
      result: 'through',
      failedBefore: 2,
      ...chain,
    });
  });

  it('has no score while the chain is open, or hangs on an unknown call', () => {
    expect(callAttemptOf(chainsOf([first], T + MINUTE_MS), first)).toMatchObject({
      chain: 'open',
      score: null,
    });
    const unknown = call(T, 'unknown');
    expect(callAttemptOf(chainsOf([unknown], T + 2 * DAY_MS), unknown)).toMatchObject({ score: null });
  });

  it('is not known of a call of somebody else', () => {
    expect(callAttemptOf(chains, { pbx: 'hq', uniqueid: 'other' })).toBeUndefined();
  });
});
