import type { Sight } from '../access/who.ts';
import type { AttemptsDocument, AttemptUnit } from '../explain/attempts-document.ts';
import type { CallBackList } from '../explain/call-back-list.ts';
import type { CallStoryDocument } from '../explain/story-document.ts';
import type { Language } from '../lib/languages.ts';
import type { CallBackFilter } from '../store/call-back-reads.ts';
import type { CallFilter, CallPage, DefinitionInForce, JournalStatus } from '../store/ports.ts';
import type { ReportsStatus } from './reports-line.ts';
import type { REPORT_FORMATS } from './journal-queries.ts';

export type CallBackAsk = Pick<CallBackFilter, 'pbx' | 'hotline' | 'hotlines' | 'overdue'>;

export interface ReportAsk {
  /** What of it is shown; all of it where it is left out. */
  readonly sees?: Sight;
  readonly kind: 'shift' | 'day' | 'month' | 'quarter';
  /** `2026-11-21 early`, `2026-11-21`, `2026-10`, `2026-Q4`. */
  readonly period: string;
  readonly format: (typeof REPORT_FORMATS)[number];
  /** Undefined: as configured. */
  readonly language: Language | undefined;
}

/**
 * What is read of the journal, filled in by `app`: the routes know nothing of where it comes from. Each rejects where
 * the journal cannot be read; what it rejects with stays inside.
 */
export interface JournalPorts {
  calls(filter: CallFilter): Promise<CallPage>;
  /** In words of `language`; undefined where there is no such call. */
  story(pbx: string, uniqueid: string, language: Language): Promise<CallStoryDocument | undefined>;
  definitions(): Promise<readonly DefinitionInForce[]>;
  /** Of those that are open. */
  callBacks(ask: CallBackAsk): Promise<CallBackList>;
  /** Of the running period where none is named. */
  attempts(ask: {
    readonly unit: AttemptUnit;
    readonly period: string | undefined;
  }): Promise<AttemptsDocument>;
  /** The text of a report; undefined where there is no such period (no such shift, or it has not begun). */
  report(ask: ReportAsk): Promise<string | undefined>;
  status(): JournalStatus;
  /** Undefined where none are written by themselves. */
  reports?(): ReportsStatus | undefined;
}
