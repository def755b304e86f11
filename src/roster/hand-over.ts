import type { Period } from '../hotlines/hours.ts';
import { checkBreak } from './breaks.ts';
import { allTogether, GOOD_LEAVE, judged, NO_LEAVE, UNSEEN_LEAVE, type LeaveCheck } from './leave.ts';
import { absences, timelines, type Absence, type SeatSpan, type Stretch, type Timeline } from './presence.ts';
import type { Roster, RosterSeat } from './roster.ts';
import { relieve } from './relief.ts';

/** A change of agents so far from the end of the shift still is its hand-over: somebody went early or stayed on. */
const CHANGE_WITHIN_MS = 3_600_000;
/** Where the exchange does not tell who is at a phone, its being left is the hand-over only this close to the end of the shift. */
const LEFT_WITHIN_MS = 900_000;

/**
 * The hand-over check of one shift (norm.md section 6: a seat's successor must be there before the seat leaves, also
 * over meals). At the end of the shift the successor is who the roster has next at the same seat; seats that only one
 * of the two shifts has relieve each other in the order of their coming and going (relief.ts). In the middle of a shift
 * it is anybody in the same queue (breaks.ts). `spans`: of all seats, from the beginning of the shift to `knownUntilMs`,
 * those that still run included; what happens after that is judged when it is asked again.
 */
export function checkHandOver(
  roster: Roster,
  shift: Period,
  spans: readonly SeatSpan[],
  knownUntilMs: number,
): LeaveCheck {
  const next = roster.shiftAt(shift.untilMs);
  const untilMs = Math.min(knownUntilMs, next.untilMs);
  const lines = new Map(
    timelines(spans, shift.fromMs, untilMs).map((line) => [placeOf(line), line] as const),
  );
  const outgoing = roster.seatsOf(shift.key);
  const incoming = new Map(roster.seatsOf(next.key).map((seat) => [placeOf(seat), seat]));
  const places = new Set(outgoing.map(placeOf));
  const leaving = outgoing.filter((seat) => !incoming.has(placeOf(seat)));
  const arriving = [...incoming.values()].filter((seat) => !places.has(placeOf(seat)));
  const bySeat = outgoing.flatMap((seat) => {
    const line = lines.get(placeOf(seat));
    const successor = incoming.get(placeOf(seat));
    // Who stays for two shifts hands nothing over.
    const isHandedOver = successor !== undefined && successor.agent !== seat.agent;
    if (line === undefined) return isHandedOver ? [UNSEEN_LEAVE] : [];
    const end = isHandedOver ? endOf(line, shift.untilMs) : undefined;
    const breaks = absences(line).filter((gap) => gap.untilMs < shift.untilMs && gap.fromMs !== end?.fromMs);
    const others = [...lines.values()].filter((other) => other.pbx === seat.pbx && other !== line);
    return [
      ...(isHandedOver ? [atOneSeat(line, end, seat, successor, shift.untilMs)] : []),
      ...breaks.map((gap) => checkBreak(seat, gap, others)),
    ];
  });
  return allTogether([...bySeat, ...relieve(leaving, arriving, lines, shift.untilMs)]);
}

const placeOf = ({ pbx, seat }: { readonly pbx: string; readonly seat: string }): string => `${pbx} ${seat}`;

/** What was the hand-over at a phone: the change of agents, or its being left around the end of the shift. */
const endOf = (line: Timeline, endMs: number): Absence | undefined =>
  changeOfAgents(line, endMs) ?? closest(absences(line), endMs, LEFT_WITHIN_MS);

function atOneSeat(
  line: Timeline,
  gap: Absence | undefined,
  seat: RosterSeat,
  successor: RosterSeat,
  endMs: number,
): LeaveCheck {
  if (gap === undefined) {
    const lastMs = line.stretches.at(-1)?.untilMs ?? endMs;
    return lastMs < endMs + LEFT_WITHIN_MS ? NO_LEAVE : GOOD_LEAVE;
  }
  // Nobody was there to be relieved: a seat that is away is another matter than one that is left.
  if (gap.before === undefined) return NO_LEAVE;
  if (!gap.isSeen) return UNSEEN_LEAVE;
  return judged({
    when: 'shift-end',
    pbx: seat.pbx,
    seat: seat.seat,
    agent: seat.agent,
    reason: gap.reason,
    leftAtMs: gap.fromMs,
    successorSeat: successor.seat,
    successor: successor.agent,
    queue: '',
    relievedAtMs: gap.after?.fromMs,
    gapMs: gap.untilMs - gap.fromMs,
  });
}

/** Where one agent follows another at a phone, closest to the end of the shift. */
function changeOfAgents(line: Timeline, endMs: number): Absence | undefined {
  const changes: Absence[] = absences(line).filter(({ before, after }) => isChange(before, after));
  for (const [i, after] of line.stretches.entries()) {
    const before = line.stretches[i - 1];
    const { fromMs } = after;
    if (before?.presence === 'there' && after.presence === 'there' && isChange(before, after)) {
      changes.push({ before, after, fromMs, untilMs: fromMs, leavingIsSeen: true, isSeen: true, reason: '' });
    }
  }
  return closest(changes, endMs, CHANGE_WITHIN_MS);
}

function isChange(before: Stretch | undefined, after: Stretch | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  return before.agent !== '' && after.agent !== '' && before.agent !== after.agent;
}

function closest(gaps: readonly Absence[], atMs: number, withinMs: number): Absence | undefined {
  const distance = ({ fromMs, untilMs }: Absence): number => Math.max(0, fromMs - atMs, atMs - untilMs);
  const [first] = gaps.toSorted((a, b) => distance(a) - distance(b));
  return first !== undefined && distance(first) <= withinMs ? first : undefined;
}
