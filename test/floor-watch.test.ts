import { expect, it } from 'vitest';
import { EVERYTHING, type Who } from '../src/access/who.ts';
import type { CompiledConfig } from '../src/config/compile.ts';
import { type FloorJournal, FloorWatch } from '../src/floor-watch.ts';
import { Pipeline } from '../src/pipeline.ts';
import type { AuditEntry } from '../src/store/ports.ts';
import { someHotline, someWatch } from './support/definitions.ts';
import { EventScript, SCRIPT_START_MS } from './support/event-script.ts';
import { MemoryLog } from './support/memory-log.ts';
import { NOTHING_KEPT } from './support/nothing-kept.ts';
import { VirtualClock } from './support/virtual-clock.ts';

const NUMBER = '13800130001';
const ANN: Who = {
  name: 'ann',
  title: 'Ann',
  role: 'leader',
  sees: EVERYTHING,
  mayUnmask: false,
  kind: 'person',
};

class MemoryJournal implements FloorJournal {
  readonly audit: AuditEntry[] = [];
  readonly keepsNumbers = true;
  overdue: { id: string; pbx: string; hotline: string; dueAtMs: number }[] = [];

  record(entry: AuditEntry): Promise<void> {
    this.audit.push(entry);
    return Promise.resolve();
  }
  entries(): Promise<readonly AuditEntry[]> {
    return Promise.resolve(this.audit);
  }
  overdueCallBacks() {
    return this.overdue;
  }
  callBackCounts() {
    return undefined;
  }
}

/** A people hotline, a floor watch beside it, and a clock. */
function watched(journal: FloorJournal | undefined) {
  const definition = someWatch({ hotlines: [someHotline({ kind: 'people' })] });
  const pipeline = new Pipeline(definition, SCRIPT_START_MS);
  const script = new EventScript((event) => pipeline.reduce('north', event));
  const clock = new VirtualClock(SCRIPT_START_MS);
  const config: CompiledConfig = {
    definition,
    connections: [],
    ...NOTHING_KEPT,
    http: { host: '127.0.0.1', port: 0 },
    log: { level: 'info' },
  };
  let changes = 0;
  const floor = new FloorWatch({
    config: () => config,
    pipeline,
    report: () => pipeline.report(clock.nowMs(), []),
    seats: () => pipeline.seats(),
    journal,
    clock,
    log: new MemoryLog(),
    onChange: () => changes++,
  });
  return { pipeline, script, clock, floor, changes: () => changes };
}

/** Rings for `seconds` and is not answered. */
function ringOut({ script }: ReturnType<typeof watched>, uniqueid: string, seconds: number): void {
  const caller = { uniqueid, channel: `PJSIP/carrier-${uniqueid}` };
  const where = { linkedid: uniqueid, callerNumber: NUMBER, context: 'from-carrier', extension: '100' };
  script.at(1).say({ type: 'channel-created', ...caller, state: 4, ...where });
  script.at(1 + seconds).say({ type: 'channel-gone', ...caller, cause: 16 });
}

const unanswered = (floor: FloorWatch) =>
  floor
    .extras()
    .breaches()
    .filter(({ kind }) => kind === 'unanswered');

it('shows a call that was not answered until somebody has read it, whose name stands by it', async () => {
  const journal = new MemoryJournal();
  const one = watched(journal);
  await one.floor.start([]);
  ringOut(one, 'c1', 30);
  one.clock.advance(32_000);
  const [breach] = unanswered(one.floor);
  expect(breach).toMatchObject({ hotline: 'gas', uniqueid: 'c1', acknowledged: undefined });
  const told = one.changes();
  const ask = { who: ANN, breach: breach?.id ?? '' };
  expect(await one.floor.acknowledge(ask)).toEqual({ ok: true, result: ask.breach });
  expect(one.changes()).toBe(told + 1);
  expect(await one.floor.acknowledge(ask)).toMatchObject({ ok: false, code: 'already' });
  expect(await one.floor.acknowledge({ who: ANN, breach: 'no' })).toMatchObject({
    ok: false,
    code: 'not-found',
  });
  expect(journal.audit).toEqual([
    { atMs: one.clock.nowMs(), who: 'ann', what: 'acknowledged', about: ask.breach, detail: '' },
  ]);
});

it('goes on after a restart with what was told and what was read before', async () => {
  const journal = new MemoryJournal();
  const one = watched(journal);
  const facts: Parameters<FloorWatch['learn']>[0][] = [];
  one.pipeline.onFact((fact) => facts.push(fact));
  await one.floor.start([]);
  ringOut(one, 'c1', 30);
  await one.floor.acknowledge({ who: ANN, breach: unanswered(one.floor)[0]?.id ?? '' });
  const next = watched(journal);
  await next.floor.start(facts);
  expect(unanswered(next.floor)).toEqual(unanswered(one.floor));
  expect(unanswered(next.floor)[0]?.acknowledged?.by).toBe('ann');
});

it('shows who is on the line masked, knows the number until the call is over, and forgets it then', () => {
  const one = watched(undefined);
  const { callerOf } = one.floor.extras();
  const caller = { uniqueid: 'c1', channel: 'PJSIP/carrier-1' };
  const where = { linkedid: 'c1', callerNumber: NUMBER, context: 'from-carrier', extension: '100' };
  one.script.at(1).say({ type: 'channel-created', ...caller, state: 4, ...where });
  expect(callerOf('north', 'c1')).toEqual({ caller: '138****0001', hotline: 'gas' });
  expect(one.floor.numberOf('north', 'c1')?.reveal()).toBe(NUMBER);
  one.script.at(9).say({ type: 'channel-gone', ...caller, cause: 16 });
  expect(callerOf('north', 'c1')).toEqual({ caller: '', hotline: '' });
  expect(one.floor.numberOf('north', 'c1')).toBeUndefined();
});

it('knows which hotline somebody waits for who has no number, over a restart too', async () => {
  const one = watched(undefined);
  const facts: Parameters<FloorWatch['learn']>[0][] = [];
  one.pipeline.onFact((fact) => facts.push(fact));
  const caller = { uniqueid: 'c1', channel: 'PJSIP/carrier-1' };
  const where = { linkedid: 'c1', callerNumber: '', context: 'from-carrier', extension: '100' };
  one.script.at(1).say({ type: 'channel-created', ...caller, state: 4, ...where });
  expect(one.floor.extras().callerOf('north', 'c1')).toEqual({ caller: '', hotline: 'gas' });
  const next = watched(undefined);
  await next.floor.start(facts);
  expect(next.floor.extras().callerOf('north', 'c1')).toEqual({ caller: '', hotline: 'gas' });
});

it('tells a call-back that is overdue, and of nobody’s call-backs where numbers are not kept', async () => {
  const journal = new MemoryJournal();
  const one = watched(journal);
  journal.overdue = [{ id: 'b1', pbx: 'north', hotline: 'gas', dueAtMs: SCRIPT_START_MS - 1 }];
  await one.floor.start([]);
  expect(one.floor.extras().breaches()).toMatchObject([{ kind: 'call-back-overdue', hotline: 'gas' }]);
  expect(one.floor.extras().callBacks('north', 'gas')).toEqual({ open: 0, overdue: 0 });
  expect(watched(undefined).floor.extras().callBacks('north', 'gas')).toBeNull();
});
