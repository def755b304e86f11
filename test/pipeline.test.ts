import { expect, it } from 'vitest';
import { Pipeline } from '../src/pipeline.ts';
import type { OpenCall, Restored } from '../src/store/ports.ts';
import { someHotline, someWatch } from './support/definitions.ts';
import { EventScript, SCRIPT_START_MS } from './support/event-script.ts';
import { someLink } from './support/picture.ts';

const SINCE_MS = SCRIPT_START_MS - 86_400_000;
const SEEN_MS = SCRIPT_START_MS + 10_000;
const NOW_MS = SCRIPT_START_MS + 60_000;

const left = (changes: Partial<Restored>): Restored => ({
  sinceMs: SINCE_MS,
  seenUntilMs: new Map([['north', SEEN_MS]]),
  sinceByPbx: new Map(),
  hotlinesSince: [],
  openCalls: [],
  recentFacts: [],
  sums: [],
  ...changes,
});

/** A caller in the menu of a hotline, 5 s after arriving, and the pipeline that watches. */
function watched(): { readonly pipeline: Pipeline; readonly script: EventScript } {
  const pipeline = new Pipeline(someWatch({ hotlines: [someHotline({})] }), SCRIPT_START_MS);
  const script = new EventScript((event) => pipeline.reduce('north', event));
  const where = { linkedid: 'c1', callerNumber: '13800000001', context: 'from-carrier', extension: '100' };
  const caller = { uniqueid: 'c1', channel: 'PJSIP/carrier-000000c1' };
  script.at(0).say({ type: 'channel-created', ...caller, state: 4, ...where });
  script.at(5).say({ type: 'channel-state', ...caller, state: 6 });
  return { pipeline, script };
}

it('is blind from when the last run saw the exchange until it sees it itself', () => {
  const next = new Pipeline(someWatch({ hotlines: [someHotline({})] }), NOW_MS);
  expect(next.resume(left({}))).toEqual({ resumed: 0, refused: 0, dropped: 0 });
  const seen = someLink({ sinceMs: NOW_MS });
  expect(next.report(NOW_MS, [{ ...seen, state: 'connecting' }]).sinceMs).toBe(SINCE_MS);
  expect(next.exchange('north')?.blindSinceMs).toBe(SEEN_MS);
  const blind: unknown[] = [];
  next.onFact((fact) => {
    if (fact.type === 'blind') blind.push([fact.fromMs, fact.untilMs]);
  });
  const lists = { channels: [], queues: [], members: [], entries: [], processedCalls: undefined };
  const snapshot = { type: 'snapshot', purpose: 'resync', rebooted: false, ...lists } as const;
  next.reduce('north', { ...snapshot, pbxMs: NOW_MS + 1000, atMs: NOW_MS + 1000 });
  expect(blind).toEqual([[SEEN_MS, NOW_MS + 1000]]);
  expect(next.exchange('north')?.blindSinceMs).toBeUndefined();
});

it('gives the state of a call that is open, and of none that is not', () => {
  const { pipeline, script } = watched();
  const open = (pbx: string, ...uniqueids: string[]): OpenCall[] => [...pipeline.openCalls(pbx, uniqueids)];
  expect(open('north', 'c1', 'c1')).toMatchObject([{ pbx: 'north', uniqueid: 'c1' }]);
  expect(pipeline.isOpen('north', 'c1')).toBe(true);
  expect(open('north', 'another')).toEqual([]);
  expect(open('south', 'c1')).toEqual([]);
  script.at(9).say({ type: 'channel-gone', uniqueid: 'c1', channel: '', cause: 16 });
  expect(open('north', 'c1')).toEqual([]);
  expect(pipeline.isOpen('north', 'c1')).toBe(false);
});

it('drops what was open on an exchange that is watched no more, and counts it', () => {
  const { pipeline } = watched();
  const [call] = pipeline.openCalls('north', ['c1']);
  if (!call) throw new Error('the call is open');
  const next = new Pipeline(someWatch({ hotlines: [someHotline({})] }), NOW_MS);
  expect(next.resume(left({ openCalls: [call, { ...call, pbx: 'south' }] }))).toEqual({
    resumed: 1,
    refused: 0,
    dropped: 1,
  });
});

it('goes on with calls of an exchange of which nobody had time to say that it was seen', () => {
  const { pipeline } = watched();
  const [call] = pipeline.openCalls('north', ['c1']);
  if (!call) throw new Error('the call is open');
  const next = new Pipeline(someWatch({ hotlines: [someHotline({})] }), NOW_MS);
  next.resume(left({ openCalls: [call], seenUntilMs: new Map() }));
  expect(next.exchange('north')?.openCalls).toBe(1);
  expect(next.exchange('north')?.blindSinceMs).toBe(SINCE_MS);
});

it('begins as ever where nothing was kept', () => {
  const next = new Pipeline(someWatch({ hotlines: [someHotline({})] }), NOW_MS);
  next.resume(left({ sinceMs: undefined, seenUntilMs: new Map() }));
  expect(next.exchange('north')?.blindSinceMs).toBeUndefined();
});
