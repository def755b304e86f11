import { judged, NO_LEAVE, UNSEEN_LEAVE, type LeaveCheck } from './leave.ts';
import { absences, isUnseenIn, type Timeline } from './presence.ts';
import type { RosterSeat } from './roster.ts';

interface Leaver {
  readonly seat: RosterSeat;
  readonly leftAtMs: number;
  readonly queues: ReadonlySet<string>;
  readonly reason: string;
}
interface Arrival {
  readonly seat: RosterSeat;
  /** Infinity: not until the end of what is known. */
  readonly atMs: number;
  /** Undefined where nothing is known of the seat. */
  readonly line: Timeline | undefined;
}
type Lines = ReadonlyMap<string, Timeline>;

/** Who sits down this long before the shift begins comes for it. */
const EARLY_MS = 3_600_000;

/**
 * Seats that only the outgoing shift has, relieved by those that only the incoming one has: where fewer come than go,
 * the first to go need no successor. Paired from the last to leave and the last to come backwards, which is the reading
 * that blames the fewest; only seats of one queue can relieve each other.
 */
export function relieve(
  leaving: readonly RosterSeat[],
  arriving: readonly RosterSeat[],
  lines: Lines,
  endMs: number,
): readonly LeaveCheck[] {
  if (leaving.length === 0 || arriving.length === 0) return [];
  const checks: LeaveCheck[] = [];
  const leavers: Leaver[] = [];
  for (const seat of leaving) {
    const leaver = leaverOf(seat, lines.get(`${seat.pbx} ${seat.seat}`), endMs);
    if ('judged' in leaver) checks.push(leaver);
    else leavers.push(leaver);
  }
  const free = arriving.map((seat) => arrivalOf(seat, lines.get(`${seat.pbx} ${seat.seat}`), endMs));
  free.sort((a, b) => b.atMs - a.atMs);
  const knownUntilMs = Math.max(
    ...[...lines.values()].map(({ stretches }) => stretches.at(-1)?.untilMs ?? 0),
  );
  for (const leaver of leavers.toSorted((a, b) => b.leftAtMs - a.leftAtMs)) {
    const index = free.findIndex((arrival) => canRelieve(arrival, leaver));
    const [arrival] = index < 0 ? [] : free.splice(index, 1);
    if (arrival !== undefined) checks.push(checkOf(leaver, arrival, knownUntilMs));
  }
  return checks;
}

function leaverOf(seat: RosterSeat, line: Timeline | undefined, endMs: number): Leaver | LeaveCheck {
  if (line === undefined) return UNSEEN_LEAVE;
  const gap = absences(line).find(({ untilMs }) => untilMs > endMs);
  // Still there, or never was.
  if (gap?.before === undefined) return NO_LEAVE;
  if (!gap.leavingIsSeen) return UNSEEN_LEAVE;
  return { seat, leftAtMs: gap.fromMs, queues: line.queues, reason: gap.reason };
}

function arrivalOf(seat: RosterSeat, line: Timeline | undefined, endMs: number): Arrival {
  const stretches = line?.stretches ?? [];
  let index = stretches.findIndex(
    ({ presence, untilMs }) => presence === 'there' && untilMs > endMs - EARLY_MS,
  );
  while (stretches[index - 1]?.presence === 'there') index -= 1;
  return { seat, atMs: stretches[index]?.fromMs ?? Infinity, line };
}

function canRelieve({ seat, line, atMs }: Arrival, leaver: Leaver): boolean {
  if (seat.pbx !== leaver.seat.pbx) return false;
  const queues: ReadonlySet<string> = line?.queues ?? new Set();
  // Of who was never there nobody knows the queues.
  if (atMs === Infinity || (queues.size === 0 && leaver.queues.size === 0)) return true;
  return [...leaver.queues].some((queue) => queues.has(queue));
}

function checkOf({ seat, leftAtMs, reason }: Leaver, arrival: Arrival, knownUntilMs: number): LeaveCheck {
  const isThere = arrival.atMs !== Infinity;
  const untilMs = isThere ? arrival.atMs : knownUntilMs;
  const check = judged({
    when: 'shift-end',
    pbx: seat.pbx,
    seat: seat.seat,
    agent: seat.agent,
    reason,
    leftAtMs,
    successorSeat: arrival.seat.seat,
    successor: arrival.seat.agent,
    queue: '',
    relievedAtMs: isThere ? arrival.atMs : undefined,
    gapMs: Math.max(0, untilMs - leftAtMs),
  });
  if (check.findings.length === 0) return check;
  // It may have been there where we did not look.
  const { line } = arrival;
  return line === undefined || isUnseenIn(line, leftAtMs, untilMs) ? UNSEEN_LEAVE : check;
}
