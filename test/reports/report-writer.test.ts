import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ReportWriter } from '../../src/reports/report-writer.ts';
import type { ReportDocument } from '../../src/reports/report-document.ts';
import { someFolder } from '../store/journals.ts';
import { batchOf, openKept } from '../store/sealed-callers.ts';
import { answeredCall, closedCall, openedCall } from '../store/stories.ts';
import { someHotline, someHours, someWatch } from '../support/definitions.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const HOUR_MS = 3_600_000;
const T = Date.UTC(2026, 10, 22, 5);
const SHIFT_END = T + HOUR_MS;
const shifts = [
  { name: 'early', fromMin: 360 },
  { name: 'night', fromMin: 1320 },
];
const definition = someWatch({ hotlines: [someHotline({ hours: someHours({ shifts }) })] });
const NIGHT = 'shift-2026-11-21-night';

function someWriter() {
  const root = someFolder();
  const [journal, folder] = [join(root, 'journal.db'), join(root, 'reports')];
  mkdirSync(folder);
  const { journal: kept } = openKept(journal, undefined, T, definition);
  const clock = new VirtualClock(T);
  const log = new MemoryLog();
  const setup = {
    company: { definition, roster: undefined },
    languages: ['en', 'es'],
    formats: ['html', 'json'],
    journal,
    keepsNumbers: false,
    folder,
  } as const;
  const start = (): ReportWriter => {
    const writer = new ReportWriter({
      setup: () => setup,
      flush: () => Promise.resolve(),
      runningSpans: () => [],
      clock,
      log,
    });
    onTestFinished(() => writer.stop());
    writer.start();
    return writer;
  };
  const writer = start();
  /** Lets time pass and every look in it be done. */
  const pass = async (byMs: number, looking = writer): Promise<void> => {
    await looking.whenIdle();
    clock.advance(byMs - 5000);
    await Promise.resolve();
    await looking.whenIdle();
    clock.advance(5000);
    await Promise.resolve();
    await looking.whenIdle();
  };
  const names = (): string[] => readdirSync(folder).filter((name) => !name.startsWith('.'));
  const document = (): ReportDocument =>
    JSON.parse(readFileSync(join(folder, `${NIGHT}.json`), 'utf8')) as ReportDocument;
  return { folder, kept, clock, log, start, writer, pass, names, document };
}

describe('reports that are written by themselves', () => {
  it('at the end of a shift, saying which calls are open, and once more when the last of them is over', async () => {
    const { kept, writer, pass, names, document } = someWriter();
    kept.write(batchOf([...answeredCall('1.1', T + 1000), openedCall('1.2', SHIFT_END - 5000)]));
    await pass(HOUR_MS - 10_000);
    expect(names()).toEqual([]);
    await pass(20_000);
    expect(names().toSorted()).toEqual([`${NIGHT}.en.html`, `${NIGHT}.es.html`, `${NIGHT}.json`]);
    expect(document()).toMatchObject({ kind: 'shift', state: 'complete', key: '2026-11-21 night' });
    expect(document().shift?.leftOpen.callsNotOver).toBe(1);
    expect(writer.status()).toMatchObject({ fault: '', waiting: 0, written: 1 });
    const first = document().madeAtMs;
    await pass(120_000);
    expect(document().madeAtMs).toBe(first);
    kept.write(batchOf([closedCall('1.2', SHIFT_END - 5000, { outcome: 'abandoned' })]));
    await pass(70_000);
    expect(document().shift?.leftOpen.callsNotOver).toBe(0);
    const second = document().madeAtMs;
    expect(second).toBeGreaterThan(first);
    await pass(HOUR_MS);
    expect(document().madeAtMs).toBe(second);
    expect(writer.status()?.written).toBe(2);
  });

  it('those that ended while it was down, and none twice, also where its files were taken away', async () => {
    const { folder, clock, start, writer, pass, names } = someWriter();
    await pass(HOUR_MS + 10_000);
    expect(names()).toHaveLength(3);
    for (const name of names()) rmSync(join(folder, name));
    await writer.stop();
    clock.advance(2 * HOUR_MS);
    const again = start();
    await again.whenIdle();
    expect(names()).toEqual([]);
    await again.stop();
    clock.advance(15 * HOUR_MS);
    await start().whenIdle();
    expect(names().toSorted()).toEqual([
      'shift-2026-11-22-early.en.html',
      'shift-2026-11-22-early.es.html',
      'shift-2026-11-22-early.json',
    ]);
  });

  it('a folder that is not there is said at once, and what it missed is written when it is back', async () => {
    const { folder, log, writer, pass, names } = someWriter();
    await writer.whenIdle();
    expect(existsSync(join(folder, '.ringside-written.json'))).toBe(true);
    renameSync(folder, `${folder}-away`);
    await pass(HOUR_MS + 10_000);
    expect(writer.status()).toMatchObject({
      fault: 'the file or its folder is gone',
      waiting: 1,
      written: 0,
    });
    await pass(120_000);
    const errors = log.lines.filter(({ level }) => level === 'error');
    expect(errors.map(({ line }) => line)).toEqual(['reports cannot be written; it is tried again']);
    renameSync(`${folder}-away`, folder);
    await pass(70_000);
    expect(names()).toHaveLength(3);
    expect(writer.status()).toMatchObject({ fault: '', waiting: 0, written: 1 });
    expect(log.lines.map(({ line }) => line)).toContain('reports are written again');
  });

  it('are whole files, for their owner and the group', async () => {
    const { folder, pass, names } = someWriter();
    await pass(HOUR_MS + 10_000);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    const pages = names().filter((name) => name.endsWith('.html'));
    expect(pages).toHaveLength(2);
    for (const page of pages) {
      expect(readFileSync(join(folder, page), 'utf8')).toMatch(/<\/html>\s*$/);
      // Not for everybody, whatever the mask of the process.
      expect(statSync(join(folder, page)).mode & 0o007).toBe(0);
    }
  });
});
