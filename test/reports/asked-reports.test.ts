import { expect, it, onTestFinished } from 'vitest';
import { AskedReports } from '../../src/reports/asked-reports.ts';
import { journalSources } from '../../src/reports/journal-sources.ts';
import { reportOf } from '../../src/reports/report-text.ts';
import { someFolder, someReader } from '../store/journals.ts';
import { journalledDay } from './journalled-day.ts';

it('makes in a thread what is made beside the events, for many at once', { timeout: 60_000 }, async () => {
  const day = await journalledDay(5, Date.parse('2026-11-16T09:00:00+08:00'), 1);
  const company = { definition: day.definition, roster: day.roster, language: 'es' } as const;
  const live = { flush: async () => undefined, runningSpans: () => day.running };
  const sources = journalSources(someReader(day.file), { keepsNumbers: true, live });
  const reports = new AskedReports();
  onTestFinished(() => reports.stop());
  const order = { company, keepsNumbers: true, runningSpans: day.running, nowMs: day.nowMs };
  const make = (ask: Parameters<typeof reportOf>[0], journal = day.file) =>
    reports.make({ ...order, ask, journal });
  const asks = [
    { kind: 'shift', period: '2026-11-16 early', format: 'csv' },
    { kind: 'day', period: '2026-11-16', format: 'html' },
    { kind: 'month', period: '2026-11', format: 'json' },
    { kind: 'month', period: '2026-12', format: 'json' },
  ] as const;
  const made = await Promise.all(asks.map((ask) => make({ ...ask, language: undefined })));
  const wanted = [];
  for (const ask of asks) {
    wanted.push(await reportOf({ ...ask, language: undefined }, company, sources, day.nowMs));
  }
  expect(made).toEqual(wanted);
  expect(made[1]).toContain('lang="es"');
  expect(made[3]).toBeUndefined();
  const none = `${someFolder()}/none.db`;
  await expect(make({ ...asks[1], language: undefined }, none)).rejects.toThrow(
    'the journal cannot be read: the file cannot be opened',
  );
  expect(await make({ ...asks[1], language: undefined })).toBe(made[1]);
  await reports.stop();
  await expect(make({ ...asks[1], language: undefined })).rejects.toThrow('the daemon stops');
});
