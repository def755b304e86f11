import type { Fact, SeatInterval, SeatState } from '../../src/calls/facts.ts';
import type { PhoneCall } from './timeline.ts';
import type { Gap } from './gap.ts';
import { type SettledTruth, TOLERANCE_S } from './truth.ts';

/** What a phone truly did in a stretch of time, and what the seat may be called in it. */
interface Stretch {
  readonly doing: 'ringing' | 'dialling' | 'talking' | 'on hold' | 'at rest' | 'offline' | 'wrap-up';
  readonly fromMs: number;
  readonly untilMs: number;
}

const FITS: Readonly<Record<Stretch['doing'], readonly SeatState[]>> = {
  ringing: ['ringing'],
  dialling: ['dialling'],
  talking: ['talking'],
  'on hold': ['on-hold'],
  'at rest': ['idle', 'wrap-up', 'paused', 'offline'],
  offline: ['offline'],
  'wrap-up': ['wrap-up'],
};

/**
 * Seat intervals against the phones of the outside world: for more than the tolerance, no seat may be told in a state
 * its phone was not in. One line for each stretch that is told wrong.
 */
export function seatDifferences(
  truth: SettledTruth,
  facts: readonly Fact[],
  gaps: readonly Gap[] = [],
): string[] {
  const seats = [...new Set(truth.phones.map(({ phone }) => phone))];
  return seats.flatMap((phone) => {
    const seat = `PJSIP/${phone}`;
    const told = facts.filter(
      (fact): fact is SeatInterval => fact.type === 'seat-interval' && fact.seat === seat,
    );
    const declared = truth.seatStates.filter((stretch) => stretch.phone === phone);
    const lived = stretchesOf(truth.phones.filter((call) => call.phone === phone));
    const all = [...declared, ...lived.flatMap((stretch) => without(stretch, declared))];
    return all
      .flatMap((stretch) => without(stretch, gaps))
      .flatMap((stretch) => wrongIn(stretch, told, gaps).map((line) => `${truth.key}: ${seat}: ${line}`));
  });
}

function wrongIn(stretch: Stretch, told: readonly SeatInterval[], gaps: readonly Gap[]): string[] {
  const fitting = fits(stretch, gaps);
  const rightMs = told
    .filter(({ state }) => fitting.includes(state))
    .reduce((sum, { fromMs, atMs }) => sum + overlapMs(stretch, fromMs, atMs), 0);
  const wrongS = (stretch.untilMs - stretch.fromMs - rightMs) / 1000;
  if (wrongS < TOLERANCE_S) return [];
  const states = told
    .filter(({ state, fromMs, atMs }) => !fitting.includes(state) && overlapMs(stretch, fromMs, atMs) > 0)
    .map(({ state }) => state);
  const instead = states.length === 0 ? 'nothing' : states.join(', ');
  return [`${stretch.doing} for ${lengthS(stretch)} s, of which ${wrongS.toFixed(1)} s told ${instead}`];
}

/** No list of AMI says who is on hold: what was put on hold in a gap, or taken off, cannot be known after it. */
function fits({ doing, fromMs }: Stretch, gaps: readonly Gap[]): readonly SeatState[] {
  const isTalk = doing === 'talking' || doing === 'on hold';
  return isTalk && gaps.some(({ untilMs }) => untilMs === fromMs) ? ['talking', 'on-hold'] : FITS[doing];
}

function overlapMs(stretch: Stretch, fromMs: number, untilMs: number): number {
  return Math.max(0, Math.min(stretch.untilMs, untilMs) - Math.max(stretch.fromMs, fromMs));
}
function lengthS({ fromMs, untilMs }: Stretch): string {
  return ((untilMs - fromMs) / 1000).toFixed(1);
}

/** What is left of a stretch where the scenario says nothing else. */
function without(stretch: Stretch, declared: readonly Omit<Stretch, 'doing'>[]): Stretch[] {
  return declared.reduce<Stretch[]>(
    (left, { fromMs, untilMs }) =>
      left
        .flatMap((part) => [
          { ...part, untilMs: Math.min(part.untilMs, fromMs) },
          { ...part, fromMs: Math.max(part.fromMs, untilMs) },
        ])
        .filter((part) => part.untilMs > part.fromMs),
    [stretch],
  );
}

/** The phone's calls one after another, and the rest between them. */
function stretchesOf(calls: readonly PhoneCall[]): Stretch[] {
  const stretches: Stretch[] = [];
  let restFromMs: number | undefined;
  for (const call of calls.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (restFromMs !== undefined && restFromMs < call.fromMs) {
      stretches.push({ doing: 'at rest', fromMs: restFromMs, untilMs: call.fromMs });
    }
    const endMs = call.endMs ?? call.fromMs;
    const upMs = call.upMs ?? endMs;
    stretches.push({ doing: call.dialling ? 'dialling' : 'ringing', fromMs: call.fromMs, untilMs: upMs });
    let talkFromMs = upMs;
    for (const hold of call.holds) {
      const untilMs = hold.untilMs ?? endMs;
      stretches.push({ doing: 'talking', fromMs: talkFromMs, untilMs: hold.fromMs });
      stretches.push({ doing: 'on hold', fromMs: hold.fromMs, untilMs });
      talkFromMs = untilMs;
    }
    stretches.push({ doing: 'talking', fromMs: talkFromMs, untilMs: endMs });
    restFromMs = Math.max(restFromMs ?? endMs, endMs);
  }
  return stretches;
}
