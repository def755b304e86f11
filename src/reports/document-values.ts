import { z } from 'zod';

/** What the parts of a report document are made of: instants are unix ms, durations ms, ratios 0..1; what is not known is null. */
export const instantMs = z.number().describe('unix ms');
export const durationMs = z.number().nonnegative().describe('ms');
export const count = z.number().int().nonnegative();
export const ratio = z.number().min(0).max(1).nullable().describe('0..1; null where there were no calls');
