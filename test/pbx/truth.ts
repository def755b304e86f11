import type { CallRecord, Fact, Result, SeatState, Target } from '../../src/calls/facts.ts';
import type { Names } from './names.ts';
import type { Placed } from './pbx-config.ts';
import type { AnswerTruth, CallTruth, SeatStretch, Span, StageTruth } from './scenario.ts';
import type { PhoneCall, Timeline } from './timeline.ts';

/** A call's truth with every span in seconds by the outside world's clock and every name the exchange's. */
export interface SettledCall {
  readonly hotline: string;
  /** When the caller dialled, unix ms by the outside world's clock: calls of one hotline are told apart by it. */
  readonly startedMs: number;
  readonly outcome: CallTruth['outcome'];
  readonly endedBy: CallTruth['endedBy'];
  readonly pickupS?: number;
  readonly stages: readonly {
    readonly queue: string;
    readonly end: StageTruth['end'];
    readonly waitS: number;
  }[];
  readonly answer?: {
    readonly by: AnswerTruth['by'];
    readonly seat: string;
    readonly agent: string;
    readonly queue: string;
    readonly waitS: number;
  };
  readonly message?: 'left' | 'none';
  readonly short: boolean;
  readonly talkS?: number;
  readonly holdS?: number;
  readonly transfers?: number;
  readonly lostAfterAnswer: boolean;
  readonly scores: Readonly<Partial<Record<Target, Result>>>;
  readonly breaches: readonly string[];
  readonly test: boolean;
}

/** Everything true of one scenario that was played. */
export interface SettledTruth {
  readonly key: string;
  readonly calls: readonly SettledCall[];
  /** Queue -> how its callers ended there, sorted. */
  readonly queueEnds: Readonly<Record<string, readonly string[]>>;
  /** Seat -> refusals. */
  readonly ringNoAnswer: Readonly<Record<string, number>>;
  readonly unattributed: number;
  readonly transferredIn: number;
  readonly seatStates: readonly {
    readonly phone: string;
    readonly doing: SeatStretch['doing'];
    readonly fromMs: number;
    readonly untilMs: number;
  }[];
  /** Seat -> its state when all is over. */
  readonly finally: Readonly<Record<string, SeatState>>;
  /** What each phone of the scenario did, by the outside world. */
  readonly phones: readonly PhoneCall[];
}

/** Waits agree within this, by the issue; a difference of one second and more is a failure. */
export const TOLERANCE_S = 1;

export function settle({ scenario, names }: Placed, timeline: Timeline): SettledTruth {
  const phones = new Set(Object.keys(scenario.seats ?? {}).map(names.phone));
  return {
    key: scenario.key,
    calls: scenario.truth.map((truth, index) => settleCall(truth, truth.caller ?? index, names, timeline)),
    queueEnds: Object.fromEntries(
      Object.entries(scenario.queueTruth ?? {}).map(([queue, ends]) => [
        names.queue(queue),
        ends.map(({ end, source }) => `${source ?? 'hotline'} ${end}`).toSorted(),
      ]),
    ),
    ringNoAnswer: Object.fromEntries(
      Object.entries(scenario.ringNoAnswer ?? {}).map(([seat, count]) => [names.seat(seat), count]),
    ),
    unattributed: scenario.unlisted === true ? scenario.callers.length : 0,
    transferredIn: scenario.transferredIn ?? 0,
    seatStates: Object.entries(scenario.seatStates ?? {}).flatMap(([seat, stretches]) =>
      stretches.map(({ doing, from, to }) => {
        const fromMs = timeline.mark(names.key, from) ?? Number.NaN;
        const untilMs = typeof to === 'number' ? fromMs + to * 1000 : timeline.mark(names.key, to);
        return { phone: names.phone(seat), doing, fromMs, untilMs: untilMs ?? Number.NaN };
      }),
    ),
    finally: Object.fromEntries(
      Object.keys(scenario.seats ?? {}).map((seat) => [
        names.seat(seat),
        scenario.finally?.[seat] ?? (scenario.seatSetup?.[seat]?.offline === true ? 'offline' : 'idle'),
      ]),
    ),
    phones: timeline.phoneCalls.filter(({ phone }) => phones.has(phone)),
  };
}

