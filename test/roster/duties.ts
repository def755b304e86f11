import { createHash } from 'node:crypto';
import type { RosterDefinition, RosterDuty } from '../../src/hotlines/definition.ts';

export const SHIFTS = [
  { name: 'early', fromMin: 360 },
  { name: 'late', fromMin: 840 },
  { name: 'night', fromMin: 1320 },
];

export const leads = (day: string, shift: string, agent: string): RosterDuty => ({
  day,
  shift,
  role: 'leader',
  pbx: '',
  seat: '',
  agent,
});

export const sits = (day: string, shift: string, seat: string, agent: string): RosterDuty => ({
  day,
  shift,
  role: 'seat',
  pbx: 'hq',
  seat: `PJSIP/${seat}`,
  agent,
});

/** A roster of three shifts a day: early, late and night. */
export function rosterOf(duties: readonly RosterDuty[], zone = 'Asia/Shanghai'): RosterDefinition {
  const hash = createHash('sha256').update(JSON.stringify(duties)).digest('hex').slice(0, 12);
  return { hash, zone, shifts: SHIFTS, duties };
}
