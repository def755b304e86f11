import type { RosterDefinition, WatchDefinition } from '../hotlines/definition.ts';
import { Roster } from '../roster/roster.ts';
import { EVERYTHING, type Sight } from '../access/who.ts';
import { buildDocument } from './build-document.ts';
import { readPeriod, type ReadPeriod } from './read-period.ts';
import { readReport } from './read-report.ts';
import { renderCsv } from './render-csv.ts';
import { renderHtml } from './render-html.ts';
import { renderJson } from './render-json.ts';
import type { ReportDocument } from './report-document.ts';
import { hoursOfFrame, type ReportFrame, type ReportKind, type ReportPeriod } from './report-period.ts';
import { theirMaterial } from './their-material.ts';
import type { ReportSources } from './report-sources.ts';
import type { Language } from '../lib/languages.ts';

export const REPORT_FORMATS = ['html', 'csv', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What a report is asked of: the configuration in force, and the journal. */
export interface ReportCompany {
  readonly definition: WatchDefinition;
  readonly roster: RosterDefinition | undefined;
  /** Of a report that is not asked for in another. */
  readonly language: Language;
}

/** Which report is meant, by the company's calendar. */
export function readAsked(words: readonly string[], company: ReportCompany, nowMs: number): ReadPeriod {
  return readPeriod(words, hoursOfFrame(frameOf(company)), nowMs);
}

/** The whole report as text; rejects where the journal cannot be read. */
export async function reportText(
  wanted: {
    readonly period: ReportPeriod;
    readonly format: ReportFormat;
    readonly language: Language;
    readonly sees?: Sight | undefined;
  },
  company: ReportCompany,
  sources: ReportSources,
  nowMs: number,
): Promise<string> {
  const document = await documentOf(wanted.period, company, sources, nowMs, wanted.sees);
  return renderReport(document, wanted.format, wanted.language);
}

/** The report before it is put into words; rejects where the journal cannot be read. */
export async function documentOf(
  period: ReportPeriod,
  company: Omit<ReportCompany, 'language'>,
  sources: ReportSources,
  nowMs: number,
  sees: Sight = EVERYTHING,
): Promise<ReportDocument> {
  const { definition } = company;
  const roster = company.roster === undefined ? undefined : new Roster(company.roster);
  const material = await readReport({ period, frame: frameOf(company), definition, roster, nowMs }, sources);
  return buildDocument(theirMaterial(material, sees));
}

/** For who asks by kind and period (`shift`, `2026-11-21 early`): undefined where there is no such period, or it has not begun. */
export async function reportOf(
  ask: {
    readonly kind: ReportKind;
    readonly period: string;
    readonly format: ReportFormat;
    readonly language: Language | undefined;
    /** What of it is shown; all of it where it is left out. */
    readonly sees?: Sight;
  },
  company: ReportCompany,
  sources: ReportSources,
  nowMs: number,
): Promise<string | undefined> {
  const asked = readAsked([ask.kind, ask.period], company, nowMs);
  if (!asked.ok) return undefined;
  const { format, language = company.language, sees } = ask;
  return await reportText({ period: asked.period, format, language, sees }, company, sources, nowMs);
}

/** Days and shifts of the company: the roster's, which are the configuration's own; without one those of the first hotline. */
export function frameOf({ definition, roster }: Omit<ReportCompany, 'language'>): ReportFrame {
  const first = definition.hotlines[0]?.hours;
  return {
    zone: roster?.zone ?? first?.zone ?? 'UTC',
    shifts: roster?.shifts ?? first?.shifts ?? [],
  };
}

export function renderReport(document: ReportDocument, format: ReportFormat, language: Language): string {
  switch (format) {
    case 'html':
      return renderHtml(document, language);
    case 'csv':
      return renderCsv(document, language);
    case 'json':
      return renderJson(document);
  }
}
