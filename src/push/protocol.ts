import * as z from 'zod';
import { ROLES } from '../access/who.ts';
import { BREACH_KINDS } from '../breaches/breach.ts';
import { MOVE_REFUSALS, MOVE_STATES, STEP_STATES } from '../moves/move.ts';
import {
  figuresSchema,
  hotlineReportSchema,
  pbxReportSchema,
  queueReportSchema,
  rateSchema,
  seatReportSchema,
  targetReportSchema,
} from '../rates/report.ts';

/**
 * What is said over `/live`, one JSON text a frame. The daemon says `hello`, then `snapshot`, then a `delta` for each
 * change and a `heartbeat` while there is none; `hello` once more where it says something else than before (a
 * configuration was reloaded). Whoever reads applies a delta whose `after` is the `seq` it stands at, and asks for a
 * snapshot (`resync`) otherwise. Everything is as the signed-in user may see it: no row, no name and no number of the
 * sequence tells of what is not theirs. Instants are unix ms on the daemon's clock, durations ms.
 */
export const PROTOCOL = 1;
export const HEARTBEAT_MS = 5000;

/** What ends a connection, beside the codes of RFC 6455 (1009 too big, 1012 the daemon stops). */
export const CLOSE = {
  /** A frame that is not text. */
  notText: 1003,
  /** Frames that broke the rules again and again, or too many a minute. */
  tooMany: 1008,
  /** It reads too slowly, or there are too many connections: to be tried again later. */
  tryLater: 1013,
  /** The session ended: signed out, run out, or the user changed. */
  sessionEnded: 4401,
} as const;

/** Bounds of what a client may send. */
export const LARGEST_FRAME_BYTES = 4096;
export const MOST_FRAMES_A_MINUTE = 120;
/** Broken frames are answered; after so many the connection ends. */
export const MOST_BROKEN_FRAMES = 5;

const instant = z.number();
const count = z.number().int().nonnegative();
/** Names one row among its kind; means nothing else. */
const key = z.string();

/** Longest first; `caller` is masked, '' where no number came. */
const waitingCallerSchema = z
  .object({
    uniqueid: z.string(),
    sinceMs: instant,
    caller: z.string(),
    hotline: z.string(),
  })
  .readonly();

/** How long callers of a queue have been willing to wait (Kaplan-Meier, answers censor). */
const patienceSchema = z
  .object({
    waits: count,
    abandons: count,
    /** Under 50 abandons nothing is said. */
    tooFew: z.boolean(),
    /** Half of them would have given up by then; null where it was not reached. */
    medianMs: z.number().nullable(),
    /** One in four would have. */
    quarterMs: z.number().nullable(),
    /** Points of the curve, at most 24: by `waitMs` the share that is still willing. */
    curve: z.array(z.object({ waitMs: z.number(), willing: z.number() }).readonly()).readonly(),
  })
  .readonly();

/** A quarter of an hour, one target: oldest first. */
const trendPointSchema = z.object({ fromMs: instant, hits: count, misses: count }).readonly();

export const pbxRowSchema = z.object({ key, ...pbxReportSchema.unwrap().shape }).readonly();
/**
 * Nothing in a row moves by the passing of time alone: what runs is told by its beginning, and a share of time (occupancy)
 * in whole percents, where nothing else of the row's figures changed at most ten seconds old.
 */
export const hotlineRowSchema = z
  .object({
    key,
    ...hotlineReportSchema.unwrap().shape,
    live: z
      .object({
        calls: count,
        waiting: count,
        /** Since when the longest waits; null where nobody does. */
        longestSinceMs: instant.nullable(),
        talking: count,
      })
      .readonly(),
    /** By target, the last hours in quarters of an hour; empty quarters are left out. */
    trend: z.record(z.string(), z.array(trendPointSchema).readonly()).readonly(),
    /** Null without a journal that keeps numbers. */
    callBacks: z.object({ open: count, overdue: count }).readonly().nullable(),
  })
  .readonly();
export const queueRowSchema = z
  .object({
    key,
    ...queueReportSchema.unwrap().omit({ longestWaitMs: true }).shape,
    callers: z.array(waitingCallerSchema).readonly(),
    patience: patienceSchema,
  })
  .readonly();
