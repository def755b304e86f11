import { describe, expect, it } from 'vitest';
import { KNOWN_EVENTS, STAMPS_ALONE, translate } from '../../src/ami/events.ts';
import { channelLine, entryLine, memberOfList, queueLine } from '../../src/ami/list-lines.ts';
import { AmiMessage } from '../../src/ami/message.ts';
import { eventsOf } from '../../src/ami/recording.ts';
import { block, event, type Headers } from '../support/scripted-exchange.ts';

const AT_MS = 1_795_284_170_134.811;

function message(text: string): AmiMessage {
  const bytes = Buffer.from(text);
  return new AmiMessage(bytes, 0, bytes.length);
}
function said(name: string, headers: Headers): unknown {
  return translate(message(event(name, AT_MS, headers)), STAMPS_ALONE);
}
const channel = { Channel: 'PJSIP/carrier-00000000', Uniqueid: '1795284170.0' };
const dest = { DestChannel: 'PJSIP/seat101-00000001', DestUniqueid: '1795284170.1' };
const ours = { channel: 'PJSIP/carrier-00000000', uniqueid: '1795284170.0' };
const theirs = { channel: 'PJSIP/seat101-00000001', uniqueid: '1795284170.1' };

describe('translate', () => {
  it('takes the time of the exchange, and maps it to ours by the offset', () => {
    const one = translate(message(event('Hangup', AT_MS, { ...channel, Cause: '16' })), {
      offsetMs: 250,
      pbxMs: (stampMs) => stampMs,
    });
    expect(one).toMatchObject({ type: 'channel-gone', ...ours, cause: 16 });
    expect(one?.pbxMs).toBeCloseTo(AT_MS, 3);
    expect(one?.atMs).toBeCloseTo(AT_MS - 250, 3);
  });

  it.each<[string, Headers, object]>([
    [
      'Newchannel',
      {
        ...channel,
        ChannelState: '4',
        CallerIDNum: '13900001100',
        Context: 'in',
        Exten: '400',
        Linkedid: '1.1',
      },
      {
        type: 'channel-created',
        ...ours,
        state: 4,
        callerNumber: '13900001100',
        context: 'in',
        extension: '400',
        linkedid: '1.1',
      },
    ],
    ['Newchannel', { ...channel, CallerIDNum: '<unknown>' }, { type: 'channel-created', callerNumber: '' }],
    ['Newstate', { ...channel, ChannelState: '6' }, { type: 'channel-state', ...ours, state: 6 }],
    ['HangupRequest', { ...channel, Cause: '16' }, { type: 'hangup-requested', ...ours, cause: 16 }],
    [
      'DialBegin',
      { ...channel, ...dest, DialString: 'seat101' },
      { type: 'dial-begun', dialler: ours, dialled: theirs, dialString: 'seat101' },
    ],
    [
      'DialEnd',
      { ...dest, DialStatus: 'BUSY' },
      { type: 'dial-ended', dialler: { channel: '', uniqueid: '' }, dialled: theirs, status: 'BUSY' },
    ],
    [
      'BridgeEnter',
      { ...channel, BridgeUniqueid: 'b', BridgeType: 'basic', BridgeTechnology: 'simple_bridge' },
      { type: 'bridge-entered', ...ours, bridge: 'b', bridgeType: 'basic', technology: 'simple_bridge' },
    ],
    ['BridgeLeave', { ...channel, BridgeUniqueid: 'b' }, { type: 'bridge-left', ...ours, bridge: 'b' }],
    [
      'Newexten',
      { ...channel, Context: 'ivr', Exten: 's', Extension: 's', Application: 'Queue', AppData: 'support,t' },
      {
        type: 'dialplan-step',
        ...ours,
        context: 'ivr',
        extension: 's',
        application: 'Queue',
        data: 'support,t',
      },
    ],
    [
      'VarSet',
      { ...channel, Variable: 'QUEUESTATUS', Value: 'TIMEOUT' },
      { type: 'variable-set', ...ours, variable: 'QUEUESTATUS', value: 'TIMEOUT' },
    ],
    [
      'BlindTransfer',
      {
        Result: 'Success',
        TransfererChannel: 'a',
        TransfererUniqueid: '1',
        TransfereeChannel: 'b',
        TransfereeUniqueid: '2',
        Context: 'c',
        Extension: 'e',
      },
      {
        type: 'blind-transfer',
        transferer: { channel: 'a', uniqueid: '1' },
        transferee: { channel: 'b', uniqueid: '2' },
        result: 'Success',
        context: 'c',
        extension: 'e',
      },
    ],
    [
      'AttendedTransfer',
      {
        Result: 'Success',
        OrigTransfererChannel: 'a',
        OrigTransfererUniqueid: '1',
        SecondTransfererChannel: 'b',
        SecondTransfererUniqueid: '2',
        TransfereeChannel: 'c',
        TransfereeUniqueid: '3',
        TransferTargetChannel: 'd',
        TransferTargetUniqueid: '4',
        DestType: 'Bridge',
      },
      {
        type: 'attended-transfer',
        originalTransferer: { channel: 'a', uniqueid: '1' },
        secondTransferer: { channel: 'b', uniqueid: '2' },
        transferee: { channel: 'c', uniqueid: '3' },
        transferTarget: { channel: 'd', uniqueid: '4' },
        result: 'Success',
        destinationType: 'Bridge',
      },
    ],
    [
      'MessageWaiting',
      { ...channel, Mailbox: '100@default' },
      { type: 'message-waiting', uniqueid: ours.uniqueid, mailbox: '100@default' },
    ],
    [
      'ChanSpyStart',
      { SpyerChannel: 'a', SpyerUniqueid: '1', SpyeeChannel: 'b', SpyeeUniqueid: '2' },
      { type: 'spy-started', spy: { channel: 'a', uniqueid: '1' }, spied: { channel: 'b', uniqueid: '2' } },
    ],
    [
      'ChanSpyStop',
      { SpyerChannel: 'a', SpyerUniqueid: '1' },
      { type: 'spy-stopped', spy: { channel: 'a', uniqueid: '1' } },
    ],
    [
      'Pickup',
      { ...channel, TargetChannel: 'b', TargetUniqueid: '2' },
      { type: 'pickup', ...ours, target: { channel: 'b', uniqueid: '2' } },
    ],
    [
      'ParkedCall',
      { ParkeeChannel: 'a', ParkeeUniqueid: '1' },
      { type: 'parked', parkee: { channel: 'a', uniqueid: '1' } },
    ],
    [
      'UnParkedCall',
      { ParkeeChannel: 'a', ParkeeUniqueid: '1', RetrieverChannel: 'b', RetrieverUniqueid: '2' },
      {
        type: 'unparked',
        parkee: { channel: 'a', uniqueid: '1' },
        retriever: { channel: 'b', uniqueid: '2' },
      },
    ],
    ['ParkedCallGiveUp', {}, { type: 'park-given-up' }],
    ['ParkedCallTimeOut', {}, { type: 'park-timed-out' }],
    ['Hold', channel, { type: 'held', ...ours }],
    ['Unhold', channel, { type: 'unheld', ...ours }],
    ['FullyBooted', { Uptime: '3' }, { type: 'fully-booted' }],
    ['Shutdown', {}, { type: 'shutdown' }],
    ['Reload', {}, { type: 'reloaded' }],
    [
      'QueueCallerJoin',
      { ...channel, Queue: 'q', Position: '2' },
      { type: 'queue-joined', ...ours, queue: 'q', position: 2 },
    ],
    ['QueueCallerLeave', { ...channel, Queue: 'q' }, { type: 'queue-left', ...ours, queue: 'q' }],
    [
      'QueueCallerAbandon',
      { ...channel, Queue: 'q', HoldTime: '9' },
      { type: 'queue-abandoned', ...ours, queue: 'q', holdS: 9 },
    ],
    [
      'AgentCalled',
      { ...channel, ...dest, Queue: 'q', Interface: 'PJSIP/seat101', MemberName: 'Li' },
      {
        type: 'agent-called',
        ...ours,
        queue: 'q',
        interface: 'PJSIP/seat101',
        memberName: 'Li',
        seatChannel: theirs,
        ringMs: 0,
      },
    ],
    [
      'AgentConnect',
      { ...channel, ...dest, RingTime: '2' },
      { type: 'agent-connected', seatChannel: theirs, ringMs: 2_000 },
    ],
    ['AgentRingNoAnswer', { ...channel, RingTime: '8000' }, { type: 'agent-rang-out', ringMs: 8_000 }],
    ['AgentDump', channel, { type: 'agent-dumped', ...ours }],
    [
      'AgentComplete',
      { ...channel, ...dest, HoldTime: '4', TalkTime: '61', Reason: 'caller' },
      { type: 'agent-completed', ...ours, seatChannel: theirs, holdS: 4, talkS: 61, reason: 'caller' },
    ],
    [
      'DeviceStateChange',
      { Device: 'PJSIP/seat101', State: 'INUSE' },
      { type: 'device-state', device: 'PJSIP/seat101', state: 'INUSE' },
    ],
  ])('%s %j', (name, headers, expected) => {
    expect(said(name, headers)).toMatchObject(expected);
  });

  it.each([
    ['QueueMemberAdded', 'member-added'],
    ['QueueMemberRemoved', 'member-removed'],
    ['QueueMemberPause', 'member-paused'],
    ['QueueMemberPenalty', 'member-penalty'],
    ['QueueMemberStatus', 'member-status'],
    ['QueueMemberRinginuse', 'member-status'],
  ])('%s carries the whole member', (name, type) => {
    const headers = {
      Queue: 'q',
      MemberName: 'Li',
      Interface: 'Local/101@seats',
      StateInterface: 'PJSIP/seat101',
      Membership: 'dynamic',
      Penalty: '3',
      CallsTaken: '7',
      LastCall: '1795284000',
      InCall: '1',
      Status: '2',
      Paused: '1',
      PausedReason: 'lunch',
      Ringinuse: '0',
      Wrapuptime: '15',
    };
    expect(said(name, headers)).toMatchObject({
      type,
      member: {
        queue: 'q',
        interface: 'Local/101@seats',
        stateInterface: 'PJSIP/seat101',
        memberName: 'Li',
        membership: 'dynamic',
        penalty: 3,
        inCall: true,
        status: 2,
        paused: true,
        pausedReason: 'lunch',
        ringinuse: false,
        wrapupS: 15,
        lastCallS: 1_795_284_000,
        callsTaken: 7,
      },
    });
  });

  it('makes garbage of a known event a value, not an error', () => {
    for (const name of KNOWN_EVENTS) {
      const one = said(name, { Variable: 'QUEUESTATUS', Position: 'x', HoldTime: 'NaN', Status: '1e999' });
      expect([name, JSON.stringify(one)]).not.toMatchObject([name, expect.stringMatching(/null/)]);
      expect(one).toBeDefined();
    }
  });

  it.each([
    ['an event nobody knows', event('RTCPSent', AT_MS)],
    ['a variable of the dialplan itself', event('VarSet', AT_MS, { Variable: 'SIPDOMAIN' })],
    ['an event without a Timestamp', block({ Event: 'Hangup', Uniqueid: '1.1' })],
    ['an event with a Timestamp that is none', block({ Event: 'Hangup', Timestamp: 'now', Uniqueid: '1.1' })],
    ['an event of the year 318,857', block({ Event: 'Hangup', Timestamp: '1e13', Uniqueid: '1.1' })],
    ['an event after all time', block({ Event: 'Hangup', Timestamp: '1e400', Uniqueid: '1.1' })],
    ['a name of every object', event('constructor', AT_MS)],
  ])('says nothing of %s', (_what, text) => {
    expect(translate(message(text), STAMPS_ALONE)).toBeUndefined();
  });
});

