import type { ReportSources } from './report-sources.ts';
import { documentOf, renderReport, type ReportCompany, type ReportFormat } from './report-text.ts';
import type { Language } from '../lib/languages.ts';
import { reportFileName, type WritingResult, type WritingTask } from './writing-plan.ts';

/** Which reports are to be written, and how; a structured clone of it is as good. */
export interface WritingOrder {
  readonly tasks: readonly WritingTask[];
  readonly company: Omit<ReportCompany, 'language'>;
  readonly languages: readonly Language[];
  readonly formats: readonly ReportFormat[];
  readonly nowMs: number;
}

/**
 * Writes them one after the other; `put` puts a text under its name, `tell` hears of each that is done. Rejects where
 * the journal cannot be read or a text cannot be put: those that were told of are done.
 */
export async function writeReports(
  { tasks, company, languages, formats, nowMs }: WritingOrder,
  sources: ReportSources,
  put: (name: string, text: string) => Promise<void>,
  tell: (result: WritingResult) => void,
): Promise<void> {
  for (const task of tasks) {
    const document = await documentOf(task, company, sources, nowMs);
    const callsNotOver = document.hotlines.reduce((sum, { volume }) => sum + volume.notOver, 0);
    if (!task.onlyIfOver || callsNotOver === 0) {
      const texts = new Map(
        formats.flatMap((format) =>
          // JSON is the same in all of them, and one file.
          languages.map((language) => [reportFileName(task, format, language), [format, language]] as const),
        ),
      );
      for (const [name, [format, language]] of texts)
        await put(name, renderReport(document, format, language));
    }
    tell({ task, callsNotOver });
  }
}
