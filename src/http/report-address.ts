import { didYouMean } from '../config/nearest.ts';
import type { ReportAsk } from './journal-ports.ts';

/** What each kind of report is named by. */
const PERIODS: Readonly<Record<ReportAsk['kind'], { readonly form: RegExp; readonly expected: string }>> = {
  shift: {
    form: /^\d{4}-\d{2}-\d{2} [^\p{Cc}]{1,60}$/u,
    expected:
      'a day and the name of its shift, such as "2026-11-21 early" (in an address: 2026-11-21%20early)',
  },
  day: { form: /^\d{4}-\d{2}-\d{2}$/, expected: 'a day such as 2026-11-21' },
  month: { form: /^\d{4}-(0[1-9]|1[0-2])$/, expected: 'a month such as 2026-11' },
  quarter: { form: /^\d{4}-Q[1-4]$/, expected: 'a quarter such as 2026-Q4' },
};
const KINDS = Object.keys(PERIODS);

type ReadPeriod =
  | { readonly ok: true; readonly value: Pick<ReportAsk, 'kind' | 'period'> }
  | { readonly ok: false; readonly mistake: string };

/** Kind and period of a report as its address names them. */
export function readPeriod(kind: string, period: string): ReadPeriod {
  if (!isKind(kind)) {
    return { ok: false, mistake: `there are reports of ${KINDS.join(', ')}${didYouMean(kind, KINDS)}` };
  }
  const { form, expected } = PERIODS[kind];
  if (form.test(period)) return { ok: true, value: { kind, period } };
  return { ok: false, mistake: `a ${kind} report: expected ${expected}` };
}

const isKind = (kind: string): kind is ReportAsk['kind'] => Object.hasOwn(PERIODS, kind);
