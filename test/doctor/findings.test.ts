import { describe, expect, it } from 'vitest';
import { LINK_FAILURES } from '../../src/ami/connection.ts';
import { findingsJson, findingsText } from '../../src/doctor/findings-text.ts';
import { judge } from '../../src/doctor/findings.ts';
import type { ExchangeObservation } from '../../src/doctor/observation.ts';
import { somePbx, someWatch } from '../support/definitions.ts';
import { someLink } from '../support/picture.ts';
import { found, lines, worse } from './judged.ts';
import { channelLine, created, memberLine, observed, picture, someTraffic } from './observations.ts';

const wire = observed().wire;
const NEVER_READY = { watchedMs: undefined, first: undefined, last: undefined, rights: undefined };

describe('a quiet exchange with everything in order', () => {
  it('is right, and says what was not seen', () => {
    expect(findingsText([judge(observed(), someWatch())])).toBe(`Exchange north at 127.0.0.1:5038
  right    Reached, and logged in as ringside.
  right    The connection does not leave this machine.
  right    Asterisk 22 is supported.
  right    Its clock and the one of this machine agree.
  right    AMI user ringside may do what it needs, and no more.
  right    Queues found: support.
  right    Seats found in these queues: 1.
  note     No event came yet: whether events carry a Timestamp is not known.
           -> Place a call and try again.
  note     Only 0 events came: whether the event filter is in force is not known.
  note     Not seen yet, so nothing is said about them: Newchannel, Hangup, Newstate, DialBegin, DialEnd, BridgeEnter, BridgeLeave, QueueCallerJoin, QueueCallerLeave, AgentCalled, AgentConnect, Newexten, DeviceStateChange, HangupRequest.
  note     Hotline gas: no call yet (100).
           -> Dial one of its numbers from outside while the doctor watches.
  note     No channel was seen on carrier (PJSIP/carrier).

Nothing is wrong.
`);
  });

  it('says the same to programs', () => {
    const findings = judge(observed(), someWatch());
    expect(JSON.parse(findingsJson([findings]))).toEqual({ wrong: 0, warnings: 0, exchanges: [findings] });
  });
});

describe('the link', () => {
  const cases: readonly [title: string, seen: Partial<ExchangeObservation>, said: readonly string[]][] = [
    [
      'nobody listens',
      {
        ...NEVER_READY,
        link: someLink({ state: 'waiting-to-retry', banner: '', release: '' }),
        fault: { code: 'unreachable', message: 'Nobody listens at 127.0.0.1:5038 (ECONNREFUSED).' },
      },
      [
        'wrong | It was not reached. | Nobody listens at 127.0.0.1:5038 (ECONNREFUSED). | On the exchange: asterisk -rx "manager show settings"',
      ],
    ],
    [
      'FullyBooted does not come',
      {
        ...NEVER_READY,
        link: someLink({ state: 'waiting-for-boot' }),
      },
      [
        'wrong | The exchange does not say that it is up. | Logged in, but FullyBooted did not come: Asterisk is still loading, or read= of AMI user ringside lacks "system". | Write read = system,call,agent,dialplan, then: asterisk -rx "manager reload"',
      ],
    ],
    [
      'the watch is too short',
      {
        ...NEVER_READY,
        link: someLink({ state: 'reading-snapshot' }),
      },
      [
        'wrong | The watch ended before it was ready (reading-snapshot). | The exchange took longer than the watch lasted. | Give it more time: --seconds 60',
      ],
    ],
    [
      'events without a Timestamp',
      {
        fault: {
          code: 'no-timestamps',
          message: 'Events come without a Timestamp, nothing can be measured.',
        },
      },
      [
        'wrong | Events come without a Timestamp. | Events come without a Timestamp, nothing can be measured. | Add timestampevents = yes to [general] of manager.conf, then: asterisk -rx "manager reload"',
      ],
    ],
    [
      'in clear over a network',
      { wire: { ...wire, host: '192.0.2.7' } },
      [
        'warning | The connection crosses a network in clear. | Who can see the network can read every call. | Use TLS (tlsenable = yes in manager.conf, tls: here), or a tunnel to 127.0.0.1.',
      ],
    ],
    [
      'TLS without a check',
      { wire: { ...wire, host: '192.0.2.7', tls: 'unchecked' } },
      [
        'warning | The connection is encrypted, its certificate is not checked. | Whoever sits on the wire can pose as the exchange. | Name the authority with tls.caFile and take verify: false away.',
      ],
    ],
    ['TLS', { wire: { ...wire, host: '192.0.2.7', tls: 'checked' } }, []],
    [
      'an old release',
      { link: someLink({ release: '18' }) },
      [
        'warning | Asterisk 18 is watched as well as it goes. | It is no longer maintained, and cannot filter events by name. | Take config/asterisk/manager.d/ringside-legacy.conf, and plan the update.',
      ],
    ],
    [
      'a release between',
      { link: someLink({ release: '21' }) },
      [
        'warning | Asterisk 21 is not supported. | Nobody has compared what it sends with what really happened. | Supported are 20, 22, 23.',
      ],
    ],
    [
      'an unknown release',
      { link: someLink({ release: '', banner: 'Asterisk Call Manager/99.0.0' }) },
      [
        'warning | The release is not known (Asterisk Call Manager/99.0.0). | Nobody has compared what it sends with what really happened. | Supported are 20, 22, 23.',
      ],
    ],
    [
      'a clock that is ahead',
      { link: someLink({ clockOffsetMs: 90_400 }) },
      [
        'warning | Its clock is 90.4 s ahead of the one of this machine. | Figures stay right, times are brought to one clock; but the logs of the two cannot be compared. | Let both follow a time server.',
      ],
    ],
    [
      'a clock that is behind',
      { link: someLink({ clockOffsetMs: -2_000 }) },
      [
        'warning | Its clock is 2.0 s behind the one of this machine. | Figures stay right, times are brought to one clock; but the logs of the two cannot be compared. | Let both follow a time server.',
      ],
    ],
  ];
  it.each(cases)('%s', (_title, seen, said) => {
    expect(worse(found(seen))).toEqual(said);
  });

  it.each(LINK_FAILURES)('failure %s is wrong, in the words of the session', (code) => {
    const [first] = found({ fault: { code, message: 'what happened' } });
    expect(first).toMatchObject({ level: 'wrong', why: 'what happened' });
    expect(first?.what).not.toBe('');
  });

  it('says nothing of queues and calls it never saw', () => {
    const findings = found({ watchedMs: undefined, first: undefined, last: undefined });
    expect(lines(findings).join('\n')).not.toMatch(/queue|hotline|event/i);
  });
});

