import type { Target } from '../calls/facts.ts';
import { ReadGauge, type Families } from './families.ts';

/** Calls of a hotline that enter a rate on a usual day such as this one. */
export interface UsualCalls {
  readonly pbx: string;
  readonly hotline: string;
  readonly target: Target;
  readonly calls: number;
}

/** What a day's budget of misses is made of before the day is over; read out of the journal, and absent without one. */
export class UsualDayGauge {
  private readonly gauge: ReadGauge<'pbx' | 'hotline' | 'target'>;

  constructor(families: Families) {
    this.gauge = new ReadGauge(
      families,
      'ringside_usual_day_calls',
      'Hits and misses of a day such as this one: mean of the last eight of its weekday that the hotline was open on and that were watched throughout; absent until there are eight.',
      ['pbx', 'hotline', 'target'],
    );
  }

  fill(days: Iterable<UsualCalls>): void {
    this.gauge.empty();
    for (const { pbx, hotline, target, calls } of days) this.gauge.set({ pbx, hotline, target }, calls);
  }
}
