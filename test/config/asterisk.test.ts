import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** What the exchange lets through must be all that decides a figure; the three files must not drift apart. */
const read = (name: string): string =>
  readFileSync(new URL(`../../config/asterisk/${name}`, import.meta.url), 'utf8');

const EVENTS =
  `Newchannel Newstate Hangup HangupRequest DialBegin DialEnd BridgeEnter BridgeLeave BlindTransfer
  AttendedTransfer Hold Unhold MessageWaiting ChanSpyStart ChanSpyStop Pickup ParkedCall UnParkedCall ParkedCallGiveUp
  ParkedCallTimeOut QueueCallerJoin QueueCallerLeave QueueCallerAbandon AgentCalled AgentConnect AgentComplete
  AgentRingNoAnswer AgentDump QueueMemberAdded QueueMemberRemoved QueueMemberPause QueueMemberPenalty
  QueueMemberRinginuse QueueMemberStatus DeviceStateChange FullyBooted Shutdown Reload`.split(/\s+/);
const VARIABLES = ['QUEUESTATUS', 'VMSTATUS', 'DIALSTATUS', 'ABANDONED'];
const APPLICATIONS = ['Queue', 'VoiceMail', 'Dial', 'Busy', 'Congestion'];

const ADVANCED = ['manager.d/ringside.conf', 'manager_custom.conf'];
const LEGACY = 'manager.d/ringside-legacy.conf';
const settingLines = (text: string): readonly string[] =>
  text.split('\n').filter((line) => !/^(?:;|\s*$)/.test(line));

describe.each([...ADVANCED, LEGACY])('%s', (name) => {
  const lines = settingLines(read(name));

  it('switches timestamps on and gives the least rights', () => {
    expect(lines.slice(0, 2)).toEqual(['[general](+)', 'timestampevents = yes']);
    expect(lines.filter((line) => /^(?:\[|read|write|deny|permit)/.test(line))).toEqual([
      '[general](+)',
      '[ringside]',
      'deny = 0.0.0.0/0.0.0.0',
      'deny = ::/0',
      'permit = 127.0.0.1/255.255.255.255',
      'permit = ::1/128',
      'read = system,call,agent,dialplan',
      'write = reporting',
      'writetimeout = 10000',
      '[ringside-acting]',
      'deny = 0.0.0.0/0.0.0.0',
      'deny = ::/0',
      'permit = 127.0.0.1/255.255.255.255',
      'permit = ::1/128',
      'read =',
      'write = agent',
      'writetimeout = 10000',
    ]);
  });

  it('has no secret: Asterisk refuses a user without one, and would take an empty one', () => {
    expect(lines.filter((line) => line.includes('secret'))).toEqual([]);
    expect(read(name).match(/^;secret = /gm)).toHaveLength(2);
  });
});

describe.each(ADVANCED)('the filter of %s', (name) => {
  it('lets all through that decides a figure, and nothing else', () => {
    const filters = settingLines(read(name)).filter((line) => line.startsWith('eventfilter'));
    expect(filters.toSorted()).toEqual(
      [
        ...EVENTS.map((event) => `eventfilter(action(include),name(${event})) =`),
        ...VARIABLES.map(
          (v) => `eventfilter(action(include),name(VarSet),header(Variable),method(exact)) = ${v}`,
        ),
        ...APPLICATIONS.map(
          (a) => `eventfilter(action(include),name(Newexten),header(Application),method(exact)) = ${a}`,
        ),
      ].toSorted(),
    );
  });
});

describe('the filter for older releases', () => {
  // POSIX extended expressions as regcomp(REG_EXTENDED) takes them: "." is any character, also a line end.
  const filters = settingLines(read(LEGACY)).flatMap((line) => {
    const expression = /^eventfilter = (.*)$/.exec(line)?.[1];
    return expression === undefined
      ? []
      : [new RegExp(expression.replaceAll('[[:cntrl:]]', '[\\x00-\\x1f]'), 's')];
  });
  const passes = (event: string): boolean => filters.some((filter) => filter.test(event));

  it.each(EVENTS)('lets %s through', (event) => {
    expect(passes(`Event: ${event}\r\nPrivilege: call,all\r\n`)).toBe(true);
  });
  it.each([
    ['Event: VarSet\r\nPrivilege: dialplan,all\r\nVariable: QUEUESTATUS\r\nValue: FULL\r\n', true],
    ['Event: VarSet\r\nPrivilege: dialplan,all\r\nVariable: QUEUESTATUSES\r\nValue: FULL\r\n', false],
    ['Event: VarSet\r\nPrivilege: dialplan,all\r\nVariable: OTHER\r\nValue: FULL\r\n', false],
    ['Event: Newexten\r\nPrivilege: dialplan,all\r\nApplication: VoiceMail\r\nAppData: \r\n', true],
    ['Event: Newexten\r\nPrivilege: dialplan,all\r\nApplication: VoiceMailMain\r\nAppData: \r\n', false],
    ['Event: RTCPSent\r\nPrivilege: reporting,all\r\n', false],
    ['Event: HangupHandlerRun\r\nPrivilege: dialplan,all\r\n', false],
    ['Event: QueueMemberStatusOther\r\nPrivilege: agent,all\r\n', false],
  ])('%j: %s', (event, expected) => expect(passes(event)).toBe(expected));
});
