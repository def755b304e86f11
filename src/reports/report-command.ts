import { writeFile } from 'node:fs/promises';
import type { Clock } from '../lib/clock.ts';
import type { ReportSources } from './report-sources.ts';
import { readAsked, REPORT_FORMATS, reportText, type ReportCompany } from './report-text.ts';
import { LANGUAGES } from '../lib/languages.ts';

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
export interface ReportPorts extends ReportCompany {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly sources: ReportSources;
  readonly write: (text: string) => void | Promise<void>;
  readonly complain: (text: string) => void;
}

/** What the command line asks for is checked before the journal is read. Exit code 0, 2 for a misuse, 1 where it failed. */
export async function runReport(options: ReportOptions, ports: ReportPorts): Promise<number> {
  const { complain } = ports;
  const misuse = (message: string): number => {
    complain(`${message}\n`);
    return 2;
  };
  const format = REPORT_FORMATS.find((candidate) => candidate === (options.format ?? 'html'));
  if (format === undefined) return misuse(`--format is one of ${REPORT_FORMATS.join(', ')}.`);
  const language = LANGUAGES.find((candidate) => candidate === (options.language ?? ports.language));
  if (language === undefined) return misuse(`--language is one of ${LANGUAGES.join(', ')}.`);
  const nowMs = ports.clock.nowMs();
  const asked = readAsked(options.words, ports, nowMs);
  if (!asked.ok) return misuse(asked.message);
  try {
    const wanted = { period: asked.period, format, language };
    return await deliver(await reportText(wanted, ports, ports.sources, nowMs), options, ports);
  } catch (cause) {
    complain(`No report: ${cause instanceof Error ? cause.message : String(cause)}\n`);
    return 1;
  }
}

async function deliver(text: string, { out }: ReportOptions, ports: ReportPorts): Promise<number> {
  if (out === undefined) {
    await ports.write(text);
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
  await ports.write(`${out}\n`);
  return 0;
}
