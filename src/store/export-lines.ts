import type { BlindTime, CallRecord, Fact, Scored, SeatInterval } from '../calls/facts.ts';
import { maskDigitRuns } from '../lib/mask.ts';
import { EXPORT_SCHEMA, type ExportLine } from './export-line.ts';
import type { Certainty } from './ports.ts';

type Line<Type extends ExportLine['type']> = Extract<ExportLine, { type: Type }>;

const schema = EXPORT_SCHEMA;
/** The exchange tells microseconds: whole milliseconds are enough for who counts. */
const instant = (atMs: number): string => new Date(Math.floor(atMs)).toISOString();
const perhaps = (atMs: number | undefined): string | null => (atMs === undefined ? null : instant(atMs));
const lengthOf = (ms: number): number => Math.max(0, ms);

export function headLineOf(
  madeAtMs: number,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): Line<'export'> {
  const bound = (atMs: number): string | null => (Number.isFinite(atMs) ? instant(atMs) : null);
  return { schema, type: 'export', madeAt: instant(madeAtMs), from: bound(fromMs), until: bound(untilMs) };
}

/** All lines of a call that is over; none of one that is not. `caller` as the line has it. */
export function linesOfCall(
  facts: readonly Fact[],
  { caller, certainty }: { readonly caller: string | null; readonly certainty: Certainty },
): readonly ExportLine[] {
  const closed = facts.find((fact) => fact.type === 'call-closed');
  if (closed === undefined) return [];
  const scored = facts.filter((fact) => fact.type === 'scored').map(scoredLineOf);
  return [callLineOf(closed.record, caller, certainty), ...stageLinesOf(closed.record), ...scored];
}

function callLineOf(record: CallRecord, caller: string | null, certainty: Certainty): Line<'call'> {
  const { pbx, uniqueid, hotline, kind, hours, emergency, test, outcome, endedBy, short, transfers } = record;
  const { reachedAtMs, closedAtMs, pickupMs, askedAtMs, answer, message, talkMs, holdMs, lostAfterAnswer } =
    record;
  return {
    schema,
    type: 'call',
    pbx,
    uniqueid,
    hotline,
    kind,
    hours,
    emergency,
    test,
    caller,
    reachedAt: instant(reachedAtMs),
    closedAt: instant(closedAtMs),
    outcome,
    certainty,
    endedBy,
    pickupMs: pickupMs === undefined ? null : lengthOf(pickupMs),
    askedAt: perhaps(askedAtMs),
    answeredBy:
      answer === undefined
        ? null
        : {
            by: answer.by,
            seat: maskDigitRuns(answer.seat),
            agent: maskDigitRuns(answer.agent),
            queue: answer.queue,
            at: instant(answer.atMs),
            waitMs: answer.waitMs === undefined ? null : lengthOf(answer.waitMs),
          },
    message: message ?? null,
    short,
    talkMs: lengthOf(talkMs),
    holdMs: lengthOf(holdMs),
    transfers,
    lostAfterAnswer,
  };
}

function stageLinesOf({ pbx, uniqueid, stages }: CallRecord): readonly Line<'stage'>[] {
  return stages.map(({ queue, startedAtMs, waitMs, end }, i) => ({
    schema,
    type: 'stage',
    pbx,
    uniqueid,
    place: i + 1,
    queue,
    startedAt: instant(startedAtMs),
    waitMs: lengthOf(waitMs),
    end,
  }));
}

function scoredLineOf(fact: Scored): Line<'scored'> {
  const { pbx, uniqueid, hotline, target, result, reachedAtMs, atMs, waitMs } = fact;
  return {
    schema,
    type: 'scored',
    pbx,
    uniqueid,
    hotline,
    target,
    result,
    reachedAt: instant(reachedAtMs),
    scoredAt: instant(atMs),
    waitMs: waitMs === undefined ? null : lengthOf(waitMs),
  };
}

export function seatLineOf(fact: SeatInterval): Line<'seat'> {
  const { pbx, seat, agent, state, busyWith, reason, fromMs, atMs, queues, pausedIn } = fact;
  return {
    schema,
    type: 'seat',
    pbx,
    seat: maskDigitRuns(seat),
    agent: maskDigitRuns(agent),
    state,
    busyWith: busyWith ?? null,
    reason: maskDigitRuns(reason),
    from: instant(fromMs),
    until: instant(atMs),
    queues: [...queues],
    pausedIn: [...pausedIn],
  };
}

export function blindLineOf(fact: BlindTime): Line<'blind'> {
  const { pbx, fromMs, untilMs, openCalls, endedUnknown, takenUp, rebooted, missedCalls } = fact;
  return {
    schema,
    type: 'blind',
    pbx,
    from: instant(fromMs),
    until: instant(untilMs),
    openCalls,
    endedUnknown,
    takenUp,
    rebooted,
    missedCalls: missedCalls ?? null,
  };
}
