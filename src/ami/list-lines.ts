import { flagOf, numberOf, numberText } from './fields.ts';
import type { AmiMessage } from './message.ts';
import type { ChannelLine, ChannelPast, MemberLine, QueueEntryLine, QueueLine } from './pbx-event.ts';

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

/** `Status`, which alone knows the number that was dialled (asterisk-facts section 2), and variables it is asked for. */
export function statusLine(
  message: AmiMessage,
): Pick<ChannelLine, 'uniqueid' | 'dialledNumber'> & { readonly past: ChannelPast | undefined } {
  return {
    uniqueid: message.get('Uniqueid'),
    dialledNumber: numberText(message, 'DNID'),
    past: message.has('Variable') ? pastOf(message) : undefined,
  };
}

/** The variables that `ChannelPast` is made of: what `Variables` of the action Status asks for. */
export const PAST_VARIABLES = 'BLINDTRANSFER,ATTENDEDTRANSFER,DIALSTATUS,QUEUESTATUS,QUEUEPOSITION';

function pastOf(message: AmiMessage): ChannelPast {
  const said = new Map<string, string>();
  for (const [name, value] of message.entries()) {
    if (name.toLowerCase() !== 'variable') continue;
    const equals = value.indexOf('=');
    const variable = value.slice(0, equals);
    if (equals > 0 && !said.has(variable)) said.set(variable, value.slice(equals + 1));
  }
  const of = (variable: string): string => {
    const value = said.get(variable) ?? '';
    return value === NEVER_SET ? '' : value;
  };
  return {
    passedOnBy: of('BLINDTRANSFER') || of('ATTENDEDTRANSFER'),
    dialStatus: of('DIALSTATUS'),
    queueStatus: of('QUEUESTATUS'),
    hasLeftQueue: of('QUEUEPOSITION') !== '',
  };
}

/** As manager.c prints the value of a variable that is not there. */
const NEVER_SET = '(null)';

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
