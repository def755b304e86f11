import type { CompiledConfig } from './config/compile.ts';
import type { Keeping } from './keeping.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import type { Pipeline } from './pipeline.ts';
import { ReportWriter, type WritingSetup } from './reports/report-writer.ts';
import { runningSpans } from './running-spans.ts';

export interface ReportWritingOptions {
  /** In force now. */
  readonly config: () => CompiledConfig;
  readonly keeping: Keeping;
  readonly pipeline: Pipeline;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What writes reports by itself, out of the journal and the times that still run. */
export function reportWriting({ config, keeping, pipeline, clock, log }: ReportWritingOptions): ReportWriter {
  return new ReportWriter({
    setup: () => setupOf(config()),
    flush: () => keeping.journal.flush(),
    runningSpans: () => runningSpans(pipeline.seats(), clock.nowMs()),
    clock,
    log,
  });
}

function setupOf({ definition, roster, journal, reports }: CompiledConfig): WritingSetup {
  const { folder, languages, formats } = reports;
  if (folder === undefined || journal.file === undefined) return undefined;
  const keepsNumbers = journal.keyFile !== undefined;
  return { company: { definition, roster }, journal: journal.file, keepsNumbers, folder, languages, formats };
}
