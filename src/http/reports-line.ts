import { type Html, html } from './html.ts';
import { timeOfDay } from './wording.ts';

/** How it stands with the reports that are written by themselves, filled in by `app`. */
export interface ReportsStatus {
  /** Why the last try failed; '' where it did not. */
  readonly fault: string;
  /** Periods that are over and have no report yet. */
  readonly waiting: number;
  readonly lastWrittenAtMs: number | undefined;
}

/**
 * One line, loud where a leader would look for a report in vain; none where none are written by themselves.
 * @param seesAll a fault may name the folder, and reports are of everything: who sees a part is told neither
 */
export function reportsLine(status: ReportsStatus | undefined, seesAll: boolean): Html {
  if (status === undefined) return html``;
  const { fault, waiting, lastWrittenAtMs } = status;
  if (!seesAll) {
    return fault === ''
      ? html`<p class="watched"><b>● Reports</b></p>`
      : html`<p class="alarm" role="alert">✕ Reports cannot be written into their folder.</p>`;
  }
  if (fault === '') {
    const last =
      lastWrittenAtMs === undefined
        ? 'none due since the start'
        : `last written ${timeOfDay(lastWrittenAtMs)}`;
    return html`<p class="watched"><b>● Reports</b> <span>${last}</span></p>`;
  }
  const late = waiting === 0 ? '' : ` ${waiting === 1 ? '1 report is' : `${waiting} reports are`} waiting.`;
  return html`<p class="alarm" role="alert">
    ✕ Reports cannot be written into their folder: ${fault}.${late}
  </p>`;
}
