import { ReadCounter, ReadGauge, type Families } from './families.ts';

/** How it stands with the reports that are written by themselves; totals since the start. */
export interface ReportFigures {
  /** '' where the last try did not fail. */
  readonly fault: string;
  readonly waiting: number;
  readonly written: number;
  readonly lastWrittenAtMs: number | undefined;
}

/** Whether the report of a shift lies where it is looked for. Without a folder there is nothing to tell. */
export class ReportGauges {
  private readonly families: ReturnType<typeof familiesOf>;

  constructor(families: Families) {
    this.families = familiesOf(families);
  }

  fill(reports: ReportFigures | undefined): void {
    const { families } = this;
    for (const family of Object.values(families)) family.empty();
    if (reports === undefined) return;
    families.up.set({}, reports.fault === '' ? 1 : 0);
    families.waiting.set({}, reports.waiting);
    families.written.set({}, reports.written);
    const { lastWrittenAtMs } = reports;
    families.last.set({}, lastWrittenAtMs === undefined ? undefined : lastWrittenAtMs / 1000);
  }
}

function familiesOf(families: Families) {
  const gauge = (name: string, help: string) => new ReadGauge(families, name, help, []);
  return {
    up: gauge(
      'ringside_reports_up',
      'Whether reports are written by themselves: 0 while their folder or the journal keeps them from being; absent without a folder.',
    ),
    waiting: gauge(
      'ringside_reports_waiting',
      'Shifts, days, months and quarters that are over and whose report could not be written yet.',
    ),
    written: new ReadCounter(
      families,
      'ringside_reports_written_total',
      'Reports written by themselves since the daemon started; one that is written anew counts again.',
      [],
    ),
    last: gauge(
      'ringside_reports_last_written_timestamp_seconds',
      'When a report was last written by itself, unix time.',
    ),
  };
}
