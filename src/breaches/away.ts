import { ByPbx } from '../rates/by-pbx.ts';
import type { Roster } from '../roster/roster.ts';
import type { LiveSeat } from '../seats/live.ts';
import { allowedMs, type FloorRules } from './floor-rules.ts';
import type { Finding, FloorLook } from './look.ts';

/** Without a roster: seats that were there within this time are expected to be. */
const ON_DUTY_MS = 12 * 3_600_000;

/**
 * Seats that are away (norm.md section 6): too long unreachable without a pause, or paused beyond what the reason allows;
 * in open hours only, and only seats that the running shift names, or that were on duty in the last 12 h where there is
 * no roster. Time before opening, or before the shift began, is nobody's absence. A seat whose state is not known, or
 * whose exchange is not heard, is not judged anew.
 */
export class AwaySeats {
  readonly #onDutyAtMs = new ByPbx<number>();
  readonly #openSinceMs = new Map<string, number>();
  #standing = new Map<string, Finding>();

  look(look: FloorLook, roster: Roster | undefined, rules: FloorRules): Finding[] {
    const { nowMs, report, seats } = look;
    this.#noteOpening(look, roster !== undefined);
    const shift = roster?.shiftAt(nowMs);
    const named =
      shift && new Set(roster?.seatsOf(shift.key).map(({ pbx, seat }) => keyOf({ pbx, interface: seat })));
    const blind = new Set(
      report.pbxs.flatMap(({ pbx, blindSinceMs }) => (blindSinceMs === null ? [] : [pbx])),
    );
    const standing = new Map<string, Finding>();
    for (const seat of seats) {
      const key = keyOf(seat);
      if (blind.has(seat.pbx)) {
        const before = this.#standing.get(key);
        if (before !== undefined) standing.set(key, before);
        continue;
      }
      const isAway = seat.state === 'offline' || seat.state === 'paused';
      if (!isAway && seat.state !== 'unknown') this.#onDutyAtMs.set(seat.pbx, seat.interface, nowMs);
      const openSinceMs = this.#openSinceMs.get(seat.pbx);
      const isExpected = named === undefined ? this.#wasOnDuty(seat, nowMs) : named.has(key);
      if (!isAway || !isExpected || openSinceMs === undefined) continue;
      const sinceMs = Math.max(seat.sinceMs, openSinceMs, shift?.fromMs ?? -Infinity);
      const boundMs = seat.state === 'paused' ? allowedMs(rules, seat.pausedReason) : rules.awayMs;
      if (nowMs - sinceMs < boundMs) continue;
      const { pbx, agent } = seat;
      standing.set(key, { pbx, seat: seat.interface, agent, about: seat.interface, sinceMs });
    }
    this.#standing = standing;
    return [...standing.values()];
  }

  /** An emergency line is open at all hours: without a roster that asks nobody to be there at night. */
  #noteOpening({ nowMs, report }: FloorLook, hasRoster: boolean): void {
    for (const { pbx } of report.pbxs) {
      const own = report.hotlines.filter((row) => row.pbx === pbx);
      const others = own.filter(({ emergency }) => !emergency);
      const judged = hasRoster || others.length === 0 ? own : others;
      if (!judged.some(({ open }) => open)) this.#openSinceMs.delete(pbx);
      else if (!this.#openSinceMs.has(pbx)) this.#openSinceMs.set(pbx, nowMs);
    }
  }

  #wasOnDuty(seat: LiveSeat, nowMs: number): boolean {
    const atMs = this.#onDutyAtMs.get(seat.pbx, seat.interface);
    return atMs !== undefined && nowMs - atMs <= ON_DUTY_MS;
  }
}

const keyOf = (seat: Pick<LiveSeat, 'pbx' | 'interface'>): string =>
  JSON.stringify([seat.pbx, seat.interface]);
