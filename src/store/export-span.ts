import { LocalDay } from '../hotlines/local-day.ts';
import type { ExportSpan } from './sqlite-export.ts';

/**
 * `--from` and `--until` of an export, each a date (its first instant in `zone`) or an instant with its offset; the
 * end is not part of it, so that months follow each other without a call twice. What is not given has no bound. A
 * sentence that says what would fit where one does not.
 */
export function exportSpanOf(
  told: { readonly from?: string | undefined; readonly until?: string | undefined },
  zone: string,
): ExportSpan | string {
  const fromMs = told.from === undefined ? -Infinity : instantOf(told.from, zone);
  const untilMs = told.until === undefined ? Infinity : instantOf(told.until, zone);
  if (fromMs === undefined) return misfit('from');
  if (untilMs === undefined) return misfit('until');
  return fromMs < untilMs ? { fromMs, untilMs } : '--until must be later than --from';
}

const misfit = (option: string): string =>
  `--${option} takes a date such as 2026-10-01, or an instant such as 2026-10-01T08:00:00+08:00`;

function instantOf(text: string, zone: string): number | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    try {
      return LocalDay.of(zone, text).fromMs;
    } catch {
      return undefined;
    }
  }
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : atMs;
}