function settleCall(truth: CallTruth, caller: number, names: Names, timeline: Timeline): SettledCall {
  const seconds = (span: Span): number => {
    const length = timeline.seconds(names.key, span);
    if (length === undefined) throw new Error(`${names.key}: the outside world never saw ${String(span)}`);
    return length;
  };
  const startedMs = timeline.mark(names.key, `caller${caller}.start`);
  if (startedMs === undefined) throw new Error(`${names.key}: caller ${caller} was never placed`);
  return {
    hotline: names.key,
    startedMs,
    outcome: truth.outcome,
    endedBy: truth.endedBy,
    ...(truth.pickup === undefined ? {} : { pickupS: seconds(truth.pickup) }),
    stages: truth.stages.map(({ queue, end, wait }) => ({
      queue: queue === undefined ? '' : names.queue(queue),
      end,
      waitS: seconds(wait),
    })),
    ...(truth.answer === undefined ? {} : { answer: settleAnswer(truth.answer, names, seconds) }),
    ...(truth.message === undefined ? {} : { message: truth.message }),
    short: truth.short === true,
    ...(truth.talk === undefined
      ? {}
      : { talkS: truth.talk.map(seconds).reduce((sum, length) => sum + length, 0) }),
    ...(truth.hold === undefined ? {} : { holdS: seconds(truth.hold) }),
    ...(truth.transfers === undefined ? {} : { transfers: truth.transfers }),
    lostAfterAnswer: truth.lostAfterAnswer === true,
    scores: truth.scores,
    breaches: truth.breaches ?? [],
    test: truth.test === true,
  };
}

function settleAnswer(
  answer: AnswerTruth,
  names: Names,
  seconds: (span: Span) => number,
): NonNullable<SettledCall['answer']> {
  return {
    by: answer.by,
    seat: answer.seat === undefined ? 'PJSIP/carrier' : names.seat(answer.seat),
    agent: answer.seat === undefined ? 'PJSIP/carrier' : names.agent(answer.seat),
    queue: answer.queue === undefined ? '' : names.queue(answer.queue),
    waitS: seconds(answer.wait),
  };
}

/** Facts of one scenario's hotline, queues and seats against its truth: one readable line for each difference. */
export function differences(truth: SettledTruth, facts: readonly Fact[]): string[] {
  const { key } = truth;
  const records = facts
    .flatMap((fact) => (fact.type === 'call-closed' && fact.hotline === key ? [fact.record] : []))
    .toSorted((a, b) => a.reachedAtMs - b.reachedAtMs);
  const calls = truth.calls.toSorted((a, b) => a.startedMs - b.startedMs);
  const found = [
    ...(records.length === calls.length ? [] : [`calls: ${calls.length} true, ${records.length} told`]),
    ...calls.flatMap((call, index) => {
      const record = records[index];
      const which = calls.length === 1 ? '' : `call ${index + 1}: `;
      return record === undefined ? [] : callDifferences(call, record, facts).map((line) => which + line);
    }),
    ...queueDifferences(truth, facts),
    ...refusalDifferences(truth, facts),
    ...same(
      'transferred in',
      truth.transferredIn,
      facts.filter((fact) => fact.type === 'transferred-in' && fact.hotline === `${key}-second`).length,
    ),
  ];
  return found.map((line) => `${key}: ${line}`);
}

