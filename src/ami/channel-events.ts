import { channelOf, numberOf, numberText } from './fields.ts';
import type { AmiMessage } from './message.ts';
import type { PbxEvent, Stamp } from './pbx-event.ts';

/** Turns one kind of AMI event into ours; undefined where this one says nothing that the core knows. */
export type Translator = (message: AmiMessage, pbxMs: number, atMs: number) => PbxEvent | undefined;

/** Variables that say how a stage ended (asterisk-facts 1.1, 1.3, 1.13); the others are the dialplan's own affair. */
const STAGE_VARIABLES = new Set(['QUEUESTATUS', 'VMSTATUS', 'DIALSTATUS', 'ABANDONED']);

const created: Translator = (message, pbxMs, atMs) => ({
  type: 'channel-created',
  pbxMs,
  atMs,
  uniqueid: message.get('Uniqueid'),
  channel: message.get('Channel'),
  linkedid: message.get('Linkedid'),
  state: numberOf(message, 'ChannelState'),
  callerNumber: numberText(message, 'CallerIDNum'),
  context: message.get('Context'),
  extension: message.get('Exten'),
});

const stateChanged: Translator = (message, pbxMs, atMs) => ({
  type: 'channel-state',
  pbxMs,
  atMs,
  uniqueid: message.get('Uniqueid'),
  channel: message.get('Channel'),
  state: numberOf(message, 'ChannelState'),
});

const ended =
  (type: 'channel-gone' | 'hangup-requested'): Translator =>
  (message, pbxMs, atMs) => ({
    type,
    pbxMs,
    atMs,
    uniqueid: message.get('Uniqueid'),
    channel: message.get('Channel'),
    cause: numberOf(message, 'Cause'),
  });

const dialBegun: Translator = (message, pbxMs, atMs) => ({
  type: 'dial-begun',
  pbxMs,
  atMs,
  dialler: channelOf(message, ''),
  dialled: channelOf(message, 'Dest'),
  dialString: message.get('DialString'),
});

const dialEnded: Translator = (message, pbxMs, atMs) => ({
  type: 'dial-ended',
  pbxMs,
  atMs,
  dialler: channelOf(message, ''),
  dialled: channelOf(message, 'Dest'),
  status: message.get('DialStatus'),
});

const bridgeEntered: Translator = (message, pbxMs, atMs) => ({
  type: 'bridge-entered',
  pbxMs,
  atMs,
  uniqueid: message.get('Uniqueid'),
  channel: message.get('Channel'),
  bridge: message.get('BridgeUniqueid'),
  bridgeType: message.get('BridgeType'),
  technology: message.get('BridgeTechnology'),
});

const bridgeLeft: Translator = (message, pbxMs, atMs) => ({
  type: 'bridge-left',
  pbxMs,
  atMs,
  uniqueid: message.get('Uniqueid'),
  channel: message.get('Channel'),
  bridge: message.get('BridgeUniqueid'),
});

const dialplanStep: Translator = (message, pbxMs, atMs) => ({
  type: 'dialplan-step',
  pbxMs,
  atMs,
  uniqueid: message.get('Uniqueid'),
  channel: message.get('Channel'),
  context: message.get('Context'),
  extension: message.get('Extension'),
  application: message.get('Application'),
  data: message.get('AppData'),
});

const variableSet: Translator = (message, pbxMs, atMs) => {
  const variable = message.get('Variable');
  if (!STAGE_VARIABLES.has(variable)) return undefined;
  return {
    type: 'variable-set',
    pbxMs,
    atMs,
    uniqueid: message.get('Uniqueid'),
    channel: message.get('Channel'),
    variable,
    value: message.get('Value'),
  };
};

const blindTransferred: Translator = (message, pbxMs, atMs) => ({
  type: 'blind-transfer',
  pbxMs,
  atMs,
  transferer: channelOf(message, 'Transferer'),
  transferee: channelOf(message, 'Transferee'),
  result: message.get('Result'),
  context: message.get('Context'),
  extension: message.get('Extension'),
});

const attendedTransferred: Translator = (message, pbxMs, atMs) => ({
  type: 'attended-transfer',
  pbxMs,
  atMs,
  originalTransferer: channelOf(message, 'OrigTransferer'),
  secondTransferer: channelOf(message, 'SecondTransferer'),
  transferee: channelOf(message, 'Transferee'),
  transferTarget: channelOf(message, 'TransferTarget'),
  result: message.get('Result'),
  destinationType: message.get('DestType'),
});

const messageWaiting: Translator = (message, pbxMs, atMs) => ({
  type: 'message-waiting',
  pbxMs,
  atMs,
  uniqueid: message.get('Uniqueid'),
  mailbox: message.get('Mailbox'),
});

const spyChanged =
  (type: 'spy-started' | 'spy-stopped'): Translator =>
  (message, pbxMs, atMs) => ({
    type,
    pbxMs,
    atMs,
    spy: channelOf(message, 'Spyer'),
    spied: channelOf(message, 'Spyee'),
  });

const pickedUp: Translator = (message, pbxMs, atMs) => ({
  type: 'pickup',
  pbxMs,
  atMs,
  uniqueid: message.get('Uniqueid'),
  channel: message.get('Channel'),
  target: channelOf(message, 'Target'),
});

const parkingChanged =
  (type: 'parked' | 'unparked' | 'park-given-up' | 'park-timed-out'): Translator =>
  (message, pbxMs, atMs) => ({
    type,
    pbxMs,
    atMs,
    parkee: channelOf(message, 'Parkee'),
    retriever: channelOf(message, 'Retriever'),
  });

const holdChanged =
  (type: 'held' | 'unheld'): Translator =>
  (message, pbxMs, atMs) => ({
    type,
    pbxMs,
    atMs,
    uniqueid: message.get('Uniqueid'),
    channel: message.get('Channel'),
  });

const notice =
  (type: 'fully-booted' | 'shutdown' | 'reloaded'): Translator =>
  (_message: AmiMessage, pbxMs: Stamp['pbxMs'], atMs: Stamp['atMs']) => ({ type, pbxMs, atMs });

/** Events of channels, dials, bridges and of the exchange itself, by Asterisk's name for them. */
export const CHANNEL_EVENTS: readonly (readonly [string, Translator])[] = [
  ['Newchannel', created],
  ['Newstate', stateChanged],
  ['Hangup', ended('channel-gone')],
  ['HangupRequest', ended('hangup-requested')],
  ['DialBegin', dialBegun],
  ['DialEnd', dialEnded],
  ['BridgeEnter', bridgeEntered],
  ['BridgeLeave', bridgeLeft],
  ['Newexten', dialplanStep],
  ['VarSet', variableSet],
  ['BlindTransfer', blindTransferred],
  ['AttendedTransfer', attendedTransferred],
  ['MessageWaiting', messageWaiting],
  ['ChanSpyStart', spyChanged('spy-started')],
  ['ChanSpyStop', spyChanged('spy-stopped')],
  ['Pickup', pickedUp],
  ['ParkedCall', parkingChanged('parked')],
  ['UnParkedCall', parkingChanged('unparked')],
  ['ParkedCallGiveUp', parkingChanged('park-given-up')],
  ['ParkedCallTimeOut', parkingChanged('park-timed-out')],
  ['Hold', holdChanged('held')],
  ['Unhold', holdChanged('unheld')],
  ['FullyBooted', notice('fully-booted')],
  ['Shutdown', notice('shutdown')],
  ['Reload', notice('reloaded')],
];
