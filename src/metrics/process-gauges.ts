import { ReadCounter, ReadGauge, type Families } from './families.ts';

/** What the process takes of its machine. */
export interface ProcessFigures {
  readonly startedAtMs: number;
  readonly residentBytes: number;
  /** User and system, of all its threads, since its start. */
  readonly cpuMs: number;
}

/** Of this process, as Node has it; `cpuUsage` is in microseconds. */
export function processNow(): ProcessFigures {
  const { user, system } = process.cpuUsage();
  return {
    startedAtMs: performance.timeOrigin,
    residentBytes: process.memoryUsage.rss(),
    cpuMs: (user + system) / 1000,
  };
}

/** Under the field's names: boards and rules that are there already know them. */
export class ProcessGauges {
  private readonly families: ReturnType<typeof familiesOf>;

  constructor(families: Families) {
    this.families = familiesOf(families);
  }

  fill(figures: ProcessFigures | undefined): void {
    const { families } = this;
    for (const family of Object.values(families)) family.empty();
    if (figures === undefined) return;
    families.started.set({}, figures.startedAtMs / 1000);
    families.resident.set({}, figures.residentBytes);
    families.cpu.set({}, figures.cpuMs / 1000);
  }
}

function familiesOf(families: Families) {
  return {
    started: new ReadGauge(
      families,
      'process_start_time_seconds',
      'When the process started, unix time.',
      [],
    ),
    resident: new ReadGauge(
      families,
      'process_resident_memory_bytes',
      'Memory of the process that is resident.',
      [],
    ),
    cpu: new ReadCounter(
      families,
      'process_cpu_seconds_total',
      'Processor time of the process, user and system, all threads.',
      [],
    ),
  };
}
