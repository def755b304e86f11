import type { ReportDocument } from './report-document.ts';

/** The document itself, as `reportJsonSchema` has it. */
export function renderJson(document: ReportDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
