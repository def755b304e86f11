import type { Stamp } from '../ami/pbx-event.ts';
import { type Call, callerOf, type Partner } from './call.ts';
import type { Channel } from './channels.ts';
import type { CallsContext } from './context.ts';
import { without, withOne } from './short-list.ts';

/** A person is in one bridge with the caller. */
export function join(context: CallsContext, call: Call, partner: Partner, at: Stamp): void {
  const { channel } = partner;
  if (call.partners.length === 0) call.talkFromPbxMs = at.pbxMs;
  call.partners = withOne(call.partners, partner);
  channel.talkers = withOne(channel.talkers, call);
  context.queues.talks(partner.queue, call);
  call.answeringQueue = partner.queue;
  call.adrift = false;
}

/**
 * A person left the caller's bridge. Its talk is told as ended once its channel, or the caller's, is gone: a
 * consultation brings it back, and Asterisk takes it out and in again when it optimises a Local channel away
 * (bridge.c ast_bridge_unreal_optimize_out), and neither is the end of the talk (asterisk-facts 1.10).
 */
export function part(context: CallsContext, call: Call, partner: Partner, at: Stamp): void {
  const { channel } = partner;
  call.partners = without(call.partners, partner);
  context.queues.parted(partner.queue, call);
  if (call.partners.length === 0 && call.talkFromPbxMs !== undefined) {
    call.talkMs += Math.max(0, at.pbxMs - call.talkFromPbxMs);
    call.talkFromPbxMs = undefined;
  }
  closeHold(partner, at);
  partner.parted = { pbxMs: at.pbxMs, atMs: at.atMs, blind: call.stale };
  call.parted = withOne(call.parted, partner);
  const isOver = channel.forgotten || channel.gone || call.stale || partner.transferred;
  if (isOver) tellParted(context, call, partner);
}

/** The same person again: one talk, in which the caller was kept waiting meanwhile. False for a new one. */
export function comeBack(context: CallsContext, call: Call, channel: Channel, at: Stamp): boolean {
  const partner = call.parted.find((one) => one.channel === channel);
  if (!partner?.parted) return false;
  partner.holdMs += Math.max(0, at.pbxMs - partner.parted.pbxMs);
  partner.parted = undefined;
  call.parted = without(call.parted, partner);
  join(context, call, partner, at);
  return true;
}

/** A transfer was announced: this one passes the caller on, before or after it left the caller's bridge. */
export function passOn(context: CallsContext, call: Call, transferer: string): void {
  const isTransferer = ({ channel }: Partner): boolean => channel.uniqueid === transferer;
  const partner = call.partners.find(isTransferer) ?? call.parted.find(isTransferer);
  if (!partner) return;
  partner.transferred = true;
  if (partner.parted) tellParted(context, call, partner);
}

/** The person's channel is gone: what it left before is over. */
export function endParted(context: CallsContext, channel: Channel): void {
  for (const call of channel.talkers) {
    const partner = call.parted.find((one) => one.channel === channel);
    if (partner) tellParted(context, call, partner);
  }
}

/** The caller's channel is gone, or nobody knows what was missed: every talk is over. */
export function endTalks(context: CallsContext, call: Call, at: Stamp): void {
  for (const partner of call.partners) part(context, call, partner, at);
  for (const partner of call.parted) tellParted(context, call, partner);
}

function tellParted(context: CallsContext, call: Call, partner: Partner): void {
  const { parted } = partner;
  const { channel } = partner;
  call.parted = without(call.parted, partner);
  channel.talkers = without(channel.talkers, call);
  call.holdMs += partner.holdMs;
  if (partner.by === 'outside' || !parted) return;
  context.emit({
    type: 'talk-ended',
    id: `${call.id}/talk/${channel.uniqueid}/${partner.fromPbxMs}`,
    pbx: call.pbx,
    uniqueid: call.uniqueid,
    hotline: call.hotline?.name ?? '',
    queue: partner.queue,
    seat: partner.seat,
    agent: partner.agent,
    talkMs: Math.max(0, parted.pbxMs - partner.fromPbxMs),
    holdMs: partner.holdMs,
    endedBy: parted.blind ? 'unknown' : whoEnded(call, partner),
    atMs: parted.atMs,
  });
}

/** Who ended it: the first to ask for the hang-up; nobody did: the exchange ended it, or it was passed on unannounced. */
function whoEnded(call: Call, partner: Partner): 'caller' | 'seat' | 'transfer' | 'unknown' {
  if (partner.transferred) return 'transfer';
  const callerMs = callerOf(call)?.hangupRequestedPbxMs;
  const seatMs = partner.channel.forgotten ? undefined : partner.channel.hangupRequestedPbxMs;
  if (callerMs === undefined) return seatMs === undefined ? 'unknown' : 'seat';
  return seatMs === undefined || callerMs <= seatMs ? 'caller' : 'seat';
}

export function closeHold(partner: Partner, at: Stamp): void {
  if (partner.holdFromPbxMs === undefined) return;
  partner.holdMs += Math.max(0, at.pbxMs - partner.holdFromPbxMs);
  partner.holdFromPbxMs = undefined;
}
