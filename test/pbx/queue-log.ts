import { readFileSync } from 'node:fs';
import type { Fact, QueueEnded, StageEnd } from '../../src/calls/facts.ts';
import { TOLERANCE_S } from './truth.ts';

/** How Asterisk's own queue_log spells the ends it knows; it is silent on callers refused at the door. */
const ENDS: Readonly<Record<string, StageEnd>> = {
  CONNECT: 'answered',
  ABANDON: 'hang-up',
  EXITWITHTIMEOUT: 'timeout',
  EXITWITHKEY: 'key',
  EXITEMPTY: 'leave-empty',
  WITHDRAW: 'withdrawn',
};
/** Which field of the line holds the seconds waited. */
const WAIT_FIELD: Readonly<Record<string, number>> = {
  CONNECT: 5,
  ABANDON: 7,
  EXITWITHTIMEOUT: 7,
  EXITWITHKEY: 8,
  EXITEMPTY: 7,
  WITHDRAW: 7,
};

interface LoggedEnd {
  readonly uniqueid: string;
  readonly queue: string;
  readonly end: StageEnd;
  readonly waitS: number;
}

/** `epoch|callid|queue|agent|event|data…`, one line an event (asterisk-facts section 3). */
function readQueueLog(file: string): LoggedEnd[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const fields = line.split('|');
      const [, uniqueid = '', queue = '', , event = ''] = fields;
      const end = ENDS[event];
      return end === undefined
        ? []
        : [{ uniqueid, queue, end, waitS: Number(fields[WAIT_FIELD[event] ?? 0]) }];
    });
}

/** Where the exchange's own log of its queues says something else than the facts do. */
export function queueLogDifferences(file: string, facts: readonly Fact[]): string[] {
  const logged = readQueueLog(file);
  const told = facts.filter((fact): fact is QueueEnded => fact.type === 'queue-ended' && !fact.refused);
  const found = logged.flatMap((line) => {
    const fact = told.find(({ uniqueid, queue }) => uniqueid === line.uniqueid && queue === line.queue);
    if (fact === undefined) return [`${line.queue}: logged ${line.end}, told nothing`];
    const ends = fact.end === line.end ? [] : [`${line.queue}: logged ${line.end}, told ${fact.end}`];
    // Whole seconds in the log: up to one more of difference is rounding.
    const apartS = Math.abs(fact.waitMs / 1000 - line.waitS);
    return apartS < TOLERANCE_S + 1
      ? ends
      : [...ends, `${line.queue}: logged a wait of ${line.waitS} s, told ${fact.waitMs / 1000} s`];
  });
  return logged.length === told.length
    ? found
    : [...found, `the log has ${logged.length} ends, the facts ${told.length}`];
}
