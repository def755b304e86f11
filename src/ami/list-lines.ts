import { flagOf, numberOf, numberText } from './fields.ts';
import type { AmiMessage } from './message.ts';
import type { ChannelLine, MemberLine, QueueEntryLine, QueueLine } from './pbx-event.ts';

/** `CoreShowChannel`: the channel as it stands now, its context and extension not those that were dialled. */
export function channelLine(message: AmiMessage): ChannelLine {
  return {
    uniqueid: message.get('Uniqueid'),
    channel: message.get('Channel'),
    linkedid: message.get('Linkedid'),
    state: numberOf(message, 'ChannelState'),
    callerNumber: numberText(message, 'CallerIDNum'),
    context: message.get('Context'),
    extension: message.get('Exten'),
    application: message.get('Application'),
    data: message.get('ApplicationData'),
    ageMs: durationMs(message.get('Duration')),
    bridge: message.get('BridgeId'),
    dialledNumber: '',
  };
}

/** `Status`, which alone knows the number that was dialled (asterisk-facts section 2). */
export function dialledNumber(message: AmiMessage): {
  readonly uniqueid: string;
  readonly dialledNumber: string;
} {
  return { uniqueid: message.get('Uniqueid'), dialledNumber: numberText(message, 'DNID') };
}

/** `QueueParams`. */
export function queueLine(message: AmiMessage): QueueLine {
  return {
    queue: message.get('Queue'),
    waiting: numberOf(message, 'Calls'),
    completed: numberOf(message, 'Completed'),
    abandoned: numberOf(message, 'Abandoned'),
  };
}

/** `QueueEntry`. */
export function entryLine(message: AmiMessage): QueueEntryLine {
  return {
    uniqueid: message.get('Uniqueid'),
    channel: message.get('Channel'),
    queue: message.get('Queue'),
    position: numberOf(message, 'Position'),
    waitS: numberOf(message, 'Wait'),
  };
}

/** `QueueMember`, the list line: name and interface are called `Name` and `Location` there. */
export function memberOfList(message: AmiMessage): MemberLine {
  return memberLine(message, message.get('Location'), message.get('Name'));
}

/** The member that `QueueMemberStatus`, `QueueMemberPause`, … carry whole. */
export function memberOfEvent(message: AmiMessage): MemberLine {
  return memberLine(message, message.get('Interface'), message.get('MemberName'));
}

function memberLine(message: AmiMessage, interfaceName: string, memberName: string): MemberLine {
  return {
    queue: message.get('Queue'),
    interface: interfaceName,
    stateInterface: message.get('StateInterface'),
    memberName,
    membership: message.get('Membership'),
    penalty: numberOf(message, 'Penalty'),
    inCall: flagOf(message, 'InCall'),
    status: numberOf(message, 'Status'),
    paused: flagOf(message, 'Paused'),
    pausedReason: message.get('PausedReason'),
    // Not in the list lines (app_queue.c, manager_queues_status); on is what queues.conf starts from.
    ringinuse: message.get('Ringinuse') === '' || flagOf(message, 'Ringinuse'),
    wrapupS: numberOf(message, 'Wrapuptime'),
    lastCallS: numberOf(message, 'LastCall'),
    callsTaken: numberOf(message, 'CallsTaken'),
  };
}

/** `Duration` is `HH:MM:SS`, the hours unbounded; 0 for anything else. */
function durationMs(text: string): number {
  const parts = /^(\d+):(\d\d):(\d\d)$/.exec(text);
  if (parts === null) return 0;
  return (Number(parts[1]) * 3_600 + Number(parts[2]) * 60 + Number(parts[3])) * 1_000;
}
