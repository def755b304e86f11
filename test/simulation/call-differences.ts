import type { CallRecord, Fact } from '../../src/calls/facts.ts';
import type { Entry } from '../../src/simulator/ledger.ts';
import { isOnLimit, type TrueCall } from '../../src/simulator/true-call.ts';

/** Events of one instant are stamped some microseconds apart, up to some milliseconds where many come at once. */
export const SAME_MS = 20;

/** Everything the daemon said of one caller. */
export interface Told {
  readonly opened: number;
  readonly records: readonly CallRecord[];
  readonly scores: readonly { readonly target: string; readonly result: string; readonly atMs: number }[];
  readonly breaches: readonly string[];
  readonly queues: readonly (Fact & { readonly type: 'queue-ended' })[];
}

/** What was said, by the caller's uniqueid. */
export function toldByCaller(facts: readonly Fact[]): ReadonlyMap<string, Told> {
  const told = new Map<string, Gathered>();
  const of = (uniqueid: string): Gathered => {
    const one = told.get(uniqueid) ?? { opened: 0, records: [], scores: [], breaches: [], queues: [] };
    told.set(uniqueid, one);
    return one;
  };
  for (const fact of facts) {
    if (fact.type === 'call-opened') of(fact.uniqueid).opened += 1;
    else if (fact.type === 'call-closed') of(fact.record.uniqueid).records.push(fact.record);
    else if (fact.type === 'scored') of(fact.uniqueid).scores.push(fact);
    else if (fact.type === 'breach') of(fact.uniqueid).breaches.push(fact.breach);
    else if (fact.type === 'queue-ended') of(fact.uniqueid).queues.push(fact);
  }
  return told;
}

type Gathered = { -readonly [K in keyof Told]: Told[K] extends readonly (infer T)[] ? T[] : Told[K] };

const NOTHING: Told = { opened: 0, records: [], scores: [], breaches: [], queues: [] };

/** A caller seen from beginning to end: every word of the record, every score and every breach must be the truth. */
export function callDifferences(entry: Entry, told: Told = NOTHING): string[] {
  const { truth } = entry;
  if (!truth)
    return [
      ...(told.opened === 0 ? [] : ['reached no hotline, told as opened']),
      ...queueDifferences(entry, told),
    ];
  const [record, ...more] = told.records;
  if (!record) return ['never told'];
  if (more.length > 0 || told.opened !== 1)
    return [`opened ${told.opened} times, closed ${told.records.length} times`];
  // Either word is right.
  if (isOnLimit(truth, SAME_MS)) return [];
  return [
    ...recordDifferences(truth, record),
    ...listDifference('scores', truth.scores.map(scoreText), told.scores.map(scoreText)),
    ...told.scores.flatMap((score) => {
      const truly = truth.scores.find(({ target }) => target === score.target);
      return truly && !isNear(truly.atMs, score.atMs)
        ? [`${score.target} scored ${score.atMs - truly.atMs} ms late`]
        : [];
    }),
    ...listDifference('breaches', truth.breaches, told.breaches),
    ...queueDifferences(entry, told),
  ];
}

const scoreText = ({ target, result }: { readonly target: string; readonly result: string }): string =>
  `${target} ${result}`;

function recordDifferences(truth: TrueCall, record: CallRecord): string[] {
  const found: string[] = [];
  const same = (what: string, truly: unknown, said: unknown): void => {
    if (truly !== said) found.push(`${what}: truly ${String(truly)}, told ${String(said)}`);
  };
  const near = (what: string, truly: number | undefined, said: number | undefined): void => {
    const agree = truly === undefined || said === undefined ? truly === said : isNear(truly, said);
    if (!agree) found.push(`${what}: truly ${String(truly)}, told ${String(said)}`);
  };
  for (const what of [
    'hotline',
    'kind',
    'hours',
    'emergency',
    'test',
    'outcome',
    'endedBy',
    'message',
    'short',
    'transfers',
    'lostAfterAnswer',
  ] as const)
    same(what, truth[what], record[what]);
  same('taken up', false, record.takenUp);
  near('reached', truth.reachedMs, record.reachedAtMs);
  near('closed', truth.endedMs, record.closedAtMs);
  near(
    'picked up after',
    truth.upMs === undefined ? undefined : truth.upMs - truth.reachedMs,
    record.pickupMs,
  );
  near('asked', truth.askedMs, record.askedAtMs);
  near('talk', truth.talkMs, record.talkMs);
  near('hold', truth.holdMs, record.holdMs);
  same('answered by', truth.answer?.by, record.answer?.by);
  same('answering seat', truth.answer?.seat, record.answer?.seat);
  same('answering queue', truth.answer?.queue, record.answer?.queue);
  near('answered', truth.answer?.atMs, record.answer?.atMs);
  near('wait for the answer', truth.answer?.waitMs, record.answer?.waitMs);
  same(
    'stages',
    truth.stages.map(({ queue, end }) => `${queue}:${end}`).join(' '),
    record.stages.map(({ queue, end }) => `${queue}:${end}`).join(' '),
  );
  for (const [place, stage] of record.stages.entries()) {
    const truly = truth.stages[place];
    if (!truly) continue;
    near(`stage ${place + 1} began`, truly.fromMs, stage.startedAtMs);
    near(`wait in stage ${place + 1}`, truly.untilMs - truly.fromMs, stage.waitMs);
  }
  return found;
}

/** Queue sums hold everyone who was in a queue, wherever they came from. */
function queueDifferences(entry: Entry, told: Told): string[] {
  const truly: string[] = [];
  const source = entry.truth ? 'hotline' : 'internal';
  for (const moment of entry.moments) {
    if (moment.what === 'left' && moment.queue !== '')
      truly.push(`${moment.queue} ${moment.end} ${moment.seat} ${source}`);
  }
  return listDifference(
    'queues',
    truly,
    told.queues.map(({ queue, end, seat, source: from }) => `${queue} ${end} ${seat} ${from}`),
  );
}

function listDifference(what: string, truly: readonly string[], said: readonly string[]): string[] {
  const [one, other] = [truly, said].map((list) => list.toSorted().join(', '));
  return one === other ? [] : [`${what}: truly [${one}], told [${other}]`];
}

const isNear = (one: number, other: number): boolean => Math.abs(one - other) <= SAME_MS;
