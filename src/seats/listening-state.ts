import { z } from 'zod';

/** Somebody who listens to a talk as it is kept for the next start, under the channel that listens. */
const LISTENING_STATE = z.object({
  version: z.literal(1),
  listening: z.object({
    seat: z.string(),
    agent: z.string(),
    /** The seat's channel in the talk. */
    leg: z.string().min(1),
    fromMs: z.number(),
  }),
});

/** Plain JSON; instants by our clock. */
export type ListeningState = z.output<typeof LISTENING_STATE>;

/** As `Listening.stateOf` made it; undefined for anything else. */
export const listeningIn = (kept: unknown): ListeningState['listening'] | undefined =>
  LISTENING_STATE.safeParse(kept).data?.listening;
