import type { WatchDefinition } from '../hotlines/definition.ts';
import { isQueueOpen } from '../rates/queue-open.ts';
import type { FloorRules } from './floor-rules.ts';
import type { Finding, FloorLook } from './look.ts';

/**
 * Queues that are open with nobody there for too long (norm.md section 6). A queue is open while a hotline that uses it
 * is, an emergency queue always; one that no hotline uses makes no promise. What is not seen is not judged: a queue that
 * stood unstaffed when sight was lost stays so until somebody looks again.
 */
export class UnstaffedQueues {
  readonly #since = new Map<string, number>();

  look({ nowMs, report }: FloorLook, definition: WatchDefinition, rules: FloorRules): Finding[] {
    const findings: Finding[] = [];
    const blind = new Set(
      report.pbxs.flatMap(({ pbx, blindSinceMs }) => (blindSinceMs === null ? [] : [pbx])),
    );
    for (const { pbx, queue, staffed } of report.queues) {
      const key = JSON.stringify([pbx, queue]);
      const isEmpty = staffed === 0 && isQueueOpen(report, definition, pbx, queue);
      if (!blind.has(pbx)) {
        if (!isEmpty) this.#since.delete(key);
        else if (!this.#since.has(key)) this.#since.set(key, nowMs);
      }
      const sinceMs = this.#since.get(key);
      if (sinceMs !== undefined && nowMs - sinceMs >= rules.unstaffedMs) {
        findings.push({ pbx, queue, about: queue, sinceMs });
      }
    }
    return findings;
  }
}
