import type { StageEnd } from '../calls/facts.ts';

/**
 * One line of Asterisk's queue_log: `epoch|callid|queue|agent|event|data…`, callid = the caller's Uniqueid
 * (app_queue.c, `ast_queue_log`). Times are whole seconds of the exchange's clock.
 */
export type QueueLogLine = {
  readonly atS: number;
  readonly uniqueid: string;
  readonly queue: string;
  /** Member name. */
  readonly agent: string;
} & (
  | {
      readonly event: 'entered';
      /** As it was presented; '' where there was none. */
      readonly callerNumber: string;
    }
  | {
      readonly event: 'connected';
      readonly waitS: number;
      readonly ringS: number;
      /** Uniqueid of the channel that answered. */
      readonly answeredBy: string;
    }
  /** The exchange came up: what was open before it ended with it. */
  | { readonly event: 'started' }
  | { readonly event: 'left'; readonly end: StageEnd; readonly waitS: number }
  | { readonly event: 'rang'; readonly ringMs: number }
  | { readonly event: 'talked'; readonly talkS: number; readonly endedBy: TalkEnd }
);

/** `consultation`: an attended transfer, whose talk time holds the consultation too (asterisk-facts 1.9). */
export type TalkEnd = 'caller' | 'seat' | 'transfer' | 'consultation';

/** How each way out of a queue is spelled, and which field holds the seconds waited. */
const EXITS: Readonly<Record<string, readonly [StageEnd, number]>> = {
  ABANDON: ['hang-up', 7],
  EXITWITHTIMEOUT: ['timeout', 7],
  EXITWITHKEY: ['key', 8],
  EXITEMPTY: ['leave-empty', 7],
  WITHDRAW: ['withdrawn', 7],
};

/**
 * Reads one line without its line end. `undefined`: it is of another kind (members, configuration), `'broken'`: it is
 * no line of a queue_log, or half of one.
 */
export function readQueueLogLine(line: string): QueueLogLine | 'broken' | undefined {
  const fields = line.split('|');
  const [epoch = '', uniqueid = '', queue = '', agent = '', name] = fields;
  if (name === undefined || !/^\d{9,11}$/.test(epoch)) return 'broken';
  const base = { atS: Number(epoch), uniqueid, queue, agent };
  const exit = EXITS[name];
  if (exit !== undefined) {
    const waitS = wholeNumber(fields[exit[1]]);
    return waitS === undefined ? 'broken' : { ...base, event: 'left', end: exit[0], waitS };
  }
  switch (name) {
    case 'QUEUESTART':
      return { ...base, event: 'started' };
    case 'ENTERQUEUE':
      return fields.length < 7 ? 'broken' : { ...base, event: 'entered', callerNumber: fields[6] ?? '' };
    case 'CONNECT': {
      const waitS = wholeNumber(fields[5]);
      const ringS = wholeNumber(fields[7]);
      if (waitS === undefined || ringS === undefined) return 'broken';
      return { ...base, event: 'connected', waitS, ringS, answeredBy: fields[6] ?? '' };
    }
    case 'RINGNOANSWER': {
      const ringMs = wholeNumber(fields[5]);
      return ringMs === undefined ? 'broken' : { ...base, event: 'rang', ringMs };
    }
    case 'COMPLETECALLER':
    case 'COMPLETEAGENT': {
      const talkS = wholeNumber(fields[6]);
      const endedBy = name === 'COMPLETECALLER' ? 'caller' : 'seat';
      return talkS === undefined ? 'broken' : { ...base, event: 'talked', talkS, endedBy };
    }
    case 'BLINDTRANSFER':
    case 'ATTENDEDTRANSFER': {
      // What comes before differs by the kind of transfer; hold time, talk time and place in line always end it.
      const talkS = wholeNumber(fields.at(-2));
      const endedBy = name === 'BLINDTRANSFER' ? 'transfer' : 'consultation';
      return talkS === undefined ? 'broken' : { ...base, event: 'talked', talkS, endedBy };
    }
    default:
      return undefined;
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
