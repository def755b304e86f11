import { answers, busy, ignores, mark, presses, speaks, stays, talks } from '../phone-steps.ts';
import type { Scenario } from '../scenario.ts';

const pickup = ['caller0.start', 'caller0.up'] as const;

/** Hotlines with an attendant, without a queue: menus, phones behind them, and calls that are refused. */
export const ATTENDANT_SCENARIOS: readonly Scenario[] = [
  {
    key: 'self-served',
    title: 'hears what he wanted and leaves in the menu',
    kind: 'attendant',
    dialplan: `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,Background(demo-instruct)
 same => n,WaitExten(30)`,
    callers: [{ script: talks(4) }],
    truth: [{ outcome: 'self-served', endedBy: 'caller', pickup, stages: [], scores: { auto: 'hit' } }],
  },
  {
    key: 'menu-timeout',
    title: 'presses nothing; the menu throws him out after 5 s',
    kind: 'attendant',
    dialplan: `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,WaitExten(5)
exten => t,1,Hangup()`,
    callers: [{ script: stays }],
    truth: [{ outcome: 'self-served', endedBy: 'exchange', pickup, stages: [], scores: { auto: 'hit' } }],
  },
  {
    key: 'voicemail-by-choice',
    title: 'chooses the mailbox in the menu and leaves a message',
    kind: 'attendant',
    dialplan: `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,WaitExten(30)
exten => 9,1,VoiceMail({box}@default,s)
 same => n,Hangup()`,
    callers: [{ script: [...talks(1), ...presses('9'), ...talks(2), ...speaks(5)] }],
    truth: [
      {
        outcome: 'voicemail',
        endedBy: 'caller',
        pickup,
        stages: [],
        message: 'left',
        scores: { auto: 'hit' },
      },
    ],
  },
  {
    key: 'dropped',
    title: 'passed on to a phone, nobody for 8 s, the exchange hangs up',
    kind: 'attendant',
    seats: { a: [ignores] },
    dialplan: `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,WaitExten(30)
exten => 1,1,Dial({seat:a},8)
 same => n,Hangup()`,
    callers: [{ script: [...talks(1), ...presses('1'), ...mark('asked'), ...stays] }],
    truth: [
      {
        outcome: 'dropped',
        endedBy: 'exchange',
        pickup,
        stages: [{ end: 'timeout', wait: 8 }],
        scores: { auto: 'hit', transfer: 'miss' },
      },
    ],
    ringNoAnswer: { a: 1 },
  },
  {
    key: 'busy-phone',
    title: 'passed on to a phone that is busy; the exchange hangs up',
    kind: 'attendant',
    seats: { a: [busy] },
    dialplan: `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,WaitExten(30)
exten => 1,1,Dial({seat:a},20)
 same => n,Hangup()`,
    callers: [{ script: [...talks(1), ...presses('1'), ...stays] }],
    truth: [
      {
        outcome: 'dropped',
        endedBy: 'exchange',
        pickup,
        stages: [{ end: 'busy', wait: 0 }],
        scores: { auto: 'hit', transfer: 'miss' },
      },
    ],
  },
  {
    key: 'passed-answered',
    title: 'passed on to a phone, answered',
    kind: 'attendant',
    seats: { a: [answers(3, stays)] },
    dialplan: `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,WaitExten(30)
exten => 1,1,Dial({seat:a},20)
 same => n,Hangup()`,
    callers: [{ script: [...talks(1), ...presses('1'), ...mark('asked'), ...talks(8)] }],
    truth: [
      {
        outcome: 'answered',
        endedBy: 'caller',
        pickup,
        stages: [{ end: 'answered', wait: ['caller0.asked', 'a.up'] }],
        answer: { by: 'seat', seat: 'a', wait: ['caller0.asked', 'a.up'] },
        talk: [['a.up', 'caller0.end']],
        scores: { auto: 'hit', transfer: 'hit' },
      },
    ],
  },
  {
    key: 'screened',
    title: 'the phone answers but does not press 1 to accept: nobody spoke with the caller',
    kind: 'attendant',
    seats: { a: [answers(2, stays)] },
    dialplan: `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,WaitExten(30)
exten => 1,1,Dial({seat:a},20,U(accept-{key}))
 same => n,Hangup()
[accept-{key}]
exten => s,1,Read(ACCEPT,,1,,1,4)
 same => n,GotoIf($["\${ACCEPT}" = "1"]?yes)
 same => n,Set(GOSUB_RESULT=CONTINUE)
 same => n(yes),Return()`,
    callers: [{ script: [...talks(1), ...presses('1'), ...mark('asked'), ...stays] }],
    seatStates: { a: [{ doing: 'dialling', from: 'a.up', to: 'a.end' }] },
    truth: [
      {
        outcome: 'dropped',
        endedBy: 'exchange',
        pickup,
        stages: [{ end: 'timeout', wait: ['caller0.asked', 'caller0.end'] }],
        scores: { auto: 'hit', transfer: 'miss' },
      },
    ],
  },
  {
    key: 'screened-left',
    title: 'the caller leaves while the phone is asked; it accepts when he is gone',
    kind: 'attendant',
    seats: { a: [answers(2, talks(5), presses('1'), stays)] },
    dialplan: `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,WaitExten(30)
exten => 1,1,Dial({seat:a},20,U(accept-{key}))
 same => n,Hangup()
[accept-{key}]
exten => s,1,Read(ACCEPT,,1,,1,8)
 same => n,GotoIf($["\${ACCEPT}" = "1"]?yes)
 same => n,Set(GOSUB_RESULT=CONTINUE)
 same => n(yes),Return()`,
    callers: [{ script: [...talks(1), ...presses('1'), ...mark('asked'), ...talks(5.5)] }],
    seatStates: { a: [{ doing: 'dialling', from: 'a.up', to: 'a.end' }] },
    truth: [
      {
        outcome: 'abandoned',
        endedBy: 'caller',
        pickup,
        stages: [{ end: 'hang-up', wait: ['caller0.asked', 'caller0.end'] }],
        bridgedAfterwards: true,
        scores: { auto: 'hit', transfer: 'miss' },
      },
    ],
  },
  {
    key: 'blocked-busy',
    title: 'the exchange answers busy',
    kind: 'attendant',
    dialplan: 'exten => {number},1,Busy(3)',
    callers: [{}],
    truth: [{ outcome: 'blocked', endedBy: 'exchange', stages: [], scores: { auto: 'miss' } }],
  },
  {
    key: 'blocked-congestion',
    title: 'the exchange answers congestion',
    kind: 'attendant',
    dialplan: 'exten => {number},1,Congestion(3)',
    callers: [{}],
    truth: [{ outcome: 'blocked', endedBy: 'exchange', stages: [], scores: { auto: 'miss' } }],
  },
  {
    key: 'blocked-refused',
    title: 'the exchange hangs up at once with cause 42',
    kind: 'attendant',
    dialplan: 'exten => {number},1,Hangup(42)',
    callers: [{}],
    truth: [{ outcome: 'blocked', endedBy: 'exchange', stages: [], scores: { auto: 'miss' } }],
  },
  {
    key: 'never-picked-up',
    title: 'only ringing; the caller leaves after 10 s',
    kind: 'attendant',
    dialplan: 'exten => {number},1,Ringing()\n same => n,Wait(60)',
    callers: [{ patienceS: 10 }],
    truth: [{ outcome: 'abandoned', endedBy: 'caller', stages: [], scores: { auto: 'miss' } }],
  },
  {
    key: 'never-picked-up-long',
    title: 'only ringing; the caller leaves after 22 s',
    kind: 'attendant',
    dialplan: 'exten => {number},1,Ringing()\n same => n,Wait(60)',
    callers: [{ patienceS: 22 }],
    truth: [
      {
        outcome: 'unanswered',
        endedBy: 'caller',
        stages: [],
        scores: { auto: 'miss' },
        breaches: ['unanswered'],
      },
    ],
  },
];
