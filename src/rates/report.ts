import { z } from 'zod';
import { OUTCOMES, SEAT_STATES, TARGETS } from '../calls/facts.ts';
import { LINK_STATES } from '../ami/connection.ts';

/**
 * The live read model: numbered, frozen, made when something changed. Boards, `GET /api/report` and gauges read
 * this and nothing else. Instants are unix ms on our clock, durations ms, ratios 0..1; what is not known is null.
 * It holds no caller number.
 */
export const WINDOWS = ['5m', '10m', '30m', '1h', '2h', 'shift', 'day', 'month'] as const;
export type Window = (typeof WINDOWS)[number];

/** norm.md section 1, in the order in which the first that holds is the verdict; `since` = began before we could know. */
export const VERDICTS = [
  'blind',
  'since',
  'no-data',
  'too-few-calls',
  'missing',
  'meeting',
  'on-track',
  'at-risk',
] as const;
export type Verdict = (typeof VERDICTS)[number];

const instant = z.number().describe('unix ms');
const count = z.number().int().nonnegative();
const ratio = z.number().min(0).max(1).nullable();
const durationMs = z.number().nonnegative().nullable();

export const rateSchema = z
  .object({
    window: z.enum(WINDOWS),
    /** Of a rolling window, as of the last change of its counts: it moves on, they do not. */
    fromMs: instant,
    /** Set when the window began before the daemon could know: then there is no verdict. */
    sinceMs: instant.nullable(),
    hits: count,
    misses: count,
    setAside: count,
    unknown: count,
    pending: count,
    ratio,
    wilsonLow: ratio,
    wilsonHigh: ratio,
    /** Fewest misses of n calls that are significant at 5 % (exact binomial); null where no count of misses would be. */
    guardK: z.number().int().nullable(),
    verdict: z.enum(VERDICTS),
  })
  .readonly();
export type Rate = z.infer<typeof rateSchema>;

export const targetReportSchema = z
  .object({
    target: z.enum(TARGETS),
    /** 0..1; null for after-hours, whose target is that nothing is missed. */
    targetRatio: ratio,
    /** The formula in force, in words, with its settings. */
    formula: z.string(),
    rates: z.array(rateSchema).readonly(),
  })
  .readonly();
export type TargetReport = z.infer<typeof targetReportSchema>;

/** The field's own figures (norm.md section 1) over one window. */
export const figuresSchema = z
  .object({
    window: z.enum(WINDOWS),
    asked: count,
    answered: count,
    abandoned: count,
    short: count,
    serviceLevel: ratio,
    speedOfAnswerMs: durationMs,
    handleTimeMs: durationMs,
    abandonRate: ratio,
    longestWaitMs: durationMs,
    /**
     * (talking + on hold + wrap-up + dialling) / (the same + idle + ringing) of the time of the seats that are members,
     * each stretch for as long as it lies in the window, as of the last whole second. Null without such time.
     */
    occupancy: ratio,
  })
  .readonly();
export type Figures = z.infer<typeof figuresSchema>;

export const hotlineReportSchema = z
  .object({
    pbx: z.string(),
    hotline: z.string(),
    title: z.string(),
    kind: z.enum(['attendant', 'people']),
    open: z.boolean(),
    emergency: z.boolean(),
    /** IANA zone of its hours, shifts, days and months. */
    zone: z.string(),
    live: z
      .object({
        calls: count,
        /** Waiting for a person now, and the longest of them. */
        waiting: count,
        longestWaitMs: durationMs,
        talking: count,
      })
      .readonly(),
    /** Since the daemon knows; the standing equation: reached + takenUp = live + the sum of outcomes (tests apart). */
    reached: count,
    takenUp: count,
    transferredIn: count,
    testCalls: count,
    lostAfterAnswer: count,
    outcomes: z.record(z.enum(OUTCOMES), count).readonly(),
    breaches: z.record(z.string(), count).readonly(),
    targets: z.array(targetReportSchema).readonly(),
    figures: z.array(figuresSchema).readonly(),
    serviceLevelS: z.number(),
  })
  .readonly();
export type HotlineReport = z.infer<typeof hotlineReportSchema>;

export const queueReportSchema = z
  .object({
    pbx: z.string(),
    queue: z.string(),
    waiting: count,
    longestWaitMs: durationMs,
    /** Callers in line, longest first; ids are uniqueids, never numbers. */
    callers: z.array(z.object({ uniqueid: z.string(), sinceMs: instant }).readonly()).readonly(),
    connected: count,
    joined: count,
    refused: count,
    takenUp: count,
    /** By how the stage ended. */
    left: z.record(z.string(), count).readonly(),
    /** A seat in several queues counts in each row. */
    members: z.record(z.string(), count).readonly(),
    membersPaused: count,
    /** Logged in, unpaused and reachable (talking counts). */
    staffed: count,
    /** Seats by their state; a seat in several queues counts in each row. */
    seats: z.record(z.enum(SEAT_STATES), count).readonly(),
    /** answered in this queue / (joined + refused - short), per window. */
    rates: z
      .array(z.object({ window: z.enum(WINDOWS), answered: count, of: count, ratio }).readonly())
      .readonly(),
    figures: z.array(figuresSchema).readonly(),
  })
  .readonly();
export type QueueReport = z.infer<typeof queueReportSchema>;

export const seatReportSchema = z
  .object({
    pbx: z.string(),
    /** The state interface; a run of 7 or more digits is masked (norm.md section 7). */
    seat: z.string(),
    agent: z.string(),
    state: z.enum(SEAT_STATES),
    busyWith: z.enum(['queue', 'hotline', 'internal', 'outbound']).nullable(),
    /** Queue or hotline it is busy for. */
    on: z.string(),
    sinceMs: instant,
    /** The event that put it there, in words. */
    why: z.string(),
    paused: z.boolean(),
    pausedReason: z.string(),
    queues: z.array(z.string()).readonly(),
  })
  .readonly();
export type SeatReport = z.infer<typeof seatReportSchema>;

export const pbxReportSchema = z
  .object({
    pbx: z.string(),
    link: z.enum(LINK_STATES),
    release: z.string(),
    /** Null when we see. */
    blindSinceMs: instant.nullable(),
    blindMs: z.number().nonnegative(),
    clockOffsetMs: z.number(),
    unattributed: count,
    trunks: z
      .array(
        z
          .object({
            trunk: z.string(),
            linesInUse: count,
            lines: count.nullable(),
            /** Most at once since the daemon knows, whether or not a Report was made then. */
            peakLinesInUse: count,
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type PbxReport = z.infer<typeof pbxReportSchema>;

export const reportSchema = z
  .object({
    seq: count,
    atMs: instant,
    /** The daemon knows from here on. */
    sinceMs: instant,
    definitionHash: z.string(),
    pbxs: z.array(pbxReportSchema).readonly(),
    hotlines: z.array(hotlineReportSchema).readonly(),
    queues: z.array(queueReportSchema).readonly(),
    /** Each seat once, over all its queues. */
    seats: z.array(seatReportSchema).readonly(),
  })
  .readonly();
export type Report = z.infer<typeof reportSchema>;
