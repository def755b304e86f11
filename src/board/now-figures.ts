import type { Row } from '../push/protocol.ts';

type Queue = Pick<Row<'queues'>, 'queue' | 'pbx' | 'waiting' | 'callers' | 'patience'>;
type Hotline = Pick<Row<'hotlines'>, 'hotline' | 'title' | 'pbx' | 'live'>;

/** How a wait stands against what callers of its queue have been willing to wait. */
export type WaitLevel = 'calm' | 'past-quarter' | 'past-half';
export const LEVEL_SIGNS: Readonly<Record<WaitLevel, string>> = {
  calm: '',
  'past-quarter': '◆',
  'past-half': '▼',
};

export interface LongestWait {
  readonly sinceMs: number;
  readonly pbx: string;
  /** Where it waits: the queue, or the hotline's title. */
  readonly place: string;
  readonly patience: Row<'queues'>['patience'] | undefined;
}

export function waitLevel(waitMs: number, patience: Row<'queues'>['patience'] | undefined): WaitLevel {
  if (patience === undefined || patience.tooFew) return 'calm';
  if (patience.medianMs !== null && waitMs >= patience.medianMs) return 'past-half';
  return patience.quarterMs !== null && waitMs >= patience.quarterMs ? 'past-quarter' : 'calm';
}

/**
 * Callers who wait now, each once: those in line, and of each hotline those who wait for a person outside any queue
 * (a phone that rings, the way between two queues).
 */
export function waitingNow(queues: readonly Queue[], hotlines: readonly Hotline[]): number {
  const inLine = new Map<string, number>();
  for (const { pbx, callers } of queues) {
    for (const { hotline } of callers) {
      inLine.set(`${pbx}/${hotline}`, (inLine.get(`${pbx}/${hotline}`) ?? 0) + 1);
    }
  }
  const elsewhere = hotlines.map(({ pbx, hotline, live }) =>
    Math.max(0, live.waiting - (inLine.get(`${pbx}/${hotline}`) ?? 0)),
  );
  return sum(queues.map(({ waiting }) => waiting)) + sum(elsewhere);
}

export function longestWait(queues: readonly Queue[], hotlines: readonly Hotline[]): LongestWait | undefined {
  const ofQueues = queues.flatMap(({ callers: [first], pbx, queue: place, patience }) =>
    first === undefined ? [] : [{ sinceMs: first.sinceMs, pbx, place, patience }],
  );
  const ofHotlines = hotlines.flatMap(({ live: { longestSinceMs: sinceMs }, pbx, title: place }) =>
    sinceMs === null ? [] : [{ sinceMs, pbx, place, patience: undefined }],
  );
  // The queue is told where both say the same: it is the place where something can be done.
  return [...ofQueues, ...ofHotlines].reduce<LongestWait | undefined>(
    (longest, one) => (longest === undefined || one.sinceMs < longest.sinceMs ? one : longest),
    undefined,
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
