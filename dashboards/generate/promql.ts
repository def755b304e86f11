/** Which series a board shows: what its variables at the top chose. `$job` is the scrape job of the daemons. */
type Chosen = 'hotline' | 'queue' | 'pbx' | 'daemon';

const CHOSEN: Readonly<Record<Chosen, string>> = {
  hotline: 'job=~"$job",pbx=~"$pbx",hotline=~"$hotline"',
  queue: 'job=~"$job",pbx=~"$pbx",queue=~"$queue"',
  pbx: 'job=~"$job",pbx=~"$pbx"',
  daemon: 'job=~"$job"',
};

const selector =
  (chosen: Chosen) =>
  (name: string, matchers = ''): string =>
    `${name}{${CHOSEN[chosen]}${matchers === '' ? '' : `,${matchers}`}}`;

/** Selectors: the series `name` of what is chosen, with further matchers as PromQL spells them. */
export const ofHotlines = selector('hotline');
export const ofQueues = selector('queue');
export const ofExchanges = selector('pbx');
export const ofDaemons = selector('daemon');

/** A gauge as it is: where a daemon moved to another machine, its series go on. */
export const nowOf = (selected: string): string => `max without (instance) (${selected})`;

/** A gauge by these labels alone, for a row of a table; job is hidden there, but keeps two daemons apart. */
export const rowOf = (selected: string, labels: string): string => `max by (job,pbx,${labels}) (${selected})`;

/**
 * Events of a counter in each step of a graph, every one exactly once: `c - c offset w`, as `increase` guesses at the
 * edges. Where the counter was reset in a step (or between its first instant and the next scrape: something in it is
 * less than what it began with) nothing is said of that step: a count too low is a wrong count.
 */
export const countedIn = (selected: string, labels: string): string =>
  `sum by (${labels}) (${selected} - ${selected} offset $__interval unless (` +
  `resets(${selected}[$__interval]) > 0 or min_over_time(${selected}[$__interval]) < ${selected} offset $__interval))`;

/** Events of a counter in all the time that is shown, or since the daemon began to count in it. */
export const countedShown = (selected: string, labels: string): string =>
  `sum by (job,pbx,${labels}) (${selected} - min_over_time(${selected}[$__range]))`;

/**
 * A figure with a gap where its exchange is not seen: calls of before would draw it on through that time, and no data is
 * never 100 %. It has the labels job and pbx.
 */
export const whileSeen = (figure: string): string =>
  `${figure} unless on (job,pbx) min without (instance) (${ofExchanges('ringside_blind')}) == 1`;

/** What a share of the waits or talks of each hotline in the window stayed below; nothing without one (0 / 0 is no number). */
export const quantileOf = (share: number, histogram: string): string =>
  `histogram_quantile(${share}, sum by (le,job,pbx,hotline) (rate(${ofHotlines(`${histogram}_bucket`)}[$window]))) >= 0`;

/** The share beside it stands for calls only where there were so many in the window (increase() guesses at its edges). */
export const ofSoMany = (calls: number, histogram: string): string =>
  `and on (job,pbx,hotline) sum by (job,pbx,hotline) (increase(${ofHotlines(`${histogram}_count`)}[$window])) > ${calls - 0.5}`;

/** How many a second. */
export const perSecond = (selected: string, labels: string): string =>
  `sum by (${labels}) (rate(${selected}[$__rate_interval]))`;
