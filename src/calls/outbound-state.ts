import { z } from 'zod';
import { brief } from './brief.ts';
import { CHANNEL, STAMP } from './call-state.ts';
import type { Calls } from './calls.ts';
import type { CallsContext } from './context.ts';
import type { Outbound } from './outbound.ts';
import { stateOfChannel } from './state-of.ts';

/**
 * A seat's call outside that is not over as it is kept for the next start, under its seat's channel. It holds no
 * number: that of one that was answered is sealed in the journal, for all others the first picture tells it.
 */
const OUTBOUND_STATE = z.object({
  version: z.literal(1),
  outbound: z.object({
    seat: z.string(),
    agent: z.string(),
    answered: STAMP.optional(),
    perhapsAnswered: z.boolean().default(false),
    legEndedPbxMs: z.number().optional(),
    /** The seat's own, and the one on the trunk while it lives. */
    channels: z.array(CHANNEL).min(1).max(2),
  }),
});

/** Plain JSON. */
export type OutboundState = z.input<typeof OUTBOUND_STATE>;

export function stateOfOutbound(context: CallsContext, call: Outbound): OutboundState {
  const { seatChannel, leg, answered, seat, agent, perhapsAnswered, legEndedPbxMs } = call;
  const channels = leg && !leg.forgotten ? [seatChannel, leg] : [seatChannel];
  return {
    version: 1,
    outbound: brief({
      seat,
      agent,
      answered: answered && ([answered.pbxMs, answered.atMs] satisfies [number, number]),
      perhapsAnswered,
      legEndedPbxMs,
      channels: channels.map((channel) => stateOfChannel(context, channel)),
    }),
  };
}

/** With everything that was left out. */
export type LeftOutbound = z.output<typeof OUTBOUND_STATE>['outbound'];

/** As `stateOfOutbound` made it, of this seat's channel; undefined for anything else. */
export function outboundIn(uniqueid: string, kept: unknown): LeftOutbound | undefined {
  const outbound = OUTBOUND_STATE.safeParse(kept).data?.outbound;
  return outbound?.channels[0]?.id === uniqueid ? outbound : undefined;
}

/**
 * Goes on with a seat's call outside, its channels being there again. How far the exchange's clock was ahead of ours
 * when it began, or was answered.
 */
export function resumeOutbound({ context, outbound }: Calls, left: LeftOutbound): number {
  const { seat, agent, answered: answer, perhapsAnswered, legEndedPbxMs } = left;
  const [own, far] = left.channels;
  const [pbxMs, atMs] = answer ?? own?.created ?? [0, 0];
  const seatChannel = own && context.channels.get(own.id);
  if (!seatChannel) return pbxMs - atMs;
  outbound.takeBack({
    seatChannel,
    seat,
    agent,
    leg: far && context.channels.get(far.id),
    number: '',
    answered: answer && { pbxMs, atMs },
    perhapsAnswered,
    legEndedPbxMs,
    heardUntilPbxMs: undefined,
  });
  return pbxMs - atMs;
}
