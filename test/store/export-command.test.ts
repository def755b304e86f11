import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Fact } from '../../src/calls/facts.ts';
import { runExport, type ExportOptions } from '../../src/store/export-command.ts';
import { exportLineSchema, type ExportLine } from '../../src/store/export-line.ts';
import { exportSpanOf } from '../../src/store/export-span.ts';
import { interval } from '../support/facts.ts';
import { batchOf, calledBy, mobile, openKept, vaultOf } from './sealed-callers.ts';
import { ran, RUN_AT_MS, type Ran } from './command-run.ts';
import { someFolder } from './journals.ts';
import { keyLine, NUMBERS, putKeys } from './keys.ts';
import { openedCall } from './stories.ts';

const K1 = keyLine('k1', 1);
const K2 = keyLine('k2', 2);
const HOUR_MS = 3_600_000;
const ALL = { fromMs: -Infinity, untilMs: Infinity };

function someFiles() {
  const folder = someFolder();
  const [journal, keyFile] = [join(folder, 'journal.db'), join(folder, 'numbers.keys')];
  putKeys(keyFile, K1);
  return { folder, journal, keyFile };
}
function exported(
  files: { readonly journal: string; readonly keyFile?: string },
  changes: Partial<ExportOptions> = {},
): Promise<Ran> {
  const options = { keyFile: undefined, numbers: NUMBERS, out: undefined, ...ALL, ...files, ...changes };
  return ran((ports) => runExport(options, ports));
}
/** Parsed by the schema: a line that does not fit fails. */
const linesOf = (text: string): ExportLine[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => exportLineSchema.parse(JSON.parse(line)));
const callsOf = (text: string) => linesOf(text).filter((line) => line.type === 'call');

const gap = (untilMs: number): Fact => ({
  type: 'blind',
  id: `north/blind/${untilMs - 9_000}`,
  pbx: 'north',
  fromMs: untilMs - 9_000,
  untilMs,
  atMs: untilMs,
  openCalls: 2,
  endedUnknown: 1,
  takenUp: 1,
  rebooted: false,
  missedCalls: undefined,
});

