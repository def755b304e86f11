import type { Fact } from '../../src/calls/facts.ts';
import { ReportBuilder, type Picture } from '../../src/rates/build-report.ts';
import type { Report } from '../../src/rates/report.ts';
import { Tally } from '../../src/rates/tally.ts';
import { someWatch } from './definitions.ts';
import { someCalls, someLink, someSeat } from './picture.ts';

export const REPORT_AT_MS = Date.parse('2026-03-03T12:00:00Z');

/** The Report of exchange `north` at noon, seen since two days before, out of the facts and the picture given. */
export function someReport(
  facts: readonly Fact[] = [],
  picture: Partial<Picture> = {},
  definition = someWatch(),
): Report {
  const tally = new Tally(definition);
  for (const fact of facts) tally.apply(fact);
  const sinceMs = REPORT_AT_MS - 2 * 86_400_000;
  return new ReportBuilder(tally, sinceMs).build({
    nowMs: REPORT_AT_MS,
    calls: [someCalls()],
    seats: [someSeat()],
    links: [someLink({ sinceMs })],
    ...picture,
  });
}
