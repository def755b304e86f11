import type { PbxEvent, Stamp } from '../ami/pbx-event.ts';
import { type Call, callerOf, type Partner } from './call.ts';
import type { Channel } from './channels.ts';
import type { CallsContext } from './context.ts';
import { scoreAnswer } from './scoring.ts';
import { NONE } from './short-list.ts';
import { beginStage, endStage } from './stages.ts';
import { closeHold, comeBack, endParted, join, part } from './parting.ts';

/**
 * Who talks with the caller now, after bridges changed: adds the persons that came, ends the talks of those that
 * left. The first person ever is the answer that settles the call (norm.md section 2.1).
 * `watched` is false where a snapshot shows a talk that began unseen in a call unseen till then: known, not scored.
 */
export function reviewTalk(context: CallsContext, call: Call, at: Stamp, watched = true): void {
  const caller = callerOf(call);
  const ends = caller ? context.channels.talkOf(caller) : NONE;
  for (const partner of call.partners) if (!ends.includes(partner.channel)) part(context, call, partner, at);
  for (const end of ends) {
    // Another caller of a hotline is no person; a phone that called a queue from inside is one.
    if (end === caller || end.call?.hotline || call.partners.some(({ channel }) => channel === end)) continue;
    // Whoever has hung up speaks with nobody, though a screening (Dial option U) may still bridge what is left of him.
    if (caller?.hangupRequested === true || end.hangupRequested) continue;
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
  if (!stage && comeBack(context, call, end, at)) return;
  // On a line that stays up between calls (AgentLogin) the next call is the end of the last.
  endParted(context, end);
  const { seat, agent } = whoSits(context, call, end, by);
  const queue = stage?.queue ?? '';
  const partner: Partner = {
    channel: end,
    by,
    seat,
    agent,
    queue,
    fromPbxMs: at.pbxMs,
    holdFromPbxMs: undefined,
    holdMs: 0,
    transferred: false,
    parted: undefined,
  };
  join(context, call, partner, at);
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
  const seenWhole = watched && !call.stale && !call.takenUp && (call.askedSeen || hotline.kind === 'people');
  const waitMs = seenWhole && askedPbxMs !== undefined ? Math.max(0, at.pbxMs - askedPbxMs) : undefined;
  const { by, seat, agent, queue } = partner;
  call.answer = Object.freeze({ by, seat, agent, queue, atMs: at.atMs, waitMs });
  context.emit({
    type: 'call-decided',
    id: `${call.id}/answered`,
    pbx: call.pbx,
    uniqueid: call.uniqueid,
    hotline: hotline.name,
    what: 'answered',
    answer: call.answer,
    atMs: at.atMs,
  });
  if (watched) scoreAnswer(context, call, at, waitMs);
  else for (const target of ['transfer', 'direct', 'after-hours'] as const) call.scored[target] ??= 'unseen';
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
  const seat = own ?? memberSeat ?? seatDialledThrough(context, end) ?? end.interface;
  const agent =
    connected && seat === memberSeat && connected.memberName !== '' ? connected.memberName : undefined;
  return { seat, agent: agent ?? context.names.agentOf(seat) };
}

/** The member whose Local channel dialled this phone, where the bridge was told of before AgentConnect. */
function seatDialledThrough({ channels, names }: CallsContext, phone: Channel): string | undefined {
  for (const upper of channels.diallersOf(phone)) {
    const seat = upper.isLocal ? names.seatOf(upper.interface) : undefined;
    if (seat !== undefined) return seat;
  }
  return undefined;
}

/** Hold is told by the channel that put the other on hold: the seat's, for a caller who hears music. */
export function applyHold(call: Call, event: PbxEvent & { type: 'held' | 'unheld' }): void {
  const partner = call.partners.find(({ channel }) => channel.uniqueid === event.uniqueid);
  if (!partner) return;
  if (event.type === 'held') partner.holdFromPbxMs ??= event.pbxMs;
  else closeHold(partner, event);
}
