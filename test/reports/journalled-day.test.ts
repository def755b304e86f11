import { describe, expect, it } from 'vitest';
import { BREACHES, OUTCOMES, type Fact } from '../../src/calls/facts.ts';
import type { HotlineReport, Window } from '../../src/rates/report.ts';
import type { HotlineSection } from '../../src/reports/document-hotline.ts';
import { journalSources } from '../../src/reports/journal-sources.ts';
import { reportDocumentSchema, type ReportDocument } from '../../src/reports/report-document.ts';
import { reportOnJournal } from '../../src/reports/report-journal.ts';
import type { ReportKind } from '../../src/reports/report-period.ts';
import type { ReportSources } from '../../src/reports/report-sources.ts';
import { reportOf, type ReportCompany } from '../../src/reports/report-text.ts';
import { someFolder, someReader } from '../store/journals.ts';
import { journalledDay, type JournalledDay } from './journalled-day.ts';
import { toldSources } from './told-sources.ts';

const companyOf = ({ definition, roster }: JournalledDay): ReportCompany => ({
  definition,
  roster,
  language: 'en',
});

async function documentOf(
  day: JournalledDay,
  kind: ReportKind,
  period: string,
  sources: ReportSources,
): Promise<ReportDocument> {
  const ask = { kind, period, format: 'json', language: undefined } as const;
  const text = await reportOf(ask, companyOf(day), sources, day.nowMs);
  return reportDocumentSchema.parse(JSON.parse(text ?? ''));
}

const asKnown = (facts: readonly Fact[], day: JournalledDay): ReportSources => toldSources({ ...day, facts });

const OF_TARGET = ['target', 'formula'] as const;
const OF_RATE = [
  'hits',
  'misses',
  'setAside',
  'unknown',
  'ratio',
  'wilsonLow',
  'wilsonHigh',
  'guardK',
] as const;
/** Occupancy: the live one goes on into what the seats do now. */
const OF_FIGURES = [
  'asked',
  'answered',
  'abandoned',
  'short',
  'serviceLevel',
  'speedOfAnswerMs',
  'handleTimeMs',
  'abandonRate',
  'longestWaitMs',
] as const;

/** What both the live Report and a report say of one window. */
function livePart(report: HotlineReport | undefined, window: Window) {
  return {
    targets: report?.targets.map((target) => ({
      ...picked(target, OF_TARGET),
      ...picked(
        target.rates.find((one) => one.window === window),
        OF_RATE,
      ),
    })),
    figures: picked(
      report?.figures.find((one) => one.window === window),
      OF_FIGURES,
    ),
  };
}
const reportPart = ({ targets, figures }: HotlineSection) => ({
  targets: targets.map((target) => picked(target, [...OF_TARGET, ...OF_RATE])),
  figures: picked(figures, OF_FIGURES),
});

const picked = <Key extends string>(
  from: Readonly<Record<Key, unknown>> | undefined,
  keys: readonly Key[],
): Record<string, unknown> => Object.fromEntries(keys.map((key) => [key, from?.[key]]));

describe.each([
  ['a working day', 1, '2026-11-16T07:30:00+08:00', 8, ['2026-11-16 late', '2026-11-16']],
  ['a night across midnight', 2, '2026-11-16T19:00:00+08:00', 6, ['2026-11-16 night', '2026-11-17']],
] as const)('%s, watched and journalled', (_what, seed, start, hours, [shift, date]) => {
  it('is reported as the live Report has it, and as its facts have it', { timeout: 120_000 }, async () => {
    const day = await journalledDay(seed, Date.parse(start), hours);
    const reader = someReader(day.file);
    const live = { flush: async () => undefined, runningSpans: () => day.running };
    const sources = journalSources(reader, { keepsNumbers: true, live });
    const told = asKnown(day.watched.book.facts, day);
    const periods = [
      ['shift', shift, 'shift'],
      ['day', date, 'day'],
      ['month', '2026-11', 'month'],
      ['quarter', '2026-Q4', 'month'],
    ] as const;
    for (const [kind, period, window] of periods) {
      const document = await documentOf(day, kind, period, sources);
      expect(document).toEqual(await documentOf(day, kind, period, told));
      for (const hotline of document.hotlines) {
        const report = day.report.hotlines.find((one) => one.hotline === hotline.hotline);
        expect(reportPart(hotline)).toEqual(livePart(report, window));
      }
    }
    // Since the journal knows is since the month's 16th: all there is.
    const month = await documentOf(day, 'month', '2026-11', sources);
    for (const { hotline, volume, outcomes, breaches } of month.hotlines) {
      const report = day.report.hotlines.find((one) => one.hotline === hotline);
      expect(volume.reachedOpen + volume.reachedClosed).toBe(report?.reached);
      expect(volume.notOver).toBe(report?.live.calls);
      for (const outcome of OUTCOMES)
        expect(outcomes.open[outcome] + outcomes.closed[outcome]).toBe(report?.outcomes[outcome]);
      for (const breach of BREACHES) expect(breaches[breach]).toBe(report?.breaches[breach] ?? 0);
    }
    const breaches = month.hotlines.flatMap((hotline) => Object.values(hotline.breaches));
    const breached = breaches.reduce((sum, count) => sum + count, 0);
    expect(month.breachedCalls.length + month.breachedCallsNotListed).toBe(breached);
    expect(breached).toBeGreaterThan(0);
    expect(month.sight.blindTimes.length).toBeGreaterThan(0);
    expect(month.callBacks?.open).toBeGreaterThan(0);
  });
});

describe('ringside report', () => {
  it('writes each format out of a journal that is there', { timeout: 60_000 }, async () => {
    const day = await journalledDay(3, Date.parse('2026-11-16T09:00:00+08:00'), 1);
    const run = async (words: string, format: string, file = day.file) => {
      const [written, complaints]: [string[], string[]] = [[], []];
      const exitCode = await reportOnJournal(
        { words: words.split(' '), format, language: undefined, out: undefined },
        companyOf(day),
        { file, keepsNumbers: true },
        {
          write: (text) => void written.push(text),
          complain: (text) => void complaints.push(text),
          nowMs: () => day.nowMs,
        },
      );
      return { exitCode, written: written.join(''), complaints: complaints.join('') };
    };
    const sources = journalSources(someReader(day.file), { keepsNumbers: true });
    const { exitCode, written } = await run('month 2026-11', 'json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(written)).toEqual(await documentOf(day, 'month', '2026-11', sources));
    const [hotline] = day.report.hotlines;
    expect((await run('today', 'html')).written).toContain(hotline?.title);
    expect((await run('this-shift', 'csv')).written).toContain(`practice,${hotline?.hotline},`);
    expect(await run('month 2026-12', 'html')).toMatchObject({ exitCode: 2, written: '' });
    const none = `${someFolder()}/none.db`;
    expect(await run('today', 'html', none)).toEqual({
      exitCode: 1,
      written: '',
      complaints: `No report: ${none} is not there\n`,
    });
  });

  it('says nothing of callers where no number is kept', { timeout: 60_000 }, async () => {
    const day = await journalledDay(4, Date.parse('2026-11-16T09:00:00+08:00'), 1);
    const sources = journalSources(someReader(day.file), { keepsNumbers: false });
    const document = await documentOf(day, 'day', '2026-11-16', sources);
    expect(document.callBacks).toBeNull();
    expect(document.hotlines.map(({ attempts, lostCallers }) => attempts ?? lostCallers)).toEqual(
      document.hotlines.map(() => null),
    );
  });
});
