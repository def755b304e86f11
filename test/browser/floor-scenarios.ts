import { answers, stays } from '../pbx/phone-steps.ts';
import type { Scenario } from '../pbx/scenario.ts';

/** Callers stay until the test hangs up; what becomes of them, the tests decide step by step. */
const WAITING = {
  kind: 'people',
  dialplan: 'exten => {number},1,Answer()\n same => n,Queue({q:main},t,,,600)\n same => n,Hangup()',
  truth: [],
} as const;

/** One company's floor: three hotlines, each with a queue and seats of its own. */
export const FLOOR_SCENARIOS: readonly Scenario[] = [
  {
    ...WAITING,
    key: 'claims',
    title: 'Claims by telephone',
    queues: { main: { members: ['a', 'b'] } },
    seats: { a: [answers(1, stays)], b: [answers(1, stays)] },
    seatSetup: { b: { registers: true } },
    callers: [{ script: stays }, { script: stays }, { script: stays }],
  },
  {
    ...WAITING,
    key: 'roadside',
    title: 'Roadside rescue',
    queues: { main: { members: ['a'] } },
    seats: { a: [answers(1, stays)] },
    callers: [{ script: stays }, { script: stays }],
  },
  {
    ...WAITING,
    key: 'surveying',
    title: 'Surveyors on the way',
    queues: { main: { members: [] } },
    seats: { a: [answers(1, stays)] },
    callers: [{ script: stays }, { script: stays }],
  },
];
