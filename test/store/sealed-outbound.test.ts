import { expect, it, onTestFinished } from 'vitest';
import { CallerNumber } from '../../src/calls/caller-number.ts';
import type { Fact } from '../../src/calls/facts.ts';
import { callBacksPage } from '../../src/store/sqlite-call-back-queries.ts';
import { openCallsOf } from '../../src/store/sqlite-replay.ts';
import { at, call, HOUR_MS, outbound } from '../attempts/calls.ts';
import { someFolder } from './journals.ts';
import { keyLine } from './keys.ts';
import { vaultOf } from './sealed-callers.ts';
import { batchOf, callersFile, factOfTry, factsOfCall, seen } from './told-callers.ts';

const T = at('2026-10-20T09:00:00+08:00');
const ANN = '13800000001';
const VAULT = vaultOf(keyLine('k1', 1));

/** A journal whose run ends, and another's that goes on in the same file. */
function someRuns() {
  const journal = callersFile(someFolder(), { vault: VAULT });
  const runs = [journal.open()];
  onTestFinished(() => runs.forEach(({ database }) => database.isOpen && database.close()));
  return {
    now: () => runs[runs.length - 1] as (typeof runs)[number],
    restart(): void {
      runs[runs.length - 1]?.database.close();
      runs.push(journal.open());
    },
  };
}

/** What is told when the far end of this try answers. */
function answered(uniqueid: string): Fact {
  const number = new CallerNumber(ANN);
  const of = { pbx: 'hq', uniqueid, hotline: '' };
  return { type: 'caller-heard', id: `hq/${uniqueid}/caller`, ...of, number, atMs: T + HOUR_MS };
}

it('closes a call-back by a call whose end was told after a restart, by who no longer knew the number', () => {
  const { now, restart } = someRuns();
  now().file.write(batchOf(factsOfCall(call(T, 'abandoned', { caller: ANN })), T));
  const tried = outbound(T + HOUR_MS, 15_000, { caller: ANN });
  const state = JSON.stringify({ version: 1, outbound: { seat: 'PJSIP/1' } });
  const { pbx, uniqueid } = tried;
  now().file.write({
    ...batchOf([seen(answered(uniqueid))], T + HOUR_MS),
    openCalls: [{ pbx, uniqueid, state }],
  });
  const open = () =>
    callBacksPage(now().database, { state: 'open', limit: 9 }, { nowMs: T, vault: VAULT }).callBacks;
  expect(open()).toMatchObject([{ number: '138****0001', tries: 0 }]);
  restart();
  expect(openCallsOf(now().database)).toMatchObject([{ uniqueid, state: { outbound: {} } }]);
  now().file.write(batchOf([factOfTry({ ...tried, caller: '' })], T + 2 * HOUR_MS));
  expect(open()).toEqual([]);
  expect(openCallsOf(now().database)).toEqual([]);
});

it('leaves a call-back open where whose call it was is not known', () => {
  const { now } = someRuns();
  now().file.write(batchOf(factsOfCall(call(T, 'abandoned', { caller: ANN })), T));
  now().file.write(batchOf([factOfTry(outbound(T + HOUR_MS, 15_000, { caller: '' }))], T + 2 * HOUR_MS));
  const page = callBacksPage(now().database, { state: 'open', limit: 9 }, { nowMs: T, vault: VAULT });
  expect(page.callBacks).toMatchObject([{ number: '138****0001', tries: 0 }]);
});
