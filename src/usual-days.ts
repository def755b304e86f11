import type { WatchDefinition } from './hotlines/definition.ts';
import { periodOf } from './hotlines/hours.ts';
import { targetsOf } from './rates/hotline-tally.ts';
import type { ReportReads, UsualDay } from './store/report-reads.ts';

/** How many calls a usual day has, by hotline and target: read anew once its day is another, or its definition. */
export class UsualDays {
  #days: readonly UsualDay[] = [];
  #readFor: WatchDefinition | undefined;
  #dueMs = -Infinity;

  /** Those of the days that `nowMs` lies in: yesterday's weekday is none of today's. */
  list(nowMs: number): readonly UsualDay[] {
    return this.#days.filter(({ untilMs }) => nowMs < untilMs);
  }

  /** Rejects where the journal cannot be read: the next look asks again. */
  async look(
    reader: Pick<ReportReads, 'usualDays'>,
    definition: WatchDefinition,
    nowMs: number,
  ): Promise<void> {
    if (nowMs < this.#dueMs && definition === this.#readFor) return;
    const hotlines = definition.hotlines.map((hotline) => ({
      pbx: hotline.pbx,
      name: hotline.name,
      hours: hotline.hours,
      targets: targetsOf(hotline).filter((target) => target !== 'after-hours'),
    }));
    this.#days = await reader.usualDays({ nowMs, hotlines });
    this.#readFor = definition;
    this.#dueMs = Math.min(...hotlines.map(({ hours }) => periodOf(hours, 'day', nowMs).untilMs));
  }
}
