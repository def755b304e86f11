import type { WatchDefinition } from '../hotlines/definition.ts';
import type { PatienceFigures } from '../rates/patience.ts';
import { isQueueOpen } from '../rates/queue-open.ts';
import type { Report } from '../rates/report.ts';
import { ReadGauge, type Families } from './families.ts';
import { inSeconds } from './figure-gauges.ts';

const IN_QUEUE = ['pbx', 'queue'] as const;

/** How patient the callers of a queue are (rates/patience.ts); undefined where there is nobody to ask. */
export type PatienceOf = (
  pbx: string,
  queue: string,
) => Pick<PatienceFigures, 'quarterMs' | 'medianMs'> | undefined;

/** What callers of a queue may expect of it, and how long they do. */
export class QueueGauges {
  private readonly open: ReadGauge<(typeof IN_QUEUE)[number]>;
  private readonly patience: ReadGauge<(typeof IN_QUEUE)[number] | 'share'>;

  constructor(families: Families) {
    this.open = new ReadGauge(
      families,
      'ringside_queue_open',
      'Whether a hotline that uses the queue is in its staffed hours now; one for emergencies always is.',
      IN_QUEUE,
    );
    this.patience = new ReadGauge(
      families,
      'ringside_queue_patience_seconds',
      'By then that share of the callers of a queue would have given up, if nobody answered (Kaplan-Meier); absent under 50 callers who did.',
      [...IN_QUEUE, 'share'],
    );
  }

  /** In steps: one for each queue. */
  *fill(report: Report, definition: WatchDefinition, patienceOf: PatienceOf): Generator<void> {
    this.open.empty();
    this.patience.empty();
    for (const { pbx, queue } of report.queues) {
      this.open.set({ pbx, queue }, isQueueOpen(report, definition, pbx, queue) ? 1 : 0);
      const figures = patienceOf(pbx, queue);
      if (figures !== undefined) {
        this.patience.set({ pbx, queue, share: '0.25' }, inSeconds(figures.quarterMs));
        this.patience.set({ pbx, queue, share: '0.5' }, inSeconds(figures.medianMs));
      }
      yield;
    }
  }
}
