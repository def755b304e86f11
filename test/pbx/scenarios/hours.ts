import { answers, ignores, mark, presses, speaks, stays, talks } from '../phone-steps.ts';
import type { Scenario } from '../scenario.ts';

const pickup = ['caller0.start', 'caller0.up'] as const;

/** Calls outside staffed hours, and the emergency that is open at all hours. */
export const HOURS_SCENARIOS: readonly Scenario[] = [
  {
    key: 'closed-announcement',
    title: 'a closed people hotline: an announcement takes it',
    kind: 'people',
    hours: 'closed',
    closedContext: 'closed-{key}',
    dialplan: `exten => {number},1,Goto(closed-{key},s,1)
[closed-{key}]
exten => s,1,Answer()
 same => n,Playback(tt-weasels)
 same => n,Hangup()`,
    callers: [{ script: stays }],
    truth: [
      { outcome: 'self-served', endedBy: 'exchange', pickup, stages: [], scores: { 'after-hours': 'hit' } },
    ],
  },
  {
    key: 'closed-attendant',
    title: 'a closed attendant hotline: the menu takes it',
    kind: 'attendant',
    hours: 'closed',
    dialplan: `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,WaitExten(30)`,
    callers: [{ script: talks(4) }],
    truth: [
      { outcome: 'self-served', endedBy: 'caller', pickup, stages: [], scores: { 'after-hours': 'hit' } },
    ],
  },
  {
    key: 'closed-voicemail',
    title: 'a closed people hotline: a mailbox behind a context of its own takes a message',
    kind: 'people',
    hours: 'closed',
    voicemailContext: 'mail-{key}',
    dialplan: `exten => {number},1,Goto(mail-{key},s,1)
[mail-{key}]
exten => s,1,VoiceMail({box}@default,s)
 same => n,Hangup()`,
    callers: [{ script: [...talks(2), ...speaks(5)] }],
    truth: [
      {
        outcome: 'voicemail',
        endedBy: 'caller',
        pickup,
        stages: [],
        message: 'left',
        scores: { 'after-hours': 'hit' },
      },
    ],
  },
  {
    key: 'closed-mobile',
    title: 'night duty: a mobile behind the trunk answers',
    kind: 'people',
    hours: 'closed',
    mobiles: { x: [answers(3, talks(6))] },
    dialplan: 'exten => {number},1,Dial(PJSIP/{mobile:x}@carrier,30)\n same => n,Hangup()',
    callers: [{}],
    truth: [
      {
        outcome: 'answered',
        endedBy: 'exchange',
        pickup,
        stages: [{ end: 'answered', wait: ['caller0.start', 'x.up'] }],
        answer: { by: 'outside', wait: ['caller0.start', 'x.up'] },
        talk: [['x.up', 'x.end']],
        scores: { 'after-hours': 'hit' },
      },
    ],
  },
  {
    key: 'closed-not-taken',
    title: 'a closed people hotline: nothing takes it, the exchange gives up after 10 s',
    kind: 'people',
    hours: 'closed',
    seats: { a: [ignores] },
    dialplan: 'exten => {number},1,Dial({seat:a},10)\n same => n,Hangup()',
    callers: [{}],
    truth: [
      {
        outcome: 'unanswered',
        endedBy: 'exchange',
        stages: [{ end: 'timeout', wait: 10 }],
        scores: { 'after-hours': 'miss' },
        breaches: ['after-hours-not-taken'],
      },
    ],
  },
  {
    key: 'closed-rang-short',
    title: 'a closed people hotline: rings 8 s and hangs up',
    kind: 'people',
    hours: 'closed',
    seats: { a: [ignores] },
    dialplan: 'exten => {number},1,Dial({seat:a},60)\n same => n,Hangup()',
    callers: [{ patienceS: 8 }],
    truth: [
      {
        outcome: 'abandoned',
        endedBy: 'caller',
        stages: [{ end: 'hang-up', wait: ['caller0.start', 'caller0.end'] }],
        scores: { 'after-hours': 'set_aside' },
      },
    ],
  },
  {
    key: 'emergency-not-answered',
    title: 'the emergency branch at night: nobody, and a breach of its own',
    kind: 'attendant',
    hours: 'closed',
    emergency: true,
    queues: { main: { members: ['a'] } },
    seats: { a: [ignores] },
    dialplan: `exten => {number},1,Goto(ivr-{key},s,1)
[ivr-{key}]
exten => s,1,Answer()
 same => n,WaitExten(30)
exten => 1,1,Queue({q:main},,,,30)
 same => n,Hangup()`,
    callers: [{ script: [...talks(1), ...presses('1'), ...mark('asked'), ...talks(10)] }],
    truth: [
      {
        outcome: 'abandoned',
        endedBy: 'caller',
        pickup,
        stages: [{ queue: 'main', end: 'hang-up', wait: ['caller0.asked', 'caller0.end'] }],
        scores: { auto: 'hit', transfer: 'miss' },
        breaches: ['emergency-not-answered'],
      },
    ],
    queueTruth: { main: [{ end: 'hang-up' }] },
  },
];
