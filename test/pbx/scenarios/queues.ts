import { answers, busy, holds, ignores, mark, presses, stays, talks } from '../phone-steps.ts';
import type { CallTruth, Scenario } from '../scenario.ts';

/** The attendant's menu, then one queue for 15 s, then the mailbox. */
const MENU_THEN_QUEUE = `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,WaitExten(30)
exten => 1,1,Queue({q:main},tT,,,15)
 same => n,VoiceMail({box}@default,us)
 same => n,Hangup()`;

/** Listens for a second, presses 1; `asked` is the instant the queue is asked for. */
const chooses = [...talks(1), ...presses('1'), ...mark('asked')];
const pickup = ['caller0.start', 'caller0.up'] as const;
const untilCallerLeft = ['caller0.asked', 'caller0.end'] as const;

/** What is true of nearly every answered one. */
const answeredBy = (seat: string, more: Partial<CallTruth> = {}): CallTruth => ({
  outcome: 'answered',
  endedBy: 'caller',
  pickup,
  stages: [{ queue: 'main', end: 'answered', wait: ['caller0.asked', `${seat}.up`] }],
  answer: { by: 'seat', seat, queue: 'main', wait: ['caller0.asked', `${seat}.up`] },
  talk: [[`${seat}.up`, 'caller0.end']],
  scores: { auto: 'hit', transfer: 'hit' },
  ...more,
});