export const seatRowSchema = z
  .object({
    key,
    ...seatReportSchema.unwrap().shape,
    /** Masked number of whom it talks to, rings for or dials; ''. */
    caller: z.string(),
    /** The call it is on, where it is one of theirs; ''. */
    uniqueid: z.string(),
    direction: z.enum(['in', 'out']).nullable(),
    /** Queues it is paused in; penalty by queue. */
    pausedIn: z.array(z.string()).readonly(),
    penalties: z.record(z.string(), z.number()).readonly(),
    /** Member rows Asterisk will not let go ("Member not dynamic"), as far as it is known. */
    staticIn: z.array(z.string()).readonly(),
    /** Of the running day, by the agent at it now. */
    today: z
      .object({
        answered: count,
        ringNoAnswer: count,
        endedFirst: count,
        talks: count,
      })
      .readonly(),
  })
  .readonly();
export const breachRowSchema = z
  .object({
    key,
    kind: z.enum(BREACH_KINDS),
    pbx: z.string(),
    hotline: z.string(),
    queue: z.string(),
    /** Key of the seat; ''. */
    seat: z.string(),
    agent: z.string(),
    uniqueid: z.string(),
    sinceMs: instant,
    /** Null while it lasts. */
    untilMs: instant.nullable(),
    acknowledged: z.object({ by: z.string(), atMs: instant }).readonly().nullable(),
  })
  .readonly();
const changeSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('add'), queue: z.string(), penalty: count }),
  z.object({ what: z.literal('remove'), queue: z.string() }),
  z.object({ what: z.literal('transfer'), from: z.string(), to: z.string(), penalty: count }),
  /** `queue` '' means all of theirs. */
  z.object({ what: z.literal('pause'), queue: z.string(), reason: z.string().max(80) }),
  z.object({ what: z.literal('unpause'), queue: z.string() }),
  z.object({ what: z.literal('penalty'), queue: z.string(), penalty: count }),
]);
export const moveRowSchema = z
  .object({
    key,
    pbx: z.string(),
    /** Key of the seat. */
    seat: z.string(),
    agent: z.string(),
    by: z.string(),
    askedAtMs: instant,
    endedAtMs: instant.nullable(),
    change: changeSchema,
    state: z.enum(MOVE_STATES),
    steps: z
      .array(
        z
          .object({
            action: z.string(),
            queue: z.string(),
            state: z.enum(STEP_STATES),
            said: z.string(),
          })
          .readonly(),
      )
      .readonly(),
    canUndo: z.boolean(),
    follows: z.string(),
  })
  .readonly();

/** The kinds of rows, in the order in which they are told. */
export const ROWS = {
  pbxs: pbxRowSchema,
  hotlines: hotlineRowSchema,
  queues: queueRowSchema,
  seats: seatRowSchema,
  breaches: breachRowSchema,
  moves: moveRowSchema,
} as const;
export type RowKind = keyof typeof ROWS;
export type Row<Kind extends RowKind> = z.infer<(typeof ROWS)[Kind]>;
/** Everything one user may see now. */
export type Board = { readonly [Kind in RowKind]: readonly Row<Kind>[] };

const boardSchema = z.object({
  pbxs: z.array(pbxRowSchema),
  hotlines: z.array(hotlineRowSchema),
  queues: z.array(queueRowSchema),
  seats: z.array(seatRowSchema),
  breaches: z.array(breachRowSchema),
  moves: z.array(moveRowSchema),
});

/**
 * Of rows that were there only the fields that changed, beside `key`; a new row is whole. `gone`: keys. Of `targets`,
 * `rates` and `figures`, where a list still has the items it had, not the list is told but an object of the items that
 * changed, by `target` or `window`, each with its fields that changed.
 */
export interface ChangedRows<R> {
  readonly set?: readonly (Patch<R> & { readonly key: string })[] | undefined;
  readonly gone?: readonly string[] | undefined;
}
type Patch<R> = {
  readonly [Field in keyof R]?:
    | R[Field]
    | (Field extends 'targets' | 'rates' | 'figures' ? Readonly<Record<string, object>> : never)
    | undefined;
};
export type Changes = { readonly [Kind in RowKind]?: ChangedRows<Row<Kind>> | undefined };

