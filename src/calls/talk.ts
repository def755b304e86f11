import type { PbxEvent, Stamp } from '../ami/pbx-event.ts';
import type { Call, Partner } from './call.ts';
import type { Channel } from './channels.ts';
import type { CallsContext } from './context.ts';
import { scoreAnswer } from './scoring.ts';
import { beginStage, endStage } from './stages.ts';

/**
 * Who talks with the caller now, after bridges changed: adds the persons that came, ends the talks of those that
 * left. The first person ever is the answer that settles the call (norm.md section 2.1).
 * `watched` is false where a snapshot shows a talk that began unseen in a call unseen till then: known, not scored.
 */
export function reviewTalk(
  context: CallsContext,
  call: Call,
  callers: ReadonlyMap<string, unknown>,
  at: Stamp,
  watched = true,
): void {
  const caller = context.channels.get(call.uniqueid);
  const ends = caller ? context.channels.talkOf(caller) : [];
  for (const partner of call.partners.values()) {
    if (!ends.some((end) => end.uniqueid === partner.uniqueid)) endTalk(context, call, partner, at);
  }
  for (const end of ends) {
    if (end === caller || call.partners.has(end.uniqueid) || callers.has(end.uniqueid)) continue;
    const party = context.parties.partyOf(end);
    if (party !== 'nobody') beginTalk(context, call, end, party, at, watched);
  }
}

function beginTalk(
  context: CallsContext,
  call: Call,
  end: Channel,
  by: 'seat' | 'outside',
  at: Stamp,
  watched: boolean,
): void {
  const stage = call.open;
  const { seat, agent } = whoSits(context, call, end, by);
  const queue = stage?.queue ?? '';
  call.answeringQueue = queue;
  const partner: Partner = {
    uniqueid: end.uniqueid,
    by,
    seat,
    agent,
    queue,
    fromPbxMs: at.pbxMs,
    holdFromPbxMs: undefined,
    holdMs: 0,
  };
  if (call.partners.size === 0) call.talkFromPbxMs = at.pbxMs;
  call.partners.set(end.uniqueid, partner);
  context.talkers.set(end.uniqueid, call);
  call.adrift = false;
  if (stage) endStage(context, call, 'answered', at, { seat, agent });
  else if (!call.answer && call.hotline) {
    // A person without a dial or queue of the caller's own (a pickup, a talk found in a snapshot): still a stage.
    beginStage(context, call, '', at, !watched);
    endStage(context, call, 'answered', at, { seat, agent });
    call.adrift = false;
  }
  if (!call.answer) settle(context, call, partner, at, watched);
}

function settle(context: CallsContext, call: Call, partner: Partner, at: Stamp, watched: boolean): void {
  const { hotline } = call;
  if (!hotline) return;
  const askedPbxMs = hotline.kind === 'people' ? call.reachedPbxMs : call.askedPbxMs;
  const seenWhole = watched && !call.stale && !call.takenUp && askedPbxMs !== undefined;
  const waitMs = seenWhole ? Math.max(0, at.pbxMs - askedPbxMs) : undefined;
  const { by, seat, agent, queue } = partner;
  call.answer = Object.freeze({ by, seat, agent, queue, atMs: at.atMs, waitMs });
  context.emit({
    type: 'call-decided',
    id: `${call.pbx}/${call.uniqueid}/answered`,
    pbx: call.pbx,
    uniqueid: call.uniqueid,
    hotline: hotline.name,
    what: 'answered',
    answer: call.answer,
    atMs: at.atMs,
  });
  if (watched) scoreAnswer(context, call, at, waitMs);
  else for (const target of ['transfer', 'direct', 'after-hours'] as const) call.decidedUnseen.add(target);
}

/** The seat of a phone: by its own interface, or, behind a Local member, by the member that AgentConnect named. */
function whoSits(
  context: CallsContext,
  call: Call,
  end: Channel,
  by: 'seat' | 'outside',
): { seat: string; agent: string } {
  if (by === 'outside')
    return { seat: end.interface, agent: call.open?.connected?.memberName ?? end.interface };
  const connected = call.open?.connected;
  const own = context.names.seatOf(end.interface);
  const memberSeat = connected && (context.names.seatOf(connected.interface) ?? connected.interface);
  const seat = own ?? memberSeat ?? end.interface;
  const agent =
    connected && seat === memberSeat && connected.memberName !== '' ? connected.memberName : undefined;
  return { seat, agent: agent ?? context.names.agentOf(seat) };
}

/** A person left the talk. */
export function endTalk(context: CallsContext, call: Call, partner: Partner, at: Stamp): void {
  call.partners.delete(partner.uniqueid);
  if (context.talkers.get(partner.uniqueid) === call) context.talkers.delete(partner.uniqueid);
  closeHold(partner, at);
  call.holdMs += partner.holdMs;
  if (call.partners.size === 0 && call.talkFromPbxMs !== undefined) {
    call.talkMs += Math.max(0, at.pbxMs - call.talkFromPbxMs);
    call.talkFromPbxMs = undefined;
  }
  if (partner.by === 'outside') return;
  context.emit({
    type: 'talk-ended',
    id: `${call.pbx}/${call.uniqueid}/talk/${partner.uniqueid}/${partner.fromPbxMs}`,
    pbx: call.pbx,
    uniqueid: call.uniqueid,
    hotline: call.hotline?.name ?? '',
    queue: partner.queue,
    seat: partner.seat,
    agent: partner.agent,
    talkMs: Math.max(0, at.pbxMs - partner.fromPbxMs),
    holdMs: partner.holdMs,
    endedBy: whoEnded(context, call, partner),
    atMs: at.atMs,
  });
}

/** Who ended it: the first to ask for the hang-up; nobody did: the talk was passed on, or the exchange ended it. */
function whoEnded(
  context: CallsContext,
  call: Call,
  partner: Partner,
): 'caller' | 'seat' | 'transfer' | 'unknown' {
  if (call.stale) return 'unknown';
  if (context.channels.get(call.uniqueid)?.hangupRequested) return 'caller';
  if (call.transferring) return 'transfer';
  return context.channels.get(partner.uniqueid)?.hangupRequested ? 'seat' : 'unknown';
}

/** Hold is told by the channel that put the other on hold: the seat's, for a caller who hears music. */
export function applyHold(call: Call, event: PbxEvent & { type: 'held' | 'unheld' }): void {
  const partner = call.partners.get(event.uniqueid);
  if (!partner) return;
  if (event.type === 'held') partner.holdFromPbxMs ??= event.pbxMs;
  else closeHold(partner, event);
}

function closeHold(partner: Partner, at: Stamp): void {
  if (partner.holdFromPbxMs === undefined) return;
  partner.holdMs += Math.max(0, at.pbxMs - partner.holdFromPbxMs);
  partner.holdFromPbxMs = undefined;
}
