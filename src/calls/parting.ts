import type { Stamp } from '../ami/pbx-event.ts';
import type { Call, Partner } from './call.ts';
import type { CallsContext } from './context.ts';

/** A person is in one bridge with the caller. */
export function join(context: CallsContext, call: Call, partner: Partner, at: Stamp): void {
  if (call.partners.size === 0) call.talkFromPbxMs = at.pbxMs;
  call.partners.set(partner.uniqueid, partner);
  const calls = context.talkers.get(partner.uniqueid);
  if (calls) calls.add(call);
  else context.talkers.set(partner.uniqueid, new Set([call]));
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
  call.partners.delete(partner.uniqueid);
  context.queues.parted(partner.queue, call);
  if (call.partners.size === 0 && call.talkFromPbxMs !== undefined) {
    call.talkMs += Math.max(0, at.pbxMs - call.talkFromPbxMs);
    call.talkFromPbxMs = undefined;
  }
  closeHold(partner, at);
  partner.parted = { pbxMs: at.pbxMs, atMs: at.atMs, blind: call.stale };
  call.parted.set(partner.uniqueid, partner);
  const channel = context.channels.get(partner.uniqueid);
  if (!channel || channel.gone || call.stale || partner.transferred) tellParted(context, call, partner);
}

/** The same person again: one talk, in which the caller was kept waiting meanwhile. False for a new one. */
export function comeBack(context: CallsContext, call: Call, uniqueid: string, at: Stamp): boolean {
  const partner = call.parted.get(uniqueid);
  if (!partner?.parted) return false;
  partner.holdMs += Math.max(0, at.pbxMs - partner.parted.pbxMs);
  partner.parted = undefined;
  call.parted.delete(uniqueid);
  join(context, call, partner, at);
  return true;
}

/** A transfer was announced: this one passes the caller on, before or after it left the caller's bridge. */
export function passOn(context: CallsContext, call: Call, transferer: string): void {
  const partner = call.partners.get(transferer) ?? call.parted.get(transferer);
  if (!partner) return;
  partner.transferred = true;
  if (partner.parted) tellParted(context, call, partner);
}

/** The person's channel is gone: what it left before is over. */
export function endParted(context: CallsContext, uniqueid: string): void {
  for (const call of context.talkers.get(uniqueid) ?? []) {
    const partner = call.parted.get(uniqueid);
    if (partner) tellParted(context, call, partner);
  }
}

/** The caller's channel is gone, or nobody knows what was missed: every talk is over. */
export function endTalks(context: CallsContext, call: Call, at: Stamp): void {
  for (const partner of call.partners.values()) part(context, call, partner, at);
  for (const partner of call.parted.values()) tellParted(context, call, partner);
}

function tellParted(context: CallsContext, call: Call, partner: Partner): void {
  const { parted } = partner;
  call.parted.delete(partner.uniqueid);
  const calls = context.talkers.get(partner.uniqueid);
  calls?.delete(call);
  if (calls?.size === 0) context.talkers.delete(partner.uniqueid);
  call.holdMs += partner.holdMs;
  if (partner.by === 'outside' || !parted) return;
  context.emit({
    type: 'talk-ended',
    id: `${call.pbx}/${call.uniqueid}/talk/${partner.uniqueid}/${partner.fromPbxMs}`,
    pbx: call.pbx,
    uniqueid: call.uniqueid,
    hotline: call.hotline?.name ?? '',
    queue: partner.queue,
    seat: partner.seat,
    agent: partner.agent,
    talkMs: Math.max(0, parted.pbxMs - partner.fromPbxMs),
    holdMs: partner.holdMs,
    endedBy: parted.blind ? 'unknown' : whoEnded(context, call, partner),
    atMs: parted.atMs,
  });
}

/** Who ended it: the first to ask for the hang-up; nobody did: the exchange ended it, or it was passed on unannounced. */
function whoEnded(
  { channels }: CallsContext,
  call: Call,
  partner: Partner,
): 'caller' | 'seat' | 'transfer' | 'unknown' {
  if (partner.transferred) return 'transfer';
  const callerMs = channels.get(call.uniqueid)?.hangupRequestedPbxMs;
  const seatMs = channels.get(partner.uniqueid)?.hangupRequestedPbxMs;
  if (callerMs === undefined) return seatMs === undefined ? 'unknown' : 'seat';
  return seatMs === undefined || callerMs <= seatMs ? 'caller' : 'seat';
}

export function closeHold(partner: Partner, at: Stamp): void {
  if (partner.holdFromPbxMs === undefined) return;
  partner.holdMs += Math.max(0, at.pbxMs - partner.holdFromPbxMs);
  partner.holdFromPbxMs = undefined;
}
