import type { Entry } from '../../src/simulator/ledger.ts';

/** Where a caller of a hotline truly is at an instant. */
export const STAGES = [
  'ringing',
  'attendant',
  'waiting',
  'talking',
  'on hold',
  'passed on',
  'voicemail',
  'after hours',
] as const;
export type Stage = (typeof STAGES)[number];

/** Undefined for who is not on the line then, or reaches no hotline. */
export function stageOf({ truth, moments, reachedMs, endedMs }: Entry, atMs: number): Stage | undefined {
  if (!truth || reachedMs > atMs || endedMs <= atMs) return undefined;
  let stage: Stage = truth.hours === 'closed' ? 'after hours' : 'ringing';
  for (const moment of moments) {
    if (moment.atMs > atMs) break;
    if (moment.what === 'joined') stage = 'waiting';
    else if (moment.what === 'voicemail') stage = 'voicemail';
    else if (moment.what === 'talk-begins' || moment.what === 'unheld') stage = 'talking';
    else if (moment.what === 'held') stage = 'on hold';
    else if (moment.what === 'talk-ends' || moment.what === 'passed-on') stage = 'passed on';
    else if (moment.what === 'left') stage = 'attendant';
    else if (stage === 'ringing' && moment.what !== 'reached') stage = 'attendant';
  }
  return stage;
}
