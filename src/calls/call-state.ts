import { z } from 'zod';
import { RESULTS, STAGE_ENDS } from './facts.ts';

/**
 * A call that is not over as it is kept for the next start: what is not so, empty or nothing is left out. Holds no
 * caller's number; in channels' names digits that may be somebody's number are masked.
 */

/** The exchange's clock, and ours. */
export const STAMP = z.tuple([z.number(), z.number()]);
const no = z.boolean().default(false);
const empty = z.string().default('');
const nothing = z.number().default(0);

export const CHANNEL = z.object({
  id: z.string().min(1),
  name: empty,
  state: nothing,
  created: STAMP,
  inbound: no,
  dialler: z.string().optional(),
  /** Only where it says that this is nobody's. */
  dialString: empty,
  rangSomebody: no,
  hangupRequested: no,
  hangupRequestedPbxMs: z.number().optional(),
});

const PARTNER = z.object({
  channel: z.string(),
  by: z.enum(['seat', 'outside']),
  seat: empty,
  agent: empty,
  queue: empty,
  fromPbxMs: z.number(),
  holdFromPbxMs: z.number().optional(),
  holdMs: nothing,
  transferred: no,
  parted: z.object({ pbxMs: z.number(), atMs: z.number(), blind: z.boolean() }).optional(),
});

const OPEN_STAGE = z.object({
  queue: empty,
  enteredAs: z.string(),
  started: STAMP,
  takenUp: no,
  source: z.enum(['hotline', 'internal']),
  leftPbxMs: z.number().optional(),
  gaveUp: no,
  connected: z.object({ interface: z.string(), memberName: z.string() }).optional(),
  legAnswered: no,
  legStatus: empty,
});

const STAGE = z.object({
  queue: z.string(),
  startedAtMs: z.number(),
  waitMs: z.number(),
  end: z.enum(STAGE_ENDS),
});

const ANSWER = z.object({
  by: z.enum(['seat', 'outside']),
  seat: z.string(),
  agent: z.string(),
  queue: z.string(),
  atMs: z.number(),
  waitMs: z.number().optional(),
});

const SCORE = z.enum([...RESULTS, 'unseen']).optional();

export const OPEN_CALL_STATE = z.object({
  version: z.literal(1),
  /** '' for a caller from inside. */
  hotline: empty,
  hours: z.enum(['open', 'closed']),
  test: no,
  takenUp: no,
  emergency: no,
  reached: STAMP,
  /** Absent where it was never out of sight. */
  seenSincePbxMs: z.number().optional(),
  perhapsAnswered: no,
  attended: no,
  wasUp: no,
  upPbxMs: z.number().optional(),
  asked: STAMP.optional(),
  askedUnseen: no,
  beforeWatch: no,
  voicemail: no,
  voicemailId: empty,
  message: z.enum(['left', 'none']).optional(),
  hungUp: z
    .object({ pbxMs: z.number(), atMs: z.number(), cause: z.number(), byCaller: z.boolean() })
    .optional(),
  /** Its channel is gone and another is to take its place in a queue. */
  displaced: no,
  stages: z.array(STAGE).default([]),
  open: OPEN_STAGE.optional(),
  step: z.object({ uniqueid: z.string(), application: z.string(), data: z.string(), at: STAMP }).optional(),
  answer: ANSWER.optional(),
  scored: z.object({ auto: SCORE, transfer: SCORE, direct: SCORE, 'after-hours': SCORE }).default({}),
  partners: z.array(PARTNER).default([]),
  parted: z.array(PARTNER).default([]),
  answeringQueue: empty,
  talkFromPbxMs: z.number().optional(),
  talkMs: nothing,
  holdMs: nothing,
  transfers: nothing,
  rangOut: z.array(z.string()).default([]),
  adrift: no,
  passedTo: z.array(z.string()).default([]),
  /** The caller's own first. */
  channels: z.array(CHANNEL).min(1),
});

/** Plain JSON. */
export type OpenCallState = z.input<typeof OPEN_CALL_STATE>;
/** With everything that was left out. */
export type WholeCallState = z.output<typeof OPEN_CALL_STATE>;
export type ChannelState = WholeCallState['channels'][number];
