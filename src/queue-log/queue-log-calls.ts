import type { StageEnd } from '../calls/facts.ts';
import { readQueueLogLine, type QueueLogLine, type TalkEnd } from './queue-log-line.ts';

/** A caller's stay in one queue, as the exchange wrote it down. Seconds are whole, by the exchange's clock. */
export interface LoggedStage {
  readonly queue: string;
  readonly enteredAtS: number;
  /** These three are undefined where the log does not say how it ended. */
  end: StageEnd | undefined;
  endedAtS: number | undefined;
  waitS: number | undefined;
  /** Member name of who answered, '' for nobody, and the uniqueid of the channel it answered on. */
  agent: string;
  answeredBy: string;
  talkS: number | undefined;
  talkEndedAtS: number | undefined;
  endedBy: TalkEnd | undefined;
  readonly rangOut: { readonly agent: string; readonly atS: number; readonly ringMs: number }[];
}

/** Everything a queue_log says of one call. */
export interface LoggedCall {
  readonly uniqueid: string;
  readonly callerNumber: string;
  readonly stages: LoggedStage[];
  /** Of its last line. */
  lastAtS: number;
}

export interface QueueLogReading {
  /** By the instant they first entered a queue. */
  readonly calls: readonly LoggedCall[];
  /** When the exchange came up. */
  readonly startsS: readonly number[];
  readonly lines: number;
  /** Lines that came more than once: a rotated file and the one it was copied to. */
  readonly repeated: number;
  readonly broken: number;
  /** First and last instant of any line, s; undefined for an empty log. */
  readonly fromS: number | undefined;
  readonly untilS: number | undefined;
}

/**
 * Puts the calls together from lines in any order: overlapping and rotated files, and the same file twice, give the
 * same calls as each line once. A line without its end is left for the next reading.
 */
export class QueueLogCalls {
  readonly #sinceS: number;
  readonly #seen = new Set<string>();
  readonly #lines: { readonly place: number; readonly line: QueueLogLine }[] = [];
  #read = 0;
  #broken = 0;
  #fromS: number | undefined;
  #untilS: number | undefined;

  /** @param sinceS of older lines nothing is kept: a log may reach back for years. */
  constructor(sinceS = -Infinity) {
    this.#sinceS = sinceS;
  }

  /** One line, with neither its line end nor what comes after it. */
  take(text: string): void {
    if (text === '') return;
    // Half of a line begins with a number too: what is no line is for the reader of lines to say.
    if (Number.parseInt(text, 10) < this.#sinceS) return;
    this.#read++;
    if (this.#seen.has(text)) return;
    this.#seen.add(text);
    const line = readQueueLogLine(text);
    if (line === 'broken') {
      this.#broken++;
      return;
    }
    const atS = Number(text.slice(0, text.indexOf('|')));
    this.#fromS = Math.min(atS, this.#fromS ?? atS);
    this.#untilS = Math.max(atS, this.#untilS ?? atS);
    if (line) this.#lines.push({ place: this.#lines.length, line });
  }

  reading(): QueueLogReading {
    const calls = new Map<string, LoggedCall>();
    const startsS: number[] = [];
    // The order of a file is the order of events; between files the second decides.
    const inOrder = this.#lines.toSorted((a, b) => a.line.atS - b.line.atS || a.place - b.place);
    let early: CallLine[] = [];
    let secondS = -Infinity;
    for (const { line } of inOrder) {
      if (line.atS > secondS) early = [];
      secondS = line.atS;
      if (line.event === 'started') startsS.push(line.atS);
      else if (addLine(calls, line)) early = early.filter((other) => !addLine(calls, other));
      else early.push(line);
    }
    return {
      calls: [...calls.values()],
      startsS,
      lines: this.#read,
      repeated: this.#read - this.#seen.size,
      broken: this.#broken,
      fromS: this.#fromS,
      untilS: this.#untilS,
    };
  }
}

type CallLine = Exclude<QueueLogLine, { event: 'started' }>;

/**
 * False where what it goes on from is not there (yet): its beginning is in a file that is not there, or in the same
 * second of another file.
 */
function addLine(calls: Map<string, LoggedCall>, line: CallLine): boolean {
  const call = calls.get(line.uniqueid);
  if (line.event === 'entered') {
    if (call === undefined) calls.set(line.uniqueid, newCall(line));
    else {
      call.lastAtS = line.atS;
      call.stages.push(newStage(line));
    }
    return true;
  }
  // Nobody stands in two queues: the first stay that has no end is the one that ends.
  const stage = call?.stages.find((one) => one.queue === line.queue && isAwaiting(one, line));
  if (!call || !stage) return false;
  call.lastAtS = line.atS;
  switch (line.event) {
    case 'connected':
      stage.end = 'answered';
      stage.agent = line.agent;
      stage.answeredBy = line.answeredBy;
      stage.endedAtS = line.atS;
      stage.waitS = line.waitS;
      break;
    case 'left':
      stage.end = line.end;
      stage.endedAtS = line.atS;
      stage.waitS = line.waitS;
      break;
    case 'rang':
      stage.rangOut.push({ agent: line.agent, atS: line.atS, ringMs: line.ringMs });
      break;
    case 'talked':
      stage.talkS = line.talkS;
      stage.talkEndedAtS = line.atS;
      stage.endedBy = line.endedBy;
  }
  return true;
}

function isAwaiting(stage: LoggedStage, { event, atS }: CallLine): boolean {
  if (event === 'talked') return stage.end === 'answered' && stage.talkS === undefined;
  return stage.end === undefined || (event === 'rang' && stage.endedAtS === atS);
}

const newCall = (line: CallLine & { readonly event: 'entered' }): LoggedCall => ({
  uniqueid: line.uniqueid,
  callerNumber: line.callerNumber,
  stages: [newStage(line)],
  lastAtS: line.atS,
});

const newStage = ({ queue, atS }: CallLine): LoggedStage => ({
  queue,
  enteredAtS: atS,
  end: undefined,
  endedAtS: undefined,
  waitS: undefined,
  agent: '',
  answeredBy: '',
  talkS: undefined,
  talkEndedAtS: undefined,
  endedBy: undefined,
  rangOut: [],
});