describe('rights', () => {
  const excess = [
    { class: 'originate', actions: ['Originate'] },
    { class: 'user', actions: ['UserEvent'] },
  ];
  const cases: readonly [title: string, seen: Partial<ExchangeObservation>, said: readonly string[]][] = [
    [
      'a reading login that may too much: what owns the machine is wrong, the rest a warning',
      { rights: { excess, missing: [] } },
      [
        'wrong | AMI user ringside has too many rights: write class "originate". | It lets whoever has the secret place calls and run programs (CVE-2024-42365). | Take "originate" (or "all") out of its write= line in manager.conf: "reporting" is enough.',
        'warning | AMI user ringside has too many rights: write class "user". | It lets whoever has the secret send events of its own making. | Take "user" (or "all") out of its write= line in manager.conf: "reporting" is enough.',
      ],
    ],
    [
      'a reading login that may too little',
      { rights: { excess: [], missing: ['Status'] } },
      [
        'wrong | AMI user ringside may not do Status. | Its write= line lacks "reporting". | Write write = reporting in manager.conf, then: asterisk -rx "manager reload"',
      ],
    ],
    [
      'a read class is missing: a channel came and no event told',
      { last: picture({ channels: [channelLine({})] }) },
      [
        'wrong | Events of class "call" do not come to AMI user ringside. | The lists show that something happened of which no event told. | Add "call" to its read= line in manager.conf, then: asterisk -rx "manager reload"',
      ],
    ],
    [
      'the same by the count of calls, when they came and went between the lists',
      { last: picture({ processedCalls: 3 }) },
      [
        'wrong | Events of class "call" do not come to AMI user ringside. | The lists show that something happened of which no event told. | Add "call" to its read= line in manager.conf, then: asterisk -rx "manager reload"',
      ],
    ],
    [
      'a queue served somebody and no event told',
      { last: picture({ queues: [{ queue: 'support', waiting: 0, completed: 1, abandoned: 0 }] }) },
      [
        'wrong | Events of class "agent" do not come to AMI user ringside. | The lists show that something happened of which no event told. | Add "agent" to its read= line in manager.conf, then: asterisk -rx "manager reload"',
      ],
    ],
    ['the watch was cut short: nothing is said', { last: undefined }, []],
    [
      'a good acting login',
      { acting: { user: 'act', fault: undefined, rights: { excess: [], missing: [] } } },
      [],
    ],
    [
      'an acting login that may too much',
      { acting: { user: 'act', fault: undefined, rights: { excess: excess.slice(0, 1), missing: [] } } },
      [
        'wrong | AMI user act has too many rights: write class "originate". | It lets whoever has the secret place calls and run programs (CVE-2024-42365). | Take "originate" (or "all") out of its write= line in manager.conf: "agent" is enough.',
      ],
    ],
    [
      'an acting login that is refused',
      { acting: { user: 'act', fault: { code: 'login-refused', message: 'Refused.' }, rights: undefined } },
      [
        'wrong | The acting login act does not work: seats cannot be moved. | Refused. | Look at [act] in manager.conf: read = (nothing), write = agent, as config/asterisk has it.',
      ],
    ],
  ];
  it.each(cases)('%s', (_title, seen, said) => {
    expect(worse(found(seen))).toEqual(said);
  });

  it('says so where rights could not be asked', () => {
    expect(lines(found({ rights: undefined }))).toContain(
      'note | What AMI user ringside may do could not be asked (ListCommands was refused).',
    );
  });
});