describe('list lines', () => {
  it('reads a channel of CoreShowChannels, its age in ms', () => {
    const line = message(
      block({
        ...channel,
        Linkedid: '1.1',
        ChannelState: '6',
        Application: 'Queue',
        ApplicationData: 'support',
        Duration: '101:02:03',
        BridgeId: 'b',
      }),
    );
    expect(channelLine(line)).toMatchObject({
      ...ours,
      linkedid: '1.1',
      state: 6,
      application: 'Queue',
      data: 'support',
      bridge: 'b',
      ageMs: 363_723_000,
    });
  });

  it('reads members by the names they have in a list', () => {
    const line = memberOfList(
      message(block({ Queue: 'q', Name: 'Li', Location: 'PJSIP/seat101', Paused: '0', Status: '1' })),
    );
    expect(line).toMatchObject({
      interface: 'PJSIP/seat101',
      memberName: 'Li',
      paused: false,
      status: 1,
      ringinuse: true,
    });
  });

  it('reads queues and those who wait in them', () => {
    expect(queueLine(message(block({ Queue: 'q', Calls: '2', Completed: '30', Abandoned: '4' })))).toEqual({
      queue: 'q',
      waiting: 2,
      completed: 30,
      abandoned: 4,
    });
    expect(entryLine(message(block({ ...channel, Queue: 'q', Position: '1', Wait: '12' })))).toEqual({
      ...ours,
      queue: 'q',
      position: 1,
      waitS: 12,
    });
  });
});

describe('eventsOf', () => {
  it('reads a recording with or without its banner', () => {
    const text = event('Newchannel', AT_MS, channel) + event('Hangup', AT_MS + 1, channel);
    const types = ['channel-created', 'channel-gone'];
    expect(eventsOf(Buffer.from(text)).map((one) => one.type)).toEqual(types);
    expect(eventsOf(Buffer.from(`Asterisk Call Manager/11.0.0\r\n${text}`)).map((one) => one.type)).toEqual(
      types,
    );
  });
});