export const QUEUE_SCENARIOS: readonly Scenario[] = [
  {
    key: 'queue-answered',
    title: 'a menu, a queue, a seat answers, the caller ends it',
    kind: 'attendant',
    queues: { main: { members: ['a'], wrapupS: 5 } },
    seats: { a: [answers(3, stays)] },
    dialplan: MENU_THEN_QUEUE,
    callers: [{ script: [...chooses, ...talks(9)] }],
    seatStates: { a: [{ doing: 'wrap-up', from: 'a.end', to: 5 }] },
    truth: [answeredBy('a')],
    queueTruth: { main: [{ end: 'answered' }] },
  },
  {
    key: 'queue-seat-ends',
    title: 'the seat hangs up first; its phone says busy as soon as it rings',
    kind: 'attendant',
    queues: { main: { members: ['a'], extra: ['ringinuse = no'] } },
    seats: { a: [answers(2, talks(5))] },
    seatSetup: { a: { busyAt: 1 } },
    dialplan: MENU_THEN_QUEUE,
    callers: [{ script: [...chooses, ...stays] }],
    truth: [answeredBy('a', { endedBy: 'exchange', talk: [['a.up', 'a.end']] })],
    queueTruth: { main: [{ end: 'answered' }] },
  },
  {
    key: 'queue-abandoned',
    title: 'the caller hangs up after 12 s of queue',
    kind: 'attendant',
    queues: { main: { members: ['a'] } },
    seats: { a: [ignores] },
    dialplan: MENU_THEN_QUEUE,
    callers: [{ script: [...chooses, ...talks(12)] }],
    truth: [
      {
        outcome: 'abandoned',
        endedBy: 'caller',
        pickup,
        stages: [{ queue: 'main', end: 'hang-up', wait: untilCallerLeft }],
        scores: { auto: 'hit', transfer: 'miss' },
      },
    ],
    queueTruth: { main: [{ end: 'hang-up' }] },
  },
  {
    key: 'queue-short',
    title: 'the caller hangs up after 3 s of queue',
    kind: 'attendant',
    queues: { main: { members: ['a'] } },
    seats: { a: [ignores] },
    seatSetup: { a: { busyAt: 1 } },
    dialplan: MENU_THEN_QUEUE,
    callers: [{ script: [...chooses, ...talks(3)] }],
    truth: [
      {
        outcome: 'abandoned',
        endedBy: 'caller',
        pickup,
        stages: [{ queue: 'main', end: 'hang-up', wait: untilCallerLeft }],
        short: true,
        scores: { auto: 'hit', transfer: 'set_aside' },
      },
    ],
    queueTruth: { main: [{ end: 'hang-up' }] },
  },
  {
    key: 'queue-overflow',
    title: 'the first queue times out after 8 s, the second answers',
    kind: 'attendant',
    queues: { main: { ringS: 20, members: ['a'] }, second: { members: ['b'] } },
    seats: { a: [ignores], b: [answers(2, stays)] },
    dialplan: `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,WaitExten(30)
exten => 1,1,Queue({q:main},t,,,8)
 same => n,Queue({q:second},t,,,20)
 same => n,Hangup()`,
    callers: [{ script: [...chooses, ...talks(16)] }],
    truth: [
      {
        outcome: 'answered',
        endedBy: 'caller',
        pickup,
        stages: [
          { queue: 'main', end: 'timeout', wait: 8 },
          { queue: 'second', end: 'answered', wait: ['b.ring', 'b.up'] },
        ],
        answer: { by: 'seat', seat: 'b', queue: 'second', wait: ['caller0.asked', 'b.up'] },
        talk: [['b.up', 'caller0.end']],
        scores: { auto: 'hit', transfer: 'hit' },
      },
    ],
    queueTruth: { main: [{ end: 'timeout' }], second: [{ end: 'answered' }] },
    ringNoAnswer: { a: 1 },
  },
  {
    key: 'queue-ring-out',
    title: 'the first member rings out, the second is busy, the third answers',
    kind: 'attendant',
    queues: { main: { strategy: 'linear', ringS: 5, members: ['a', 'b', 'c'] } },
    seats: { a: [ignores], b: [busy], c: [answers(2, stays)] },
    dialplan: MENU_THEN_QUEUE.replace(',15)', ',40)'),
    callers: [{ script: [...chooses, ...talks(16)] }],
    truth: [answeredBy('c')],
    queueTruth: { main: [{ end: 'answered' }] },
    ringNoAnswer: { a: 1 },
  },
  {
    key: 'queue-ring-all',
    title: 'both members ring, one answers; the other has refused nothing',
    kind: 'attendant',
    queues: { main: { strategy: 'ringall', members: ['a', 'b'] } },
    seats: { a: [answers(4, stays)], b: [ignores] },
    seatSetup: { b: { busyAt: 1 } },
    dialplan: MENU_THEN_QUEUE,
    callers: [{ script: [...chooses, ...talks(10)] }],
    truth: [answeredBy('a')],
    queueTruth: { main: [{ end: 'answered' }] },
    ringNoAnswer: { b: 0 },
  },
  {
    key: 'queue-local-n',
    title: 'the member is a Local channel that stays (/n)',
    kind: 'attendant',
    queues: { main: { members: [{ seat: 'a', local: 'n' }] } },
    seats: { a: [answers(3, stays)] },
    dialplan: MENU_THEN_QUEUE,
    callers: [{ script: [...chooses, ...talks(10)] }],
    truth: [answeredBy('a')],
    queueTruth: { main: [{ end: 'answered' }] },
  },
  {
    key: 'queue-local-optimised',
    title: 'the member is a Local channel that optimises itself away; the caller leaves last',
    kind: 'attendant',
    queues: { main: { members: [{ seat: 'a', local: 'optimised' }] } },
    seats: { a: [answers(3, talks(8))] },
    // Transfer keys (t, T) would keep the Local channel in place.
    dialplan: MENU_THEN_QUEUE.replace(',tT,', ',,'),
    callers: [{ script: [...chooses, ...stays] }],
    truth: [answeredBy('a', { endedBy: 'exchange', talk: [['a.up', 'a.end']] })],
    queueTruth: { main: [{ end: 'answered' }] },
  },
  {
    key: 'queue-paused-ringing',
    title: 'the leader pauses the seat while it rings; it is answered all the same',
    kind: 'attendant',
    queues: { main: { members: ['a'] } },
    seats: { a: [answers(5, stays)] },
    dialplan: MENU_THEN_QUEUE,
    callers: [{ script: [...chooses, ...talks(10)] }],
    acts: [
      {
        after: 'a.ring',
        delayS: 2,
        pbx: { Action: 'QueuePause', Interface: '{seat:a}', Paused: 'true', Reason: 'meal' },
      },
    ],
    finally: { a: 'paused' },
    truth: [answeredBy('a')],
    queueTruth: { main: [{ end: 'answered' }] },
  },
  {
    key: 'queue-held',
    title: 'the seat puts the caller on hold for 4 s',
    kind: 'attendant',
    queues: { main: { members: ['a'] } },
    seats: { a: [answers(2, talks(3), holds(4), stays)] },
    dialplan: MENU_THEN_QUEUE,
    callers: [{ script: [...chooses, ...talks(14)] }],
    truth: [answeredBy('a', { hold: ['a.hold', 'a.unhold'] })],
    queueTruth: { main: [{ end: 'answered' }] },
  },
  {
    key: 'seat-registers',
    title: 'the phone takes itself off and comes back, and only then is offered the call',
    kind: 'attendant',
    queues: { main: { members: ['a'] } },
    seats: { a: [answers(2, stays)] },
    seatSetup: { a: { registers: true } },
    dialplan: MENU_THEN_QUEUE.replace(',15)', ',40)'),
    callers: [{ after: 'a.unregistered', atS: 2, script: [...chooses, ...mark('waits'), ...talks(26)] }],
    // A phone's registration takes from 1 to 10 s (Asterisk spreads them).
    acts: [
      {
        after: 'a.registered',
        delayS: 3,
        world: { Action: 'PJSIPUnregister', Registration: '{phone:a}' },
      },
      {
        after: 'caller0.waits',
        delayS: 3,
        world: { Action: 'PJSIPRegister', Registration: '{phone:a}' },
      },
    ],
    seatStates: { a: [{ doing: 'offline', from: 'a.unregistered', to: 'a.registered#2' }] },
    truth: [answeredBy('a')],
    queueTruth: { main: [{ end: 'answered' }] },
  },
  {
    key: 'queue-spied',
    title: 'a leader listens to the talk',
    kind: 'attendant',
    queues: { main: { members: ['a'] } },
    seats: { a: [answers(2, stays)], b: [busy] },
    dialplan: MENU_THEN_QUEUE,
    callers: [
      { script: [...chooses, ...talks(12)] },
      { after: 'a.up', atS: 1, seat: 'b', name: 'leader', dials: '*9{ext:a}', script: talks(4) },
    ],
    truth: [answeredBy('a')],
    queueTruth: { main: [{ end: 'answered' }] },
  },
];
