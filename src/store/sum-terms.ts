import type { HotlineDefinition, HoursDefinition, WatchDefinition } from '../hotlines/definition.ts';
import { ByPbx } from '../rates/by-pbx.ts';
import { queuesOf, termsOf } from '../rates/tally.ts';
import type { QueueTerms } from '../rates/queue-tally.ts';
import { TALK_BUCKETS_S, waitBucketsS } from '../rates/wait-buckets.ts';
import type { SumKey } from './sums.ts';

/** What of the definition the sums go by: whose hours, which bounds. */
export class SumTerms {
  readonly #hotlines = new ByPbx<HotlineDefinition>();
  readonly #queues = new ByPbx<QueueTerms>();
  readonly #usersOfQueue = new ByPbx<HotlineDefinition[]>();
  readonly #hoursOfPbx = new Map<string, HoursDefinition>();
  readonly #waitBucketsS: readonly number[];

  constructor(definition: WatchDefinition) {
    this.#waitBucketsS = waitBucketsS(definition);
    for (const hotline of definition.hotlines) {
      this.#hotlines.set(hotline.pbx, hotline.name, hotline);
      if (!this.#hoursOfPbx.has(hotline.pbx)) this.#hoursOfPbx.set(hotline.pbx, hotline.hours);
      for (const queue of new Set(hotline.queues)) {
        const users = this.#usersOfQueue.get(hotline.pbx, queue) ?? [];
        this.#usersOfQueue.set(hotline.pbx, queue, [...users, hotline]);
      }
    }
    for (const pbx of definition.pbxs) {
      for (const queue of queuesOf(definition, pbx)) {
        this.#queues.set(pbx.name, queue, termsOf(definition, pbx.name, queue));
      }
    }
  }

  hotline(pbx: string, name: string): HotlineDefinition | undefined {
    return this.#hotlines.get(pbx, name);
  }

  queue(pbx: string, name: string): QueueTerms | undefined {
    return this.#queues.get(pbx, name);
  }

  usersOf(pbx: string, queue: string): readonly HotlineDefinition[] {
    return this.#usersOfQueue.get(pbx, queue) ?? [];
  }

  /** A hotline has its own, a queue its first user's, an exchange and its agents those of its first hotline. */
  hoursOf({ pbx, subject, name }: Pick<SumKey, 'pbx' | 'subject' | 'name'>): HoursDefinition {
    const own =
      subject === 'hotline'
        ? this.hotline(pbx, name)?.hours
        : subject === 'queue'
          ? this.queue(pbx, name)?.hours
          : undefined;
    return own ?? this.#hoursOfPbx.get(pbx) ?? NO_HOURS;
  }

  /** One more wait of so long, as a histogram of Prometheus counts it: in every bucket whose bound it does not pass. */
  waitColumns(waitS: number): Record<string, number> {
    return columnsOf(this.#waitBucketsS, waitS);
  }

  talkColumns(talkS: number): Record<string, number> {
    return columnsOf(TALK_BUCKETS_S, talkS);
  }
}

/** Of an exchange without a hotline. */
const NO_HOURS: HoursDefinition = {
  zone: 'UTC',
  week: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
  exceptions: new Map(),
  shifts: [],
};

/** `count`, `sumMs`, and `le-N` for the one bucket it falls into first: cumulated by who reads. */
function columnsOf(bucketsS: readonly number[], lengthS: number): Record<string, number> {
  const bound = bucketsS.find((candidate) => lengthS <= candidate);
  const first = bound === undefined ? {} : { [`le-${bound}`]: 1 };
  return { count: 1, sumMs: Math.round(lengthS * 1000), ...first };
}
