import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Fact } from '../../src/calls/facts.ts';
import type { HoursDefinition, WatchDefinition } from '../../src/hotlines/definition.ts';
import { JournalFile } from '../../src/store/sqlite-journal.ts';
import { openJournalFile } from '../../src/store/sqlite-open.ts';
import { sumPeriodOf } from '../../src/store/sum-periods.ts';
import { SumShares } from '../../src/store/sum-shares.ts';
import type { SumRow } from '../../src/store/sums.ts';
import { toWire } from '../../src/store/wire.ts';
import { someHotline, someHours, someWatch } from '../support/definitions.ts';
import { interval, talked } from '../support/facts.ts';
import { someFolder } from './journals.ts';
import { answeredCall } from './stories.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 9, 20, 12, 30);
/** Hours before now: this shift, this day, the days before, and the edge of the month in one zone and not in the other. */
const HOURS_AGO = [1, 3, 7, 11, 13, 22, 40, 200, 466, 470, 480];

const watch = (hash: string, hours: Partial<HoursDefinition>): WatchDefinition =>
  someWatch({ hash, hotlines: [someHotline({ hours: someHours(hours) })] });
const plain = watch('plain', {});
const SHIFTS = [
  { name: 'day', fromMin: 480 },
  { name: 'night', fromMin: 1200 },
];
const CHANGES: Readonly<Record<string, Partial<HoursDefinition>>> = {
  shifts: { shifts: SHIFTS },
  zone: { zone: 'Asia/Shanghai' },
  'zone and shifts': { zone: 'America/New_York', shifts: SHIFTS },
};

const wrapsUp = { hotline: 'gas', queue: 'support' };
const facts: readonly Fact[] = HOURS_AGO.flatMap((hours, index) => {
  const atMs = NOW_MS - hours * HOUR_MS;
  const seat = { pbx: 'north', seat: `PJSIP/${hours}`, atMs };
  return [
    ...answeredCall(`${index}.1`, atMs),
    interval({ ...seat, id: `idle-${hours}`, state: 'idle', fromMs: atMs - 5 * HOUR_MS }),
    talked({ ...seat, id: `talk-${hours}`, uniqueid: `${index}.9`, talkMs: 1000 * hours }),
    interval({ ...seat, id: `wrap-${hours}`, fromMs: atMs, atMs: atMs + 60_000, wrapsUp }),
  ];
}).toSorted((a, b) => a.atMs - b.atMs);

/** A run over the file from `openedAtMs` on. */
function run(path: string, definition: WatchDefinition) {
  const database = openJournalFile({ file: path });
  onTestFinished(() => database.close());
  const sharesFor = (one: WatchDefinition): SumShares => new SumShares(one);
  const options = { definition, openedAtMs: NOW_MS, sharesFor, vault: undefined };
  const file = new JournalFile(database, options);
  const tell = (told: readonly Fact[]): void => {
    const wire = told.map((fact) => toWire({ fact, source: 'seen' }));
    file.write({ facts: wire, openCalls: [], seen: new Map(), audits: [] });
  };
  const [hotline] = definition.hotlines;
  const isOfNow = ({ unit, fromMs, untilMs }: SumRow): boolean => {
    if (hotline === undefined || unit === 'hour' || unit === 'ever') return false;
    const span = sumPeriodOf(hotline.hours, unit, NOW_MS);
    return span.fromMs === fromMs && span.untilMs === untilMs;
  };
  /** Sums of the periods that run, by the bounds they have now. */
  const running = (): readonly string[] =>
    file
      .restore(NOW_MS)
      .sums.filter(isOfNow)
      .map((row) => JSON.stringify({ ...row, sums: Object.entries(row.sums).toSorted() }))
      .toSorted();
  return { file, tell, running };
}

it.each(Object.entries(CHANGES))('running periods go on where %s changed between two runs', (_, hours) => {
  const path = join(someFolder(), 'journal.db');
  const before = run(path, plain);
  before.running();
  before.tell(facts);
  const after = run(path, watch('changed', hours));
  const found = after.running();
  after.file.rebuildSums();
  expect(found).toEqual(after.running());
  expect(found.length).toBeGreaterThan(20);
  // And where they are changed back.
  const again = run(path, plain);
  const back = again.running();
  again.file.rebuildSums();
  expect(back).toEqual(again.running());
});

it('and where they changed while it ran, from the next start on', () => {
  const path = join(someFolder(), 'journal.db');
  const shifted = watch('changed', CHANGES['zone and shifts'] ?? {});
  const before = run(path, plain);
  before.running();
  before.tell(facts.slice(0, -20));
  before.file.redefine(shifted, NOW_MS);
  before.tell(facts.slice(-20));
  const after = run(path, shifted);
  const found = after.running();
  after.file.rebuildSums();
  expect(found).toEqual(after.running());
});
