import type { EventHabits } from './exchange.ts';
import type { Random } from './random.ts';

/** What can befall the practice exchange, or the wire to it, at an instant. */
export const INCIDENTS = [
  'cut',
  'half-message',
  'silence',
  'stall',
  'restart',
  'crash',
  'clock-step',
  'reload',
] as const;
export type IncidentKind = (typeof INCIDENTS)[number];

/** What it may do all the time, within what Asterisk leaves open. */
export const HABITS = ['late-sources', 'repeated-dial-ends', 'pickups', 'racing-lists'] as const;
export type Habit = (typeof HABITS)[number];

export interface Incident {
  readonly kind: IncidentKind;
  /** True time. */
  readonly atMs: number;
  /** How long it stays down, silent, stalled or out of reach; 0 where that means nothing. */
  readonly lastsMs: number;
  /** By how much the clock is set (`clock-step`), how many states are told (`reload`). */
  readonly amount: number;
}

/** Of a stall: Asterisk's queue holds everything for so long, and the far end does not give up before. */
const HARMLESS_STALL_MS = 8000;

/** Decides what will befall the exchange between two instants: `count` incidents of `kinds`, in order of time. */
export function planIncidents(
  random: Random,
  between: { readonly fromMs: number; readonly untilMs: number },
  count: number,
  kinds: readonly [IncidentKind, ...IncidentKind[]],
): readonly Incident[] {
  const incidents: Incident[] = [];
  for (let made = 0; made < count; made += 1) {
    const kind = random.pick(kinds);
    const atMs = random.between(between.fromMs, between.untilMs);
    incidents.push({ kind, atMs, lastsMs: lastsMs(random, kind), amount: amountOf(random, kind) });
  }
  return incidents.sort((one, other) => one.atMs - other.atMs);
}

function lastsMs(random: Random, kind: IncidentKind): number {
  if (kind === 'cut' || kind === 'half-message') return random.pick([0, 0, 2000, 15_000, 90_000]);
  if (kind === 'stall') return random.between(300, HARMLESS_STALL_MS);
  if (kind === 'silence') return random.between(11_000, 40_000);
  if (kind === 'restart' || kind === 'crash') return random.between(1500, 45_000);
  return 0;
}

function amountOf(random: Random, kind: IncidentKind): number {
  if (kind === 'reload') return random.chance(0.05) ? 10_000 : 300;
  if (kind !== 'clock-step') return 0;
  const byMs = random.pick([300, 2500, 17_000, 61_000, 3_600_000]);
  return random.chance(0.5) ? byMs : -byMs;
}

/**
 * Events that come from a thread of their own and so after what happened later (asterisk-facts 1.17), and which thread
 * that is: among its own events it keeps their order.
 */
const LATE: ReadonlyMap<string, string> = new Map([
  ['AgentComplete', 'queue'],
  ['DeviceStateChange', 'devices'],
  ['QueueMemberStatus', 'members'],
  ['ParkedCall', 'parking'],
  ['UnParkedCall', 'parking'],
  ['ParkedCallTimeOut', 'parking'],
  ['ParkedCallGiveUp', 'parking'],
  ['Cdr', 'records'],
]);
const LATE_SHARE = 0.3;
const REPEAT_SHARE = 0.4;

/** Sends what other threads send late, and ends of dials twice; `after` runs a task later, of one instant in order. */
export function eventHabits(
  random: Random,
  habits: ReadonlySet<Habit>,
  at: { readonly nowMs: () => number; readonly after: (atMs: number, task: () => void) => void },
): EventHabits {
  /** When the last delayed event of a thread goes out: what comes after it may not overtake it. */
  const lastMs = new Map<string, number>();
  return {
    send: (name, send) => {
      if (habits.has('repeated-dial-ends') && name === 'DialEnd') {
        send();
        if (random.chance(REPEAT_SHARE)) at.after(at.nowMs() + random.between(0, 30), send);
        return;
      }
      const thread = LATE.get(name);
      if (!habits.has('late-sources') || thread === undefined) return send();
      const nowMs = at.nowMs();
      const delayMs = random.chance(LATE_SHARE) ? random.between(1, 400) : 0;
      const dueMs = Math.max(nowMs + delayMs, lastMs.get(thread) ?? -Infinity);
      if (dueMs <= nowMs) return send();
      lastMs.set(thread, dueMs);
      at.after(dueMs, send);
    },
  };
}
