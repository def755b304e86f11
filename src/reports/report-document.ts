import { z } from 'zod';
import { BREACHES, OUTCOMES } from '../calls/facts.ts';
import { CERTAINTIES } from '../store/ports.ts';
import { hotlineSectionSchema } from './document-hotline.ts';
import { count, durationMs, instantMs, ratio } from './document-values.ts';
import { REPORT_KINDS } from './report-period.ts';

const agentSchema = z
  .object({
    pbx: z.string(),
    agent: z.string(),
    talks: count.describe('calls answered'),
    talkMs: durationMs.describe('hold included'),
    holdMs: durationMs,
    endedFirst: count.describe('talks the agent ended'),
    endsKnown: count.describe('talks of which it is known who ended them'),
    endedFirstShare: ratio,
    refused: count.describe('offered and not answered (ring-no-answer)'),
    outbound: count,
    outboundAnswered: count,
    pausedMs: durationMs,
    loggedInMs: durationMs.describe('reachable or paused'),
    occupancy: ratio.describe('busy / (busy + idle + ringing) time'),
    listened: count.describe('calls listened to'),
    listenedMonths: z
      .array(
        z
          .object({
            month: z.string(),
            listened: count,
            asNormAsks: z
              .boolean()
              .nullable()
              .describe('1 to 5; null while the month runs and it may yet be'),
          })
          .readonly(),
      )
      .readonly()
      .describe('of a month or a quarter; else empty'),
  })
  .readonly();
export type AgentRow = z.infer<typeof agentSchema>;

const openCallBackSchema = z
  .object({
    pbx: z.string(),
    hotline: z.string().describe('that lost the caller first'),
    firstCall: z.string().describe('uniqueid of the first call that was lost'),
    openedAtMs: instantMs,
    dueAtMs: instantMs,
    ageMs: durationMs,
    overdue: z.boolean(),
    emergency: z.boolean(),
    lostCalls: count,
    lastOutcome: z.enum(OUTCOMES),
    tries: count,
    daysTried: count,
    mayBeGivenUp: z.boolean(),
  })
  .readonly();

const callBackHotlineSchema = z
  .object({
    pbx: z.string(),
    hotline: z.string(),
    open: count.describe('now, whenever they began'),
    overdue: count,
    oldestAgeMs: durationMs.nullable(),
    ended: count.describe('of those whose first lost call is of this period; emergencies too'),
    reachedInTime: count,
    reachedLate: count,
    couldNotBeReached: count,
    closedOtherwise: count,
    emergencies: count.describe('of the ended: due at once, so never in time'),
    due: count.describe('ended or overdue, of this period, emergencies apart'),
    inTimeRatio: ratio.describe('reachedInTime / due'),
  })
  .readonly();
export type CallBackRow = z.infer<typeof callBackHotlineSchema>;

const callBacksSchema = z
  .object({
    asOfMs: instantMs,
    open: count,
    overdue: count,
    openEmergencies: count,
    oldestAgeMs: durationMs.nullable(),
    hotlines: z.array(callBackHotlineSchema).readonly(),
    list: z.array(openCallBackSchema).readonly().describe('overdue first, then by age'),
    notListed: count,
  })
  .readonly();
export type CallBackSection = z.infer<typeof callBacksSchema>;

const exchangeSchema = z
  .object({
    pbx: z.string(),
    unseenSinceMs: instantMs
      .nullable()
      .describe(
        'nobody has watched it since, nothing from then on is in the figures; null where all was watched',
      ),
    blindMs: durationMs,
    blindTimes: count,
    endedUnknown: count.describe('calls that ended while we were blind'),
    missedCalls: count.describe("calls that came and went unseen, by the exchange's own counters"),
    unattributed: count.describe('calls to numbers of no hotline'),
    unknownOrigin: count.describe("calls to a hotline's number from no configured trunk"),
    corrected: count.describe('times the picture was put right'),
  })
  .readonly();

const blindTimeSchema = z
  .object({
    pbx: z.string(),
    fromMs: instantMs,
    untilMs: instantMs,
    endedUnknown: count,
    missedCalls: count.nullable().describe('null where the exchange cannot tell'),
    rebooted: z.boolean(),
  })
  .readonly();

