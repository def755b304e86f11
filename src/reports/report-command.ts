import { writeFile } from 'node:fs/promises';
import type { RosterDefinition, WatchDefinition } from '../hotlines/definition.ts';
import type { Clock } from '../lib/clock.ts';
import { Roster } from '../roster/roster.ts';
import { buildDocument } from './build-document.ts';
import { readPeriod } from './read-period.ts';
import { readReport } from './read-report.ts';
import { renderCsv } from './render-csv.ts';
import { renderHtml } from './render-html.ts';
import { renderJson } from './render-json.ts';
import type { ReportDocument } from './report-document.ts';
import { hoursOfFrame, type ReportFrame } from './report-period.ts';
import type { ReportSources } from './report-sources.ts';
import { LANGUAGES, type Language } from './report-words.ts';

const FORMATS = ['html', 'csv', 'json'] as const;
type Format = (typeof FORMATS)[number];

/** As they were written on the command line. */
export interface ReportOptions {
  /** `['month', '2026-10']`, `['shift', '2026-11-21', 'early']`, `['yesterday']`. */
  readonly words: readonly string[];
  /** Default html. */
  readonly format: string | undefined;
  /** Default: that of the configuration. */
  readonly language: string | undefined;
  /** File to write, never overwritten; undefined: standard output. */
  readonly out: string | undefined;
}
export interface ReportPorts {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly definition: WatchDefinition;
  readonly roster: RosterDefinition | undefined;
  /** Of the configuration. */
  readonly language: Language;
  readonly sources: ReportSources;
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
}

/** What the command line asks for is checked before the journal is read. Exit code 0, 2 for a misuse, 1 where it failed. */
export async function runReport(options: ReportOptions, ports: ReportPorts): Promise<number> {
  const { definition, complain } = ports;
  const misuse = (message: string): number => {
    complain(`${message}\n`);
    return 2;
  };
  const format = FORMATS.find((candidate) => candidate === (options.format ?? 'html'));
  if (format === undefined) return misuse(`--format is one of ${FORMATS.join(', ')}.`);
  const language = LANGUAGES.find((candidate) => candidate === (options.language ?? ports.language));
  if (language === undefined) return misuse(`--language is one of ${LANGUAGES.join(', ')}.`);
  const frame = frameOf(definition, ports.roster);
  const nowMs = ports.clock.nowMs();
  const asked = readPeriod(options.words, hoursOfFrame(frame), nowMs);
  if (!asked.ok) return misuse(asked.message);
  const roster = ports.roster === undefined ? undefined : new Roster(ports.roster);
  try {
    const material = await readReport(
      { period: asked.period, frame, definition, roster, nowMs },
      ports.sources,
    );
    return await deliver(renderReport(buildDocument(material), format, language), options, ports);
  } catch (cause) {
    complain(`No report: ${cause instanceof Error ? cause.message : String(cause)}\n`);
    return 1;
  }
}

/** Days and shifts of the company: the roster's, which are the configuration's own; without one those of the first hotline. */
export function frameOf(definition: WatchDefinition, roster: RosterDefinition | undefined): ReportFrame {
  const first = definition.hotlines[0]?.hours;
  return {
    zone: roster?.zone ?? first?.zone ?? 'UTC',
    shifts: roster?.shifts ?? first?.shifts ?? [],
  };
}

export function renderReport(document: ReportDocument, format: Format, language: Language): string {
  switch (format) {
    case 'html':
      return renderHtml(document, language);
    case 'csv':
      return renderCsv(document, language);
    case 'json':
      return renderJson(document);
  }
}

async function deliver(text: string, { out }: ReportOptions, ports: ReportPorts): Promise<number> {
  if (out === undefined) {
    ports.write(text);
    return 0;
  }
  try {
    // It names people: for the one who asked.
    await writeFile(out, text, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    const why = cause instanceof Error ? cause.message : String(cause);
    ports.complain(isThere ? `${out} is there already: it is not overwritten.\n` : `${out}: ${why}\n`);
    return 1;
  }
  ports.write(`${out}\n`);
  return 0;
}
