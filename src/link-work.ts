import type { ReadingStream } from './ami/stream.ts';
import type { EventLag } from './event-lag.ts';
import type { PbxWork } from './metrics/self-metrics.ts';

/** One exchange as it is read. */
export interface Link {
  readonly stream: ReadingStream;
  readonly lag: EventLag;
}

/** What reading it took, for the metrics. */
export function linkWork(pbx: string, { stream, lag }: Link, booksUnbalanced: number): PbxWork {
  const { bytes, known, unknown, dropped } = stream.stats();
  const total = (counts: ReadonlyMap<string, number>): number =>
    counts.values().reduce((sum, count) => sum + count, 0);
  return {
    pbx,
    eventsRead: total(known) + total(unknown),
    unknownEvents: total(unknown),
    bytesRead: bytes,
    droppedBlocks: dropped,
    eventLagMs: lag.lastMs,
    booksUnbalanced,
  };
}
