import { answers, busy, commands, ignores, mark, presses, stays, talks } from '../phone-steps.ts';
import type { CallTruth, Scenario } from '../scenario.ts';

const MENU = `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,WaitExten(30)
exten => 1,1,Queue({q:main},tT,,,30)
 same => n,Hangup()`;
const chooses = [...talks(1), ...presses('1'), ...mark('asked')];

/** Seat `a` answered out of the queue; what it did with the call afterwards changes nothing of this. */
const firstAnswer: CallTruth = {
  outcome: 'answered',
  endedBy: 'caller',
  pickup: ['caller0.start', 'caller0.up'],
  stages: [{ queue: 'main', end: 'answered', wait: ['caller0.asked', 'a.up'] }],
  answer: { by: 'seat', seat: 'a', queue: 'main', wait: ['caller0.asked', 'a.up'] },
  scores: { auto: 'hit', transfer: 'hit' },
};
const answeredOnce = { main: [{ end: 'answered' }] } as const;

/** What a seat does with a caller it has answered, and who else takes it. */
export const TRANSFER_SCENARIOS: readonly Scenario[] = [
  {
    key: 'blind-to-seat',
    title: 'blind transfer to another seat, which answers',
    kind: 'attendant',
    queues: { main: { members: ['a'] } },
    seats: { a: [answers(2, talks(3), commands('##{ext:b}'), stays)], b: [answers(3, stays)] },
    dialplan: MENU,
    callers: [{ script: [...chooses, ...talks(20)] }],
    truth: [
      {
        ...firstAnswer,
        stages: [...firstAnswer.stages, { end: 'answered', wait: ['b.ring', 'b.up'] }],
        talk: [
          ['a.up', 'a.end'],
          ['b.up', 'caller0.end'],
        ],
        transfers: 1,
      },
    ],
    queueTruth: answeredOnce,
  },
  {
    key: 'blind-to-queue',
    title: 'blind transfer into another queue, which nobody answers: lost after the answer',
    kind: 'attendant',
    queues: { main: { members: ['a'] }, second: { members: ['b'] } },
    seats: { a: [answers(2, talks(3), commands('##5{box}'), stays)], b: [ignores] },
    dialplan: `${MENU}
[seats]
exten => 5{box},1,Queue({q:second},,,,8)
 same => n,Hangup()`,
    callers: [{ script: [...chooses, ...stays] }],
    truth: [
      {
        ...firstAnswer,
        endedBy: 'exchange',
        stages: [...firstAnswer.stages, { queue: 'second', end: 'timeout', wait: 8 }],
        talk: [['a.up', 'a.end']],
        transfers: 1,
        lostAfterAnswer: true,
      },
    ],
    queueTruth: { main: [{ end: 'answered' }], second: [{ end: 'timeout' }] },
  },
  {
    key: 'attended-to-seat',
    title: 'attended transfer: the seats speak, then the caller speaks with the second',
    kind: 'attendant',
    queues: { main: { members: ['a'] } },
    seats: {
      a: [answers(2, talks(3), commands('*2'), talks(1), presses('{ext:b}'), talks(9))],
      b: [answers(3, stays)],
    },
    dialplan: MENU,
    callers: [{ script: [...chooses, ...talks(26)] }],
    seatStates: {
      a: [
        { doing: 'on hold', from: 'a.hold', to: 'b.ring' },
        { doing: 'dialling', from: 'b.ring', to: 'b.up' },
      ],
    },
    truth: [
      {
        ...firstAnswer,
        talk: [
          // The seat stays with the caller, on hold, until it has dialled its colleague.
          ['a.up', 'b.ring'],
          ['a.end', 'caller0.end'],
        ],
        transfers: 1,
      },
    ],
    queueTruth: answeredOnce,
  },
  {
    key: 'picked-up',
    title: 'a colleague picks up the phone that rings for the queue',
    kind: 'attendant',
    queues: { main: { members: ['a'] } },
    seats: { a: [ignores], b: [busy] },
    seatSetup: { a: { callGroup: true }, b: { callGroup: true } },
    dialplan: MENU,
    callers: [
      { script: [...chooses, ...talks(12)] },
      { after: 'a.ring', atS: 3, seat: 'b', name: 'picker', dials: '*8{ext:a}', script: stays },
    ],
    truth: [
      {
        ...firstAnswer,
        stages: [{ queue: 'main', end: 'answered', wait: ['caller0.asked', 'picker.up'] }],
        answer: { by: 'seat', seat: 'b', queue: 'main', wait: ['caller0.asked', 'picker.up'] },
        talk: [['picker.up', 'caller0.end']],
      },
    ],
    queueTruth: answeredOnce,
  },
  {
    key: 'people-picked-up',
    title: 'a colleague picks up a phone that rings without a queue',
    kind: 'people',
    seats: { a: [ignores], b: [busy] },
    seatSetup: { a: { callGroup: true }, b: { callGroup: true } },
    dialplan: 'exten => {number},1,Dial({seat:a},30)\n same => n,Hangup()',
    callers: [
      { script: talks(8) },
      { after: 'a.ring', atS: 3, seat: 'b', name: 'picker', dials: '*8{ext:a}', script: stays },
    ],
    truth: [
      {
        outcome: 'answered',
        endedBy: 'caller',
        pickup: ['caller0.start', 'caller0.up'],
        stages: [{ end: 'answered', wait: ['caller0.start', 'picker.up'] }],
        answer: { by: 'seat', seat: 'b', wait: ['caller0.start', 'picker.up'] },
        talk: [['picker.up', 'caller0.end']],
        scores: { direct: 'hit' },
      },
    ],
  },
  {
    key: 'parked-taken',
    title: 'parked by the seat, taken back by another',
    kind: 'attendant',
    queues: { main: { members: ['a'] } },
    seats: { a: [answers(2, talks(3), commands('##{park}'), stays)], b: [busy] },
    dialplan: MENU,
    callers: [
      { script: [...chooses, ...talks(22)] },
      { after: 'a.end', atS: 4, seat: 'b', name: 'taker', dials: '{slot}', script: stays },
    ],
    seatStates: { a: [{ doing: 'dialling', from: 'a.unhold', to: 'a.end' }] },
    truth: [
      {
        ...firstAnswer,
        talk: [
          ['a.up', 'a.unhold'],
          ['taker.up', 'caller0.end'],
        ],
        transfers: 1,
      },
    ],
    queueTruth: answeredOnce,
  },
  {
    key: 'parked-given-up',
    title: 'parked by the seat; the caller hangs up in the parking place',
    kind: 'attendant',
    queues: { main: { members: ['a'] } },
    seats: { a: [answers(2, talks(3), commands('##{park}'), stays)] },
    dialplan: MENU,
    callers: [{ script: [...chooses, ...talks(17)] }],
    seatStates: { a: [{ doing: 'dialling', from: 'a.unhold', to: 'a.end' }] },
    truth: [{ ...firstAnswer, talk: [['a.up', 'a.unhold']], transfers: 1, lostAfterAnswer: true }],
    queueTruth: answeredOnce,
  },
  {
    key: 'parked-timed-out',
    title: 'parked by the seat, fetched by nobody: the exchange rings the seat again, which answers',
    kind: 'attendant',
    queues: { main: { members: ['a'] } },
    seats: { a: [answers(2, talks(3), commands('##{park}'), stays), answers(3, stays)] },
    dialplan: MENU,
    callers: [{ script: [...chooses, ...talks(32)] }],
    seatStates: { a: [{ doing: 'dialling', from: 'a.unhold', to: 'a.end' }] },
    truth: [
      {
        ...firstAnswer,
        stages: [...firstAnswer.stages, { end: 'answered', wait: ['a#2.ring', 'a#2.up'] }],
        talk: [
          ['a.up', 'a.unhold'],
          ['a#2.up', 'caller0.end'],
        ],
        transfers: 1,
      },
    ],
    queueTruth: answeredOnce,
  },
  {
    key: 'blind-to-hotline',
    title: 'blind transfer to the number of another hotline: counted once, on the first',
    kind: 'attendant',
    second: 'people',
    queues: { main: { members: ['a'] } },
    seats: { a: [answers(2, talks(3), commands('##{number2}'), stays)], b: [answers(3, stays)] },
    dialplan: `exten => {number2},1,Dial({seat:b},30)
 same => n,Hangup()
${MENU}`,
    callers: [{ script: [...chooses, ...talks(20)] }],
    truth: [
      {
        ...firstAnswer,
        stages: [...firstAnswer.stages, { end: 'answered', wait: ['b.ring', 'b.up'] }],
        talk: [
          ['a.up', 'a.end'],
          ['b.up', 'caller0.end'],
        ],
        transfers: 1,
      },
    ],
    queueTruth: answeredOnce,
    transferredIn: 1,
  },
  {
    key: 'forwarded-outside',
    title: 'forwarded to a mobile through the trunk, which answers',
    kind: 'people',
    mobiles: { x: [answers(4, stays)] },
    dialplan: 'exten => {number},1,Dial(PJSIP/{mobile:x}@carrier,30)\n same => n,Hangup()',
    callers: [{ script: talks(6) }],
    truth: [
      {
        outcome: 'answered',
        endedBy: 'caller',
        pickup: ['caller0.start', 'caller0.up'],
        stages: [{ end: 'answered', wait: ['caller0.start', 'x.up'] }],
        answer: { by: 'outside', wait: ['caller0.start', 'x.up'] },
        talk: [['x.up', 'caller0.end']],
        scores: { direct: 'hit' },
      },
    ],
  },
];