/** The list, or what changed of which item. */
const listOrItems = <Item extends z.ZodObject>(item: z.ZodReadonly<Item>, lists: z.ZodRawShape = {}) =>
  z.union([z.array(item), z.record(z.string(), item.unwrap().partial().extend(lists))]).optional();
const figures = listOrItems(figuresSchema);
const targets = listOrItems(targetReportSchema, { rates: listOrItems(rateSchema) });
const queueRates = listOrItems(queueReportSchema.unwrap().shape.rates.unwrap().element);

const changed = <Schema extends z.ZodObject>(row: z.ZodReadonly<Schema>, lists: z.ZodRawShape = {}) =>
  z
    .object({
      set: z
        .array(
          row
            .unwrap()
            .partial()
            .extend({ key, ...lists }),
        )
        .optional(),
      gone: z.array(key).optional(),
    })
    .optional();
const changesSchema = z.object({
  pbxs: changed(pbxRowSchema),
  hotlines: changed(hotlineRowSchema, { targets, figures }),
  queues: changed(queueRowSchema, { rates: queueRates, figures }),
  seats: changed(seatRowSchema),
  breaches: changed(breachRowSchema),
  moves: changed(moveRowSchema),
  // What is made for a row of any kind has lost its names: they are those of `Row`.
}) as unknown as z.ZodType<Changes>;

/** Why what a client asked for was not done; nothing was changed by it. */
export const ANSWER_CODES = [
  ...MOVE_REFUSALS,
  /** Not JSON, or none of the frames below: `detail` says where. */
  'bad-frame',
  'too-many',
  'already',
  /** The journal could not take it. */
  'not-kept',
  /** A fault of ours; what was done all the same shows on the board. */
  'failed',
] as const;
export type AnswerCode = (typeof ANSWER_CODES)[number];

export const serverFrameSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    protocol: z.literal(PROTOCOL),
    version: z.string(),
    nowMs: instant,
    heartbeatMs: z.number(),
    who: z.object({
      name: z.string(),
      title: z.string(),
      role: z.enum(ROLES),
      kind: z.enum(['person', 'machine', 'local']),
    }),
    may: z.object({
      move: z.boolean(),
      acknowledge: z.boolean(),
      closeCallBacks: z.boolean(),
      unmask: z.boolean(),
    }),
    /** Offered when a seat is paused; another may be typed. */
    pauseReasons: z.array(z.string()),
  }),
  z.object({ type: z.literal('snapshot'), seq: count, nowMs: instant, board: boardSchema }),
  z.object({ type: z.literal('delta'), after: count, seq: count, nowMs: instant, changes: changesSchema }),
  z.object({ type: z.literal('heartbeat'), seq: count, nowMs: instant }),
  z.discriminatedUnion('ok', [
    z.object({ type: z.literal('answer'), id: z.string(), ok: z.literal(true), result: z.string() }),
    z.object({
      type: z.literal('answer'),
      /** '' where the frame had none that could be read. */
      id: z.string(),
      ok: z.literal(false),
      code: z.enum(ANSWER_CODES),
      detail: z.string(),
    }),
  ]),
]);
export type ServerFrame = z.infer<typeof serverFrameSchema>;

const id = z.string().min(1).max(40);
const name = z.string().min(1).max(200);
export const clientFrameSchema = z.discriminatedUnion('type', [
  /** A gap was seen: the next frame is a snapshot. */
  z.strictObject({ type: z.literal('resync') }),
  /** `result` of its answer: key of the move. */
  z.strictObject({
    type: z.literal('move'),
    id,
    seat: name,
    change: changeSchema,
    /** It was asked, and yes was said: the queue may stand unstaffed. */
    evenUnstaffed: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('undo'), id, move: name, evenUnstaffed: z.boolean().optional() }),
  /** The rest of a half-done move. */
  z.strictObject({ type: z.literal('finish'), id, move: name, evenUnstaffed: z.boolean().optional() }),
  z.strictObject({ type: z.literal('acknowledge'), id, breach: z.string().min(1).max(600) }),
  /** `result`: the number, once; the look is recorded. */
  z.strictObject({ type: z.literal('unmask'), id, pbx: name, uniqueid: name }),
  z.strictObject({
    type: z.literal('close-call-back'),
    id,
    callBack: name,
    reason: z.string().min(1).max(500),
  }),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;
