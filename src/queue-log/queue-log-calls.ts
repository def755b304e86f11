import type { StageEnd } from '../calls/facts.ts';
import { readQueueLogLine, type QueueLogLine } from './queue-log-line.ts';

/** A caller's stay in one queue, as the exchange wrote it down. Seconds are whole, by the exchange's clock. */
export interface LoggedStage {
  readonly queue: string;
  readonly enteredAtS: number;
  /** Undefined: the log does not say how it ended. */
  end: StageEnd | undefined;
  waitS: number | undefined;
  /** Member name of who answered, '' for nobody. */
  agent: string;
  talkS: number | undefined;
  endedBy: 'caller' | 'seat' | 'transfer' | undefined;
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
  readonly #seen = new Set<string>();
  readonly #lines: { readonly place: number; readonly line: QueueLogLine }[] = [];
  #read = 0;
  #broken = 0;
  #fromS: number | undefined;
  #untilS: number | undefined;

  /** One line, with neither its line end nor what comes after it. */
  take(text: string): void {
    if (text === '') return;
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
    // The order of a file is the order of events; between files the second decides.
    const inOrder = this.#lines.toSorted((a, b) => a.line.atS - b.line.atS || a.place - b.place);
    for (const { line } of inOrder) addLine(calls, line);
    return {
      calls: [...calls.values()],
      lines: this.#read,
      repeated: this.#read - this.#seen.size,
      broken: this.#broken,
      fromS: this.#fromS,
      untilS: this.#untilS,
    };
  }
}

function addLine(calls: Map<string, LoggedCall>, line: QueueLogLine): void {
  if (line.event === 'entered') {
    const call = calls.get(line.uniqueid) ?? {
      uniqueid: line.uniqueid,
      callerNumber: line.callerNumber,
      stages: [],
      lastAtS: line.atS,
    };
    calls.set(line.uniqueid, call);
    call.lastAtS = line.atS;
    call.stages.push({
      queue: line.queue,
      enteredAtS: line.atS,
      end: undefined,
      waitS: undefined,
      agent: '',
      talkS: undefined,
      endedBy: undefined,
      rangOut: [],
    });
    return;
  }
  const call = calls.get(line.uniqueid);
  const stage = call?.stages.findLast(({ queue }) => queue === line.queue);
  // Its beginning is in a file that is not there.
  if (!call || !stage) return;
  call.lastAtS = line.atS;
  switch (line.event) {
    case 'connected':
      stage.end = 'answered';
      stage.waitS = line.waitS;
      stage.agent = line.agent;
      return;
    case 'left':
      stage.end = line.end;
      stage.waitS = line.waitS;
      return;
    case 'rang':
      stage.rangOut.push({ agent: line.agent, atS: line.atS, ringMs: line.ringMs });
      return;
    case 'talked':
      stage.talkS = line.talkS;
      stage.endedBy = line.endedBy;
  }
}