describe('events', () => {
  function afterEvents(
    count: number,
    known: ReadonlyMap<string, number>,
    unknown = new Map<string, number>(),
  ) {
    const traffic = someTraffic();
    traffic.useful = count;
    return found({ traffic, known, unknown });
  }

  it('finds the filter in force where nothing useless came', () => {
    const said = lines(afterEvents(30, new Map([['DeviceStateChange', 30]])));
    expect(said).toContain('right | The event filter is in force: nothing came that is of no use.');
    expect(said).toContain('right | Events carry the time of the exchange.');
  });

  it('counts what a filter would keep away, with the names that come most', () => {
    const unknown = new Map([
      ['RTCPSent', 90],
      ['Newcallerid', 100],
    ]);
    expect(worse(afterEvents(40, new Map([['VarSet', 50]]), unknown))).toEqual([
      'warning | No event filter is in force for AMI user ringside: 200 of 240 events were of no use (Newcallerid, RTCPSent). | It would keep 3.3 events a second away from both machines. | Take the eventfilter lines of config/asterisk/manager.d/ringside.conf; they are in force from the next login on.',
    ]);
  });

  it('counts steps of the dialplan that nobody asked for, and not those of a configured context', () => {
    const traffic = someTraffic();
    const step = { ...created({}), type: 'dialplan-step', application: 'NoOp', data: '' } as const;
    traffic.take({ ...step, context: 'ivr' });
    traffic.take({ ...step, context: 'from-carrier', application: 'Queue' });
    traffic.take({ ...step, context: 'from-carrier' });
    expect(worse(found({ traffic, known: new Map([['Newexten', 3]]) }))).toEqual([
      'warning | No event filter is in force for AMI user ringside: 1 of 3 events were of no use. | It would keep 0.0 events a second away from both machines. | Take the eventfilter lines of config/asterisk/manager.d/ringside.conf; they are in force from the next login on.',
    ]);
  });

  it('names a needed event that others came without', () => {
    const known = new Map([
      ['Newchannel', 9],
      ['Hangup', 9],
      ['AgentConnect', 3],
      ...['Newstate', 'DialBegin', 'DialEnd', 'BridgeEnter', 'BridgeLeave', 'AgentCalled', 'Newexten'].map(
        (name) => [name, 3] as const,
      ),
      ...['QueueCallerJoin', 'QueueCallerLeave'].map((name) => [name, 3] as const),
    ]);
    expect(worse(afterEvents(48, known))).toEqual([
      'wrong | The event DeviceStateChange does not come. | AgentConnect came 3 times without it: seats without a queue have no state. | Add eventfilter(action(include),name(DeviceStateChange)) = to AMI user ringside in manager.conf.',
    ]);
  });

  it('judges HangupRequest by the calls that ended', () => {
    const traffic = someTraffic();
    for (let i = 0; i < 5; i++) {
      const call = created({ uniqueid: `1700000000.${i}` });
      traffic.take(call);
      traffic.take({ ...call, type: 'channel-gone', cause: 16 });
    }
    const known = new Map([
      ['Newchannel', 5],
      ['Hangup', 5],
    ]);
    const wrongs = found({ traffic, known }).filter(({ level }) => level === 'wrong');
    expect(lines(wrongs)).toEqual([
      'wrong | The event HangupRequest does not come. | 5 calls ended without it: who ended a call is not seen. | Add eventfilter(action(include),name(HangupRequest)) = to AMI user ringside in manager.conf.',
    ]);
  });
});

describe('queues and seats', () => {
  const queue = (name: string) => ({ queue: name, waiting: 0, completed: 0, abandoned: 0 });

  it('names queues of either side that the other does not know', () => {
    const first = picture({ queues: [queue('suport'), queue('helpdesk')], members: [] });
    const said = lines(found({ first, last: undefined }));
    expect(said).toContain(
      'wrong | The exchange does not know queue "support". | It knows suport, helpdesk. | Write its name as in queues.conf. A realtime queue is known only from its first call on: queue show NAME on the console loads it.',
    );
    expect(said).toContain(
      'note | Queues on the exchange that no hotline names: suport, helpdesk. | If callers of a hotline come into one of them, name it there under queues.',
    );
  });

  it('says when a queue is empty, a member is no device, a seat is in no queue; long numbers masked', () => {
    const pbx = somePbx({ seats: [{ interface: 'PJSIP/301', name: 'Counter' }] });
    const watch = someWatch({ pbxs: [pbx] });
    const first = picture({
      members: [memberLine({ interface: 'Local/13600001000@out', stateInterface: '', status: 4 })],
    });
    expect(worse(found({ first, last: undefined }, watch))).toEqual([
      'warning | Member Local/136****1000@out of queue support is invalid. | Asterisk knows no such device: it will never ring, and it has no state. | Write the member in queues.conf as the endpoint is called in pjsip.conf.',
    ]);
    const said = lines(found({ first: picture({ members: [] }), last: undefined }, watch));
    expect(said).toContain('note | Queue support has no member at the moment.');
    expect(said).toContain('note | Configured seats that are in no queue: PJSIP/301.');
  });
});
