import { answers, ignores, mark, presses, speaks, stays, talks } from '../phone-steps.ts';
import type { Scenario } from '../scenario.ts';

/** The menu, the queue for so long, then the mailbox. */
const menu = (queueS: number): string => `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,WaitExten(30)
exten => 1,1,Queue({q:main},tT,,,${queueS})
 same => n,VoiceMail({box}@default,us)
 same => n,Hangup()`;

const chooses = [...talks(1), ...presses('1'), ...mark('asked')];
const pickup = ['caller0.start', 'caller0.up'] as const;

/** Every way out of a queue that is not an answer and not a hang-up. */
export const QUEUE_EXIT_SCENARIOS: readonly Scenario[] = [
  {
    key: 'timeout-message',
    title: 'nobody for 15 s, a message is left',
    kind: 'attendant',
    queues: { main: { ringS: 8, members: ['a'] } },
    seats: { a: [ignores] },
    dialplan: menu(15),
    callers: [{ script: [...chooses, ...talks(24), ...speaks(5)] }],
    truth: [
      {
        outcome: 'voicemail',
        endedBy: 'caller',
        pickup,
        stages: [{ queue: 'main', end: 'timeout', wait: 15 }],
        message: 'left',
        scores: { auto: 'hit', transfer: 'miss' },
      },
    ],
    queueTruth: { main: [{ end: 'timeout' }] },
    ringNoAnswer: { a: 1 },
  },
  {
    key: 'timeout-greeting',
    title: 'nobody for 8 s, the caller hangs up in the greeting of the mailbox',
    kind: 'attendant',
    queues: { main: { ringS: 20, members: ['a'] } },
    seats: { a: [ignores] },
    dialplan: menu(8),
    callers: [{ script: [...chooses, ...talks(10)] }],
    truth: [
      {
        outcome: 'voicemail',
        endedBy: 'caller',
        pickup,
        stages: [{ queue: 'main', end: 'timeout', wait: 8 }],
        message: 'none',
        scores: { auto: 'hit', transfer: 'miss' },
      },
    ],
    queueTruth: { main: [{ end: 'timeout' }] },
  },
  {
    key: 'timeout-announcement',
    title: 'nobody for 8 s, the caller hangs up in the announcement before the mailbox',
    kind: 'attendant',
    queues: { main: { ringS: 20, members: ['a'] } },
    seats: { a: [ignores] },
    dialplan: menu(8).replace(
      ' same => n,VoiceMail',
      ' same => n,Playback(tt-monkeys)\n same => n,VoiceMail',
    ),
    callers: [{ script: [...chooses, ...talks(11)] }],
    truth: [
      {
        outcome: 'abandoned',
        endedBy: 'caller',
        pickup,
        stages: [{ queue: 'main', end: 'timeout', wait: 8 }],
        scores: { auto: 'hit', transfer: 'miss' },
      },
    ],
    queueTruth: { main: [{ end: 'timeout' }] },
  },
  {
    key: 'exit-key',
    title: 'the caller presses 0 in the queue and leaves a message',
    kind: 'attendant',
    queues: { main: { members: ['a'], extra: ['context = exit-{key}'] } },
    seats: { a: [ignores] },
    dialplan: `${menu(40)}
[exit-{key}]
exten => 0,1,VoiceMail({box}@default,s)
 same => n,Hangup()`,
    callers: [
      { script: [...chooses, ...talks(5), ...presses('0'), ...mark('pressed'), ...talks(4), ...speaks(5)] },
    ],
    truth: [
      {
        outcome: 'voicemail',
        endedBy: 'caller',
        pickup,
        stages: [{ queue: 'main', end: 'key', wait: ['caller0.asked', 'caller0.pressed'] }],
        message: 'left',
        scores: { auto: 'hit', transfer: 'miss' },
      },
    ],
    queueTruth: { main: [{ end: 'key' }] },
  },
  {
    key: 'callback-request',
    title: 'nobody for 8 s, the caller asks to be called back',
    kind: 'attendant',
    callbackContext: 'callback-{key}',
    queues: { main: { ringS: 20, members: ['a'] } },
    seats: { a: [ignores] },
    dialplan: `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,WaitExten(30)
exten => 1,1,Queue({q:main},tT,,,8)
 same => n,Goto(callback-{key},s,1)
[callback-{key}]
exten => s,1,Playback(beep)
 same => n,Playback(vm-msgsaved)
 same => n,Hangup()`,
    callers: [{ script: [...chooses, ...stays] }],
    truth: [
      {
        outcome: 'voicemail',
        endedBy: 'exchange',
        pickup,
        stages: [{ queue: 'main', end: 'timeout', wait: 8 }],
        message: 'left',
        scores: { auto: 'hit', transfer: 'miss' },
      },
    ],
    queueTruth: { main: [{ end: 'timeout' }] },
  },
  {
    key: 'withdrawn',
    title: 'the exchange takes the waiting caller out of the queue',
    kind: 'attendant',
    queues: { main: { members: ['a'] } },
    seats: { a: [ignores] },
    seatSetup: { a: { offline: true } },
    dialplan: menu(40),
    callers: [{ script: [...chooses, ...talks(11)] }],
    acts: [{ after: 'caller0.asked', delayS: 5, withdraw: 0 }],
    truth: [
      {
        outcome: 'voicemail',
        endedBy: 'caller',
        pickup,
        // The queue notices it when it looks at the caller next.
        stages: [{ queue: 'main', end: 'withdrawn', wait: 5.6 }],
        message: 'none',
        scores: { auto: 'hit', transfer: 'miss' },
      },
    ],
    queueTruth: { main: [{ end: 'withdrawn' }] },
  },
  {
    key: 'queue-full',
    title: 'one caller waits; the next finds the queue full and gets the mailbox',
    kind: 'attendant',
    queues: { main: { members: ['a'], extra: ['maxlen = 1'] } },
    seats: { a: [ignores] },
    dialplan: menu(40),
    callers: [
      { script: [...chooses, ...talks(16)] },
      { after: 'caller0.asked', atS: 2, script: [...chooses, ...talks(2)] },
    ],
    truth: [
      {
        outcome: 'abandoned',
        endedBy: 'caller',
        pickup,
        stages: [{ queue: 'main', end: 'hang-up', wait: ['caller0.asked', 'caller0.end'] }],
        scores: { auto: 'hit', transfer: 'miss' },
      },
      {
        outcome: 'voicemail',
        endedBy: 'caller',
        pickup: ['caller1.start', 'caller1.up'],
        stages: [{ queue: 'main', end: 'full', wait: 0 }],
        message: 'none',
        scores: { auto: 'hit', transfer: 'miss' },
      },
    ],
    queueTruth: { main: [{ end: 'full' }, { end: 'hang-up' }] },
  },
  {
    key: 'join-empty',
    title: 'no phone of the queue is there: refused at the door, a message is left',
    kind: 'attendant',
    queues: { main: { members: ['a'], extra: ['joinempty = unavailable,invalid,unknown'] } },
    seats: { a: [ignores] },
    seatSetup: { a: { offline: true } },
    dialplan: menu(40),
    callers: [{ script: [...chooses, ...talks(9), ...speaks(5)] }],
    truth: [
      {
        outcome: 'voicemail',
        endedBy: 'caller',
        pickup,
        stages: [{ queue: 'main', end: 'join-empty', wait: 0 }],
        message: 'left',
        scores: { auto: 'hit', transfer: 'miss' },
      },
    ],
    queueTruth: { main: [{ end: 'join-empty' }] },
  },
  {
    key: 'leave-empty',
    title: 'the only seat is talking and goes on pause: the waiting caller is put out',
    kind: 'attendant',
    queues: {
      main: { members: ['a'], extra: ['leavewhenempty = paused,unavailable,invalid', 'ringinuse = no'] },
    },
    seats: { a: [answers(1, talks(14))] },
    dialplan: menu(40),
    callers: [
      { script: [...chooses, ...stays] },
      { after: 'a.up', atS: 1, script: [...chooses, ...talks(8)] },
    ],
    acts: [
      {
        after: 'caller1.asked',
        delayS: 3.5,
        pbx: { Action: 'QueuePause', Interface: '{seat:a}', Paused: 'true', Reason: 'meal' },
      },
    ],
    finally: { a: 'paused' },
    truth: [
      {
        outcome: 'answered',
        endedBy: 'exchange',
        pickup,
        stages: [{ queue: 'main', end: 'answered', wait: ['caller0.asked', 'a.up'] }],
        answer: { by: 'seat', seat: 'a', queue: 'main', wait: ['caller0.asked', 'a.up'] },
        talk: [['a.up', 'a.end']],
        scores: { auto: 'hit', transfer: 'hit' },
      },
      {
        outcome: 'voicemail',
        endedBy: 'caller',
        pickup: ['caller1.start', 'caller1.up'],
        // The queue looks at its members between two offers, not at the instant of the pause.
        stages: [{ queue: 'main', end: 'leave-empty', wait: 4.5 }],
        message: 'none',
        scores: { auto: 'hit', transfer: 'miss' },
      },
    ],
    queueTruth: { main: [{ end: 'answered' }, { end: 'leave-empty' }] },
  },
];
