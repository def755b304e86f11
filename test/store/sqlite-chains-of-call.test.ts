import { expect, it, onTestFinished } from 'vitest';
import type { AttemptCall } from '../../src/attempts/attempt-call.ts';
import { callAttemptOf } from '../../src/explain/call-attempt.ts';
import { chainsOfCall } from '../../src/store/sqlite-chains-of-call.ts';
import { at, call, DAY_MS, MINUTE_MS } from '../attempts/calls.ts';
import { someFolder } from './journals.ts';
import { keyLine } from './keys.ts';
import { vaultOf } from './sealed-callers.ts';
import { batchOf, callersFile, factsOfCall } from './told-callers.ts';

const T = at('2026-10-20T09:00:00+08:00');
const ANN = '13800000001';

/** Which attempt a call was, of those that a journal was told. */
function attempts(calls: readonly AttemptCall[], nowMs: number) {
  const { database, file } = callersFile(someFolder(), { vault: vaultOf(keyLine('k1', 1)) }).open();
  onTestFinished(() => database.close());
  file.write(batchOf(calls.flatMap(factsOfCall), nowMs));
  return calls.map((one) => {
    const { pbx, uniqueid } = one;
    return callAttemptOf(chainsOfCall(database, { pbx, uniqueid }, nowMs), { pbx, uniqueid });
  });
}

it('tells which attempt of its caller a call was, in whichever chain it lies', () => {
  const told = attempts(
    [
      call(T, 'abandoned', { caller: ANN }),
      call(T + 2 * MINUTE_MS, 'abandoned', { caller: `+86 ${ANN}` }),
      call(T + 10 * MINUTE_MS, 'answered', { caller: ANN }),
      call(T + 3 * DAY_MS, 'abandoned', { caller: ANN }),
      call(T + MINUTE_MS, 'answered', { caller: '13800000002' }),
      call(T + MINUTE_MS, 'abandoned', { caller: '' }),
    ],
    T + 3 * DAY_MS + MINUTE_MS,
  );
  expect(told).toMatchObject([
    { attempt: 1, calls: 2, result: 'failed', failedBefore: 0, chain: 'through', score: 16 },
    { attempt: 1, calls: 2, result: 'failed', failedBefore: 0, chain: 'through', score: 16 },
    { attempt: 2, calls: 1, result: 'through', failedBefore: 1, chain: 'through', score: 16 },
    { attempt: 1, calls: 1, result: 'failed', chain: 'open', score: null },
    { attempt: 1, calls: 1, result: 'through', chain: 'through', score: 20 },
    { attempt: 1, calls: 1, result: 'failed', chain: 'never', score: 16 },
  ]);
});
