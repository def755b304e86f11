import { maskDigitRuns } from '../lib/mask.ts';
import type { ToldCall } from './told-call.ts';

/** One call for people to read: what became of it, and below it why, each line with the seconds since it began. */
export function callText(call: ToldCall): string {
  const marks = [
    ...(call.test ? ['test caller'] : []),
    ...(call.takenUp ? ['taken up in mid-life'] : []),
    ...(call.hours === 'closed' ? ['after hours'] : []),
    ...(call.record?.short === true ? ['short'] : []),
  ];
  const outcome = call.outcome ?? 'open at the end of the recording';
  const head = [instant(call.startedAtMs), call.hotline, call.caller ?? 'no number', outcome];
  const note = marks.length === 0 ? '' : ` (${marks.join(', ')})`;
  const reasons = call.reasons.map(({ atMs, words, rule }) => {
    const since = `+${Math.max(0, (atMs - call.startedAtMs) / 1000).toFixed(1)}`;
    return `  ${since.padStart(9)} s  ${words} [norm ${rule}]`;
  });
  return `${head.join('  ')}${note}\n${reasons.join('\n')}\n\n`;
}

/** One call as an object for programs. Durations are whole ms; what is not known is null. */
export function callJson(call: ToldCall): string {
  const { record } = call;
  const answer = record?.answer;
  return `${JSON.stringify({
    startedAt: instant(call.startedAtMs),
    endedAt: record === undefined ? null : instant(record.closedAtMs),
    pbx: call.pbx,
    uniqueid: call.uniqueid,
    caller: call.caller,
    hotline: call.hotline,
    kind: call.kind,
    hours: call.hours,
    emergency: call.emergency,
    test: call.test,
    takenUp: call.takenUp,
    outcome: call.outcome,
    endedBy: call.endedBy,
    pickupMs: whole(record?.pickupMs),
    stages: (record?.stages ?? []).map(({ queue, startedAtMs, waitMs, end }) => ({
      queue: queue === '' ? null : queue,
      startedAt: instant(startedAtMs),
      waitMs: whole(waitMs),
      end,
    })),
    answer:
      answer === undefined
        ? null
        : {
            by: answer.by,
            seat: maskDigitRuns(answer.seat),
            agent: maskDigitRuns(answer.agent),
            queue: answer.queue === '' ? null : answer.queue,
            at: instant(answer.atMs),
            waitMs: whole(answer.waitMs),
          },
    message: record?.message ?? null,
    short: record?.short ?? false,
    talkMs: whole(record?.talkMs),
    holdMs: whole(record?.holdMs),
    transfers: record?.transfers ?? 0,
    lostAfterAnswer: record?.lostAfterAnswer ?? false,
    scores: call.scores,
    breaches: call.breaches,
    why: call.reasons.map(({ atMs, words, rule }) => ({ at: instant(atMs), words, rule: `norm ${rule}` })),
  })}\n`;
}

/** Exchanges stamp microseconds; what is shown is cut, not rounded, so that nothing begins after it happened. */
const instant = (ms: number): string => new Date(Math.floor(ms)).toISOString();
const whole = (ms: number | undefined): number | null => (ms === undefined ? null : Math.round(ms));
