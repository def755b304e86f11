import type { Fact, SeatInterval, SeatState } from '../../src/calls/facts.ts';
import type { PhoneCall } from './timeline.ts';
import { type SettledTruth, TOLERANCE_S } from './truth.ts';

/** What a phone truly did in a stretch of time, and what the seat may be called in it. */
interface Stretch {
  readonly doing: 'ringing' | 'dialling' | 'talking' | 'on hold' | 'at rest' | 'offline';
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
};

/**
 * Seat intervals against the phones of the outside world: for more than the tolerance, no seat may be told in a state
 * its phone was not in. One line for each stretch that is told wrong.
 */
export function seatDifferences(truth: SettledTruth, facts: readonly Fact[]): string[] {
  const seats = [...new Set(truth.phones.map(({ phone }) => phone))];
  return seats.flatMap((phone) => {
    const seat = `PJSIP/${phone}`;
    const told = facts.filter(
      (fact): fact is SeatInterval => fact.type === 'seat-interval' && fact.seat === seat,
    );
    if (told.length === 0) return [`${truth.key}: nothing told of ${seat}`];
    const declared = truth.seatStates.filter((stretch) => stretch.phone === phone);
    const lived = stretchesOf(truth.phones.filter((call) => call.phone === phone));
    return [...declared, ...lived.flatMap((stretch) => without(stretch, declared))].flatMap((stretch) =>
      wrongIn(stretch, told).map((line) => `${truth.key}: ${seat}: ${line}`),
    );
  });
}

function wrongIn(stretch: Stretch, told: readonly SeatInterval[]): string[] {
  const wrong = told.filter(({ state }) => !FITS[stretch.doing].includes(state));
  const wrongMs = wrong.map(({ fromMs, atMs }) => overlapMs(stretch, fromMs, atMs));
  const sumS = wrongMs.reduce((sum, ms) => sum + ms, 0) / 1000;
  if (sumS < TOLERANCE_S) return [];
  const states = wrong.filter((_, index) => (wrongMs[index] ?? 0) > 0).map(({ state }) => state);
  return [
    `${stretch.doing} for ${lengthS(stretch)} s, of which ${sumS.toFixed(1)} s told ${states.join(', ')}`,
  ];
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
