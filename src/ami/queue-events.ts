import { channelOf, numberOf } from './fields.ts';
import { memberOfEvent } from './list-lines.ts';
import type { AgentOffer, MemberChanged } from './pbx-event.ts';
import type { Translator } from './channel-events.ts';

const joined: Translator = (message, pbxMs, atMs) => ({
  type: 'queue-joined',
  pbxMs,
  atMs,
  uniqueid: message.get('Uniqueid'),
  channel: message.get('Channel'),
  queue: message.get('Queue'),
  position: numberOf(message, 'Position'),
});

const left: Translator = (message, pbxMs, atMs) => ({
  type: 'queue-left',
  pbxMs,
  atMs,
  uniqueid: message.get('Uniqueid'),
  channel: message.get('Channel'),
  queue: message.get('Queue'),
});

const gaveUp: Translator = (message, pbxMs, atMs) => ({
  type: 'queue-abandoned',
  pbxMs,
  atMs,
  uniqueid: message.get('Uniqueid'),
  channel: message.get('Channel'),
  queue: message.get('Queue'),
  holdS: numberOf(message, 'HoldTime'),
});

/** `ringUnitMs`: AgentRingNoAnswer says RingTime in ms, AgentConnect in s (asterisk-facts 1.7). */
const offered =
  (type: AgentOffer['type'], ringUnitMs: number): Translator =>
  (message, pbxMs, atMs) => ({
    type,
    pbxMs,
    atMs,
    uniqueid: message.get('Uniqueid'),
    channel: message.get('Channel'),
    queue: message.get('Queue'),
    interface: message.get('Interface'),
    memberName: message.get('MemberName'),
    seatChannel: channelOf(message, 'Dest'),
    ringMs: ringUnitMs === 0 ? 0 : numberOf(message, 'RingTime') * ringUnitMs,
  });

const completed: Translator = (message, pbxMs, atMs) => ({
  type: 'agent-completed',
  pbxMs,
  atMs,
  uniqueid: message.get('Uniqueid'),
  channel: message.get('Channel'),
  queue: message.get('Queue'),
  interface: message.get('Interface'),
  memberName: message.get('MemberName'),
  seatChannel: channelOf(message, 'Dest'),
  holdS: numberOf(message, 'HoldTime'),
  talkS: numberOf(message, 'TalkTime'),
  reason: message.get('Reason'),
});

const memberChanged =
  (type: MemberChanged['type']): Translator =>
  (message, pbxMs, atMs) => ({ type, pbxMs, atMs, member: memberOfEvent(message) });

const deviceState: Translator = (message, pbxMs, atMs) => ({
  type: 'device-state',
  pbxMs,
  atMs,
  device: message.get('Device'),
  state: message.get('State'),
});

/** Events of queues, their members and of devices, by Asterisk's name for them. */
export const QUEUE_EVENTS: readonly (readonly [string, Translator])[] = [
  ['QueueCallerJoin', joined],
  ['QueueCallerLeave', left],
  ['QueueCallerAbandon', gaveUp],
  ['AgentCalled', offered('agent-called', 0)],
  ['AgentConnect', offered('agent-connected', 1_000)],
  ['AgentRingNoAnswer', offered('agent-rang-out', 1)],
  ['AgentDump', offered('agent-dumped', 0)],
  ['AgentComplete', completed],
  ['QueueMemberAdded', memberChanged('member-added')],
  ['QueueMemberRemoved', memberChanged('member-removed')],
  ['QueueMemberPause', memberChanged('member-paused')],
  ['QueueMemberPenalty', memberChanged('member-penalty')],
  ['QueueMemberStatus', memberChanged('member-status')],
  // Carries the whole line like the others; nothing but the line changed.
  ['QueueMemberRinginuse', memberChanged('member-status')],
  ['DeviceStateChange', deviceState],
];