describe('ringside export', () => {
  it('tells every call that is over, its stages and scores, and seats’ and blind times', async () => {
    const files = someFiles();
    const { journal } = openKept(files.journal);
    const seat = 'Local/13800000007@agents';
    const sat = interval({ id: 'i1', seat, agent: 'Ann Other', fromMs: RUN_AT_MS, atMs: RUN_AT_MS + 60_000 });
    journal.write(
      batchOf([...calledBy(1, RUN_AT_MS), openedCall('1.9', RUN_AT_MS), sat, gap(RUN_AT_MS + 70_000)]),
    );
    const run = await exported(files);
    expect(run).toMatchObject({ code: 0, complained: '' });
    const lines = linesOf(run.said);
    expect(lines.map(({ type }) => type)).toEqual([
      'export',
      'call',
      'stage',
      'scored',
      'scored',
      'seat',
      'blind',
    ]);
    expect(lines[0]).toEqual({
      schema: 1,
      type: 'export',
      madeAt: '2026-11-21T06:00:00.000Z',
      from: null,
      until: null,
    });
    expect(lines[1]).toEqual({
      schema: 1,
      type: 'call',
      pbx: 'north',
      uniqueid: '1.1',
      hotline: 'gas',
      kind: 'attendant',
      hours: 'open',
      emergency: false,
      test: false,
      caller: expect.stringMatching(/^[\w-]{22}$/) as string,
      reachedAt: '2026-11-21T06:00:00.000Z',
      closedAt: '2026-11-21T06:02:21.900Z',
      outcome: 'answered',
      certainty: 'seen',
      endedBy: 'caller',
      pickupMs: 350,
      askedAt: '2026-11-21T06:00:12.400Z',
      answeredBy: {
        by: 'seat',
        seat: 'PJSIP/seat101',
        agent: 'Ann Other',
        queue: 'support',
        at: '2026-11-21T06:00:21.400Z',
        waitMs: 9_000,
      },
      message: null,
      short: false,
      talkMs: 120_500,
      holdMs: 0,
      transfers: 0,
      lostAfterAnswer: false,
    });
    expect(lines[2]).toMatchObject({
      uniqueid: '1.1',
      place: 1,
      queue: 'support',
      waitMs: 9_000,
      end: 'answered',
    });
    expect(lines[3]).toMatchObject({ target: 'auto', result: 'hit', waitMs: null });
    expect(lines[4]).toMatchObject({ target: 'transfer', result: 'hit', waitMs: 9_000 });
    expect(lines[5]).toMatchObject({ seat: 'Local/138****0007@agents', until: '2026-11-21T06:01:00.000Z' });
    expect(lines[6]).toMatchObject({ openCalls: 2, endedUnknown: 1, missedCalls: null });
  });

  it('lets a caller be told apart within it and nowhere else, and holds no number', async () => {
    const files = someFiles();
    const { journal, database } = openKept(files.journal);
    journal.write(
      batchOf([1, 2, 1, 3].flatMap((n, i) => calledBy(n, RUN_AT_MS + i * HOUR_MS, `${i + 1}.${n}`))),
    );
    database.exec(`DELETE FROM caller WHERE uniqueid = '4.3'`);
    const [one, other] = [await exported(files), await exported(files)];
    const [first, second, again, nobody] = callsOf(one.said).map(({ caller }) => caller);
    expect(first).toBe(again);
    expect(second).not.toBe(first);
    expect(nobody).toBeNull();
    expect(callsOf(other.said)[0]?.caller).not.toBe(first);
    for (const { hash } of database.prepare('SELECT hash FROM caller').all()) {
      const bytes = Buffer.from(hash as Uint8Array);
      for (const spelled of ['hex', 'base64', 'base64url'] as const) {
        expect(one.said).not.toContain(bytes.toString(spelled).slice(0, 20));
      }
    }
    expect(one.said).not.toContain(mobile(1).slice(1));
  });

  it('tells one caller from two in the middle of a rotation', async () => {
    const files = someFiles();
    putKeys(files.keyFile, K2, K1);
    openKept(files.journal, vaultOf(K1)).journal.write(batchOf(calledBy(1, RUN_AT_MS, '1.1')));
    const later = batchOf([...calledBy(1, RUN_AT_MS, '2.1'), ...calledBy(2, RUN_AT_MS, '2.2')]);
    openKept(files.journal, vaultOf(K2, K1)).journal.write(later);
    const [first, second, other] = callsOf((await exported(files)).said).map(({ caller }) => caller);
    expect(first).toBe(second);
    expect(other).not.toBe(first);
  });

  it('is bounded by when calls reached their hotline: what follows has none twice', async () => {
    const files = someFiles();
    const { journal } = openKept(files.journal);
    journal.write(batchOf([1, 2, 3, 4].flatMap((n) => calledBy(n, RUN_AT_MS + n * HOUR_MS))));
    const middleMs = RUN_AT_MS + 3 * HOUR_MS;
    const before = callsOf((await exported(files, { untilMs: middleMs })).said);
    const after = callsOf((await exported(files, { fromMs: middleMs })).said);
    expect(before.map(({ uniqueid }) => uniqueid)).toEqual(['1.1', '1.2']);
    expect(after.map(({ uniqueid }) => uniqueid)).toEqual(['1.3', '1.4']);
  });

  it('goes into a file of its owner, whole or not at all, and never over another', async () => {
    const files = someFiles();
    openKept(files.journal).journal.write(batchOf(calledBy(1, RUN_AT_MS)));
    const out = join(files.folder, 'october.ndjson');
    expect(await exported(files, { out })).toEqual({ code: 0, said: `${out}: 5 lines\n`, complained: '' });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(linesOf(readFileSync(out, 'utf8'))).toHaveLength(5);
    writeFileSync(out, 'mine');
    const again = await exported(files, { out });
    expect(again.complained).toMatch(/^not exported: .*october\.ndjson is there already/);
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect((await exported({ journal: join(files.folder, 'none.db') })).complained).toMatch(/is not there/);
    expect(readdirSync(files.folder).filter((name) => name.includes('part'))).toEqual([]);
  });

  it('has a schema that can be written down', () => {
    const written = JSON.stringify(z.toJSONSchema(exportLineSchema));
    for (const type of ['export', 'call', 'stage', 'scored', 'seat', 'blind']) {
      expect(written).toContain(`"const":"${type}"`);
    }
  });
});

describe('the span of an export', () => {
  it('is of dates in the zone, or of instants', () => {
    expect(exportSpanOf({ from: '2026-10-01', until: '2026-11-01' }, 'Asia/Shanghai')).toEqual({
      fromMs: Date.UTC(2026, 8, 30, 16),
      untilMs: Date.UTC(2026, 9, 31, 16),
    });
    expect(exportSpanOf({ from: '2026-10-01T08:00:00+08:00' }, 'UTC')).toEqual({
      fromMs: Date.UTC(2026, 9, 1),
      untilMs: Infinity,
    });
    expect(exportSpanOf({}, 'UTC')).toEqual(ALL);
  });

  it.each([
    [{ from: 'yesterday' }, /^--from takes a date/],
    [{ from: '2026-02-30' }, /^--from takes a date/],
    [{ until: '2026-10-01T08:00' }, /^--until takes a date/],
    [{ from: '2026-10-02', until: '2026-10-02' }, /must be later/],
  ])('of %j is refused in words', (told, words) => {
    expect(exportSpanOf(told, 'Europe/Berlin')).toMatch(words);
  });
});