const sightSchema = z
  .object({
    exchanges: z.array(exchangeSchema).readonly(),
    blindTimes: z.array(blindTimeSchema).readonly(),
    blindTimesNotListed: count,
    lostFacts: z
      .array(
        z
          .object({
            pbx: z.string(),
            fromMs: instantMs,
            untilMs: instantMs,
            facts: count,
            seatTimes: count.describe('of the facts: what seats did'),
          })
          .readonly(),
      )
      .readonly()
      .describe('seen, and given up because the journal could not be written: the figures lack them'),
    backfills: z
      .array(
        z
          .object({
            pbx: z.string(),
            hotline: z.string(),
            certainty: z.enum(CERTAINTIES).describe('backfilled or imported'),
            calls: count,
          })
          .readonly(),
      )
      .readonly()
      .describe("calls known from the exchange's own log only; targets say by how much"),
    definitionChanges: z.array(z.object({ atMs: instantMs, hash: z.string() }).readonly()).readonly(),
    notConfigured: z
      .array(z.object({ pbx: z.string(), hotline: z.string() }).readonly())
      .readonly()
      .describe('hotlines that have calls in the period and are not configured now: not in this report'),
    withoutThisShift: z
      .array(z.object({ pbx: z.string(), hotline: z.string() }).readonly())
      .readonly()
      .describe('hotlines whose own hours have no such shift: not in this report'),
  })
  .readonly();

const leaveSchema = z
  .object({
    when: z.enum(['shift-end', 'break']),
    pbx: z.string(),
    seat: z.string(),
    agent: z.string(),
    reason: z.string(),
    leftAtMs: instantMs,
    successorSeat: z.string(),
    successor: z.string(),
    queue: z.string(),
    relievedAtMs: instantMs.nullable().describe('null where nobody came until the end of what is known'),
    gapMs: durationMs,
  })
  .readonly();

const shiftSchema = z
  .object({
    leader: z.string().nullable().describe('null where nobody is named'),
    next: z.object({ key: z.string(), leader: z.string().nullable() }).readonly(),
    handOver: z
      .object({ judged: count, unseen: count, findings: z.array(leaveSchema).readonly() })
      .readonly()
      .nullable()
      .describe('no seat leaves before its successor; null without a roster'),
    leftOpen: z
      .object({ callsNotOver: count, callBacks: count.nullable(), callBacksOverdue: count.nullable() })
      .readonly(),
  })
  .readonly();
export type ShiftSection = z.infer<typeof shiftSchema>;

const breachedCallSchema = z
  .object({
    pbx: z.string(),
    hotline: z.string(),
    uniqueid: z.string(),
    breach: z.enum(BREACHES),
    reachedAtMs: instantMs,
    outcome: z.enum(OUTCOMES).nullable(),
    waitMs: durationMs.nullable(),
    certainty: z.enum(CERTAINTIES),
  })
  .readonly();

/**
 * A shift, day, month or quarter report: the JSON output, and what HTML and CSV are made of. It holds no caller number.
 * Instants are unix ms, durations ms, ratios 0..1; what is not known is null.
 */
export const reportDocumentSchema = z
  .object({
    format: z.literal('ringside-report/1'),
    kind: z.enum(REPORT_KINDS),
    key: z.string().describe('2026-11-21 early, 2026-11-21, 2026-10 or 2026-Q4'),
    fromMs: instantMs,
    untilMs: instantMs.describe('exclusive'),
    zone: z.string().describe('IANA zone of the company'),
    madeAtMs: instantMs,
    state: z.enum(['complete', 'running']),
    sinceMs: instantMs
      .nullable()
      .describe('the journal knows only from here on; null where it knows all of it'),
    settledAtMs: instantMs.describe(
      'until here callers of the last hours may yet get through or give up; those who dial on, later',
    ),
    definitionHash: z.string(),
    hotlines: z.array(hotlineSectionSchema).readonly(),
    agents: z.array(agentSchema).readonly(),
    callBacks: callBacksSchema.nullable().describe("null where callers' numbers are not kept"),
    breachedCalls: z.array(breachedCallSchema).readonly(),
    breachedCallsNotListed: count,
    sight: sightSchema,
    shift: shiftSchema.nullable(),
  })
  .readonly();
export type ReportDocument = z.infer<typeof reportDocumentSchema>;

/** What `--format json` writes, as a JSON Schema (draft 2020-12). */
export function reportJsonSchema(): unknown {
  return z.toJSONSchema(reportDocumentSchema, { io: 'output' });
}
