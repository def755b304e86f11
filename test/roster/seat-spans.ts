import type { RosterDuty } from '../../src/hotlines/definition.ts';
import { checkHandOver } from '../../src/roster/hand-over.ts';
import type { SeatSpan } from '../../src/roster/presence.ts';
import { Roster } from '../../src/roster/roster.ts';
import { rosterOf, sits } from './duties.ts';

export const MINUTE_MS = 60_000;
/** Thursday 2026-09-24, 14:00 in Shanghai: early ends, late begins. */
export const END_MS = Date.parse('2026-09-24T14:00:00+08:00');
export const KNOWN_MIN = 120;

export const mins = (minute: number): number => END_MS + minute * MINUTE_MS;

/** A seat from one minute to another, 0 being the end of the shift, in which it is idle in the queue service. */
export function span(
  seat: string,
  agent: string,
  from: number,
  until: number,
  over: Partial<SeatSpan> = {},
): SeatSpan {
  return {
    pbx: 'hq',
    seat: `PJSIP/${seat}`,
    agent,
    state: 'idle',
    reason: '',
    fromMs: mins(from),
    atMs: mins(until),
    queues: ['service'],
    pausedIn: [],
    ...over,
  };
}
export const off = (seat: string, from: number, until: number): SeatSpan =>
  span(seat, '', from, until, { state: 'offline', queues: [] });
export const paused = (seat: string, agent: string, from: number, until: number, reason = ''): SeatSpan =>
  span(seat, agent, from, until, { state: 'paused', pausedIn: ['service'], reason });

/** As text: who left when, who came when, and the gap in seconds. */
export function check(duties: readonly RosterDuty[], spans: readonly SeatSpan[], knownMin = KNOWN_MIN) {
  const roster = new Roster(rosterOf(duties));
  const shift = roster.shiftAt(END_MS - 1);
  const { judged, unseen, findings } = checkHandOver(roster, shift, spans, mins(knownMin));
  const minute = (atMs: number | undefined): string =>
    atMs === undefined ? 'nobody' : String((atMs - END_MS) / MINUTE_MS);
  return {
    judged,
    unseen,
    findings: findings.map(
      (one) =>
        `${one.when} ${one.seat} ${one.agent} ${minute(one.leftAtMs)}..${minute(one.relievedAtMs)} ${one.gapMs / 1_000} s ${one.successorSeat || one.queue}`,
    ),
  };
}
export const right = (judged: number) => ({ judged, unseen: 0, findings: [] });
export const wrong = (...findings: string[]) => ({ judged: 1, unseen: 0, findings });
export const UNSEEN = { judged: 0, unseen: 1, findings: [] };

export const LI = sits('thu', 'early', '101', 'Li');
export const SAME = [LI, sits('thu', 'late', '101', 'Chen')];
export type Case = [string, readonly SeatSpan[], ReturnType<typeof check>];
