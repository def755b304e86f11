import { OUTCOMES, type Outcome } from '../calls/facts.ts';
import { LEFT_REASONS, type LeftReason } from './bring-in.ts';
import type { QueueLogReading } from './queue-log-calls.ts';

/** What became of the calls of a log. */
export interface Imported {
  readonly outcomes: ReadonlyMap<Outcome, number>;
  readonly left: ReadonlyMap<LeftReason, number>;
  /** In the journal before. */
  readonly known: number;
}

/** Why a call was left, as the operator is told. */
const REASONS: Readonly<Record<LeftReason, string>> = {
  'no-hotline': 'their queue is of no hotline',
  'several-hotlines': 'their queue is of several hotlines',
  internal: 'from extensions of the house',
  'no-number': 'without a number: from outside or inside, nobody can tell',
  'inter-exchange':
    'a trunk of this exchange leads to another one: from which side they came, nobody can tell',
  'at-an-edge': 'from the time this exchange was watched, in which they reached no hotline',
  'hours-unclear': 'in the very second the hotline opened or closed',
  'in-progress': 'the log does not tell their end',
  'clock-set': "the exchange's clock has been set since",
};

/** For people at a terminal; holds no number of a caller. */
export function reportOf(
  { file, pbx }: { readonly file: string; readonly pbx: string },
  { lines, broken, repeated, fromS, untilS }: QueueLogReading,
  { outcomes, left, known }: Imported,
  watchedFromMs: number,
): string {
  const brought = OUTCOMES.flatMap((outcome) => {
    const count = outcomes.get(outcome) ?? 0;
    return count === 0 ? [] : [`${count} ${outcome}`];
  });
  const total = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
  const oddLines = [
    broken > 0 ? `${broken} no lines of a queue_log` : '',
    repeated > 0 ? `${repeated} told twice` : '',
  ];
  const odd = oddLines.filter((text) => text !== '').join(', ');
  return [
    `${file}: ${lines} lines from ${dayOf(fromS)} to ${dayOf(untilS)}${odd === '' ? '' : ` (${odd})`}`,
    `${pbx}: ${total} calls brought in${total === 0 ? '' : ` (${brought.join(', ')})`}, ${known} were in the journal before`,
    ...LEFT_REASONS.flatMap((reason) => {
      const count = left.get(reason) ?? 0;
      return count === 0 ? [] : [`left: ${count}, ${REASONS[reason]}`];
    }),
    ...(Number.isFinite(watchedFromMs)
      ? [`since ${new Date(watchedFromMs).toISOString()} the journal knows of this exchange itself`]
      : []),
    '',
  ].join('\n');
}

const dayOf = (atS: number | undefined): string =>
  atS === undefined ? 'nowhen' : new Date(atS * 1000).toISOString().slice(0, 10);
