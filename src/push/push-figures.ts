export const FRAME_KINDS = ['hello', 'snapshot', 'delta', 'heartbeat', 'answer'] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

/** Why a whole board was sent: somebody came, asked for it after a gap, or had read too slowly for what changed. */
export const SNAPSHOT_REASONS = ['join', 'resync', 'slow'] as const;
export type SnapshotReason = (typeof SNAPSHOT_REASONS)[number];

export const CLOSED_REASONS = [
  'left',
  'slow',
  'silent',
  'too-many-frames',
  'broken-frames',
  'not-text',
  'too-large',
  'session-ended',
  'full',
  'stopping',
] as const;
export type ClosedReason = (typeof CLOSED_REASONS)[number];

/** What the push side did since the start; mutated by the hub alone. */
export interface PushFigures {
  clients: number;
  readonly frames: Record<FrameKind, number>;
  /** Boards and changes made into text: one for each scope and change, however many read it. */
  serialisations: number;
  /** Changes that a client was not told one by one, because it reads too slowly. */
  coalesced: number;
  readonly snapshots: Record<SnapshotReason, number>;
  readonly closed: Record<ClosedReason, number>;
}

export function noPushFigures(): PushFigures {
  return {
    clients: 0,
    frames: { hello: 0, snapshot: 0, delta: 0, heartbeat: 0, answer: 0 },
    serialisations: 0,
    coalesced: 0,
    snapshots: { join: 0, resync: 0, slow: 0 },
    closed: {
      left: 0,
      slow: 0,
      silent: 0,
      'too-many-frames': 0,
      'broken-frames': 0,
      'not-text': 0,
      'too-large': 0,
      'session-ended': 0,
      full: 0,
      stopping: 0,
    },
  };
}