function callDifferences(call: SettledCall, record: CallRecord, facts: readonly Fact[]): string[] {
  const scores: Partial<Record<Target, Result>> = {};
  const breaches: string[] = [];
  for (const fact of facts) {
    if (fact.type === 'scored' && fact.uniqueid === record.uniqueid) scores[fact.target] = fact.result;
    if (fact.type === 'breach' && fact.uniqueid === record.uniqueid) breaches.push(fact.breach);
  }
  return [
    ...same('outcome', call.outcome, record.outcome),
    ...same('ended by', call.endedBy, record.endedBy),
    ...same('message', call.message, record.message),
    ...same('short', call.short, record.short),
    ...same('test', call.test, record.test),
    ...same('taken up', false, record.takenUp),
    ...same('lost after answer', call.lostAfterAnswer, record.lostAfterAnswer),
    ...same('transfers', call.transfers ?? 0, record.transfers),
    ...same('scores', spelled(call.scores), spelled(scores)),
    ...same('breaches', call.breaches.toSorted().join(), breaches.toSorted().join()),
    ...near('pick-up', call.pickupS, record.pickupMs),
    ...stageDifferences(call, record),
    ...answerDifferences(call, record),
    ...(call.talkS === undefined ? [] : near('talk', call.talkS, record.talkMs)),
    // Transfer by keys holds the caller while the digits are dialled: for how long, the outside does not see.
    ...(call.transfers === undefined ? near('hold', call.holdS ?? 0, record.holdMs) : []),
  ];
}

function stageDifferences(call: SettledCall, record: CallRecord): string[] {
  const told = record.stages.map(({ queue, end }) => `${queue || 'dial'}=${end}`).join(' ');
  const truly = call.stages.map(({ queue, end }) => `${queue || 'dial'}=${end}`).join(' ');
  return told === truly
    ? call.stages.flatMap((stage, index) =>
        near(`wait of ${stage.queue || 'dial'}`, stage.waitS, record.stages[index]?.waitMs),
      )
    : same('stages', truly, told);
}

function answerDifferences(call: SettledCall, record: CallRecord): string[] {
  const { answer } = call;
  if (answer === undefined || record.answer === undefined) {
    return same('answer', answer?.seat, record.answer?.seat);
  }
  return [
    ...same('answered by', answer.by, record.answer.by),
    ...same('seat', answer.seat, record.answer.seat),
    ...same('agent', answer.agent, record.answer.agent),
    ...same('queue of the answer', answer.queue, record.answer.queue),
    ...near('wait for the answer', answer.waitS, record.answer.waitMs),
  ];
}

function queueDifferences(truth: SettledTruth, facts: readonly Fact[]): string[] {
  return Object.entries(truth.queueEnds).flatMap(([queue, ends]) => {
    const told = facts
      .flatMap((fact) =>
        fact.type === 'queue-ended' && fact.queue === queue ? [`${fact.source} ${fact.end}`] : [],
      )
      .toSorted();
    return same(`ends in queue ${queue}`, ends.join(', '), told.join(', '));
  });
}

function refusalDifferences(truth: SettledTruth, facts: readonly Fact[]): string[] {
  return Object.entries(truth.ringNoAnswer).flatMap(([seat, count]) =>
    same(
      `refusals of ${seat}`,
      count,
      facts.filter((fact) => fact.type === 'ring-no-answer' && fact.seat === seat).length,
    ),
  );
}

function spelled(scores: Readonly<Partial<Record<Target, Result>>>): string {
  return Object.entries(scores)
    .map(([target, result]) => `${target}=${result}`)
    .toSorted()
    .join(' ');
}
function same(what: string, truly: unknown, told: unknown): string[] {
  return truly === told ? [] : [`${what}: truly ${String(truly)}, told ${String(told)}`];
}
function near(what: string, trulyS: number | undefined, toldMs: number | undefined): string[] {
  if (trulyS === undefined || toldMs === undefined) return same(what, trulyS, toldMs);
  const apartS = Math.abs(trulyS - toldMs / 1000);
  return apartS < TOLERANCE_S
    ? []
    : [`${what}: truly ${trulyS.toFixed(2)} s, told ${(toldMs / 1000).toFixed(2)} s`];
}
