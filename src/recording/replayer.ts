import type { PbxEvent } from '../ami/pbx-event.ts';
import type { Fact } from '../calls/facts.ts';
import type { PbxDefinition, WatchDefinition } from '../hotlines/definition.ts';
import { Pipeline } from '../pipeline.ts';
import { CallTeller } from './call-teller.ts';
import { CaptureEvents } from './capture-events.ts';
import { mayBeHead, readHead, type RecordingHead } from './recording-head.ts';
import type { ToldCall } from './told-call.ts';
import { WholeRates } from './whole-rates.ts';

/** Longer than any first line of ours. */
const LONGEST_HEAD = 4_096;
const PACKETS =
  'it is a capture of packets: take the stream out of it first, for example with "tcpflow -r FILE port 5038"';
/** What a file may be instead, by its first four bytes (pcap of either byte order and clock, pcapng; gzip, zstd). */
const OTHER_FILES: readonly (readonly [RegExp, string])[] = [
  [/^(d4c3b2a1|a1b2c3d4|4d3cb2a1|a1b23c4d|0a0d0d0a)/, PACKETS],
  [/^(1f8b|28b52ffd)/, 'it is compressed: unpack it first'],
];

export interface ReplayerEars {
  /** Each call once, when it ended. */
  readonly onCall: (call: ToldCall) => void;
  /** Every fact, in order. */
  readonly onFact?: (fact: Fact) => void;
}

/** How a replay ended: something wrong with the file, in words; or the calls that were open and what was noticed. */
export type ReplayEnd =
  | { readonly ok: false; readonly fault: string }
  | {
      readonly ok: true;
      readonly open: readonly ToldCall[];
      readonly rates: string;
      readonly notes: readonly string[];
    };

/**
 * Runs a recording through the way of the data as the daemon would have seen it live, on the exchange's own clock: at
 * full speed, and the same every time. Pure: bytes in, calls out; the file is the shell's.
 */
export class Replayer {
  readonly #definition: WatchDefinition;
  readonly #askedFor: string | undefined;
  readonly #ears: ReplayerEars;
  readonly #capture = new CaptureEvents();
  #beginning: Buffer | undefined = Buffer.alloc(0);
  #pbx: PbxDefinition | undefined;
  #teller: CallTeller | undefined;
  #rates: WholeRates | undefined;
  #pipeline: Pipeline | undefined;
  #fault: string | undefined;
  #cuts = 0;
  #isBlind = false;

  /** @param pbx which exchange of the definition it is of; undefined: what the recording says, or the only one. */
  constructor(definition: WatchDefinition, pbx: string | undefined, ears: ReplayerEars) {
    this.#definition = definition;
    this.#askedFor = pbx;
    this.#ears = ears;
  }

  /** What is wrong with the file; nothing more of it needs to be read then. */
  get fault(): string | undefined {
    return this.#fault;
  }

  push(chunk: Buffer): void {
    if (this.#fault !== undefined) return;
    if (this.#beginning === undefined) return this.#run(this.#capture.push(chunk));
    const bytes = Buffer.concat([this.#beginning, chunk]);
    this.#beginning = bytes;
    const lf = bytes.indexOf('\n');
    if (lf < 0 && bytes.length < LONGEST_HEAD && mayBeHead(bytes.toString('latin1'))) return;
    this.#begin(bytes, lf);
  }

  end(): ReplayEnd {
    if (this.#fault === undefined && this.#beginning !== undefined) this.#begin(this.#beginning, -1);
    if (this.#fault === undefined) this.#run(this.#capture.end());
    const { messages, events, unstamped } = this.#capture.counts;
    if (this.#fault === undefined && messages === 0) {
      this.#fault =
        'it holds nothing an Asterisk Manager Interface says: not a recording, and not a capture of one';
    }
    if (this.#fault === undefined && events === 0 && unstamped > 0) this.#fault = NO_TIMESTAMPS;
    if (this.#fault !== undefined) return { ok: false, fault: this.#fault };
    return {
      ok: true,
      open: this.#teller?.stillOpen() ?? [],
      rates: this.#rates?.text() ?? '',
      notes: this.#notes(),
    };
  }

  #begin(bytes: Buffer, lf: number): void {
    this.#beginning = undefined;
    const first = bytes.toString('hex', 0, 4);
    this.#fault = OTHER_FILES.find(([pattern]) => pattern.test(first))?.[1];
    if (this.#fault !== undefined) return;
    const end = lf < 0 ? bytes.length : lf + 1;
    const read = readHead(bytes.toString('utf8', 0, Math.min(end, LONGEST_HEAD)));
    if (read.kind === 'foreign') {
      this.#fault = 'its first line is not one this version reads: it was recorded by another one';
      return;
    }
    if (!this.#choose(read.kind === 'recording' ? read.head : undefined)) return;
    this.#run(this.#capture.push(read.kind === 'recording' ? bytes.subarray(end) : bytes));
  }

  /** Which exchange of the definition this is of. */
  #choose(head: RecordingHead | undefined): boolean {
    const { pbxs, hotlines } = this.#definition;
    const names = pbxs.map(({ name }) => name);
    const only = pbxs.length === 1 ? names[0] : undefined;
    const wanted = this.#askedFor ?? (head && names.includes(head.pbx) ? head.pbx : only);
    this.#pbx = pbxs.find(({ name }) => name === wanted);
    if (this.#pbx === undefined) {
      const of = `the configuration has ${names.join(', ')}`;
      this.#fault =
        wanted === undefined
          ? `it is not known which exchange it is of: give --pbx (${of})`
          : `there is no exchange "${wanted}": ${of}`;
      return false;
    }
    const { name } = this.#pbx;
    const own = hotlines.filter(({ pbx }) => pbx === name);
    this.#teller = new CallTeller(own, this.#ears.onCall);
    this.#rates = new WholeRates(own);
    return true;
  }

  #run(events: readonly PbxEvent[]): void {
    for (const event of events) this.#reduce(event);
    // Said early: a large file of such events is not worth reading to its end.
    if (this.#capture.isWithoutTime) this.#fault ??= NO_TIMESTAMPS;
  }

  #reduce(event: PbxEvent): void {
    const pbx = this.#pbx;
    const teller = this.#teller;
    if (pbx === undefined || teller === undefined) return;
    this.#pipeline ??= this.#open(pbx, event.atMs);
    if (event.type === 'snapshot') this.#isBlind = false;
    else if (event.type === 'link-lost') {
      this.#isBlind = true;
      this.#cuts += 1;
    }
    teller.before(event);
    this.#pipeline.reduce(pbx.name, event);
    teller.after(event);
  }

  #open(pbx: PbxDefinition, startedAtMs: number): Pipeline {
    const hotlines = this.#definition.hotlines.filter((hotline) => hotline.pbx === pbx.name);
    const pipeline = new Pipeline({ ...this.#definition, pbxs: [pbx], hotlines }, startedAtMs);
    pipeline.onFact((fact) => {
      this.#teller?.hear(fact);
      this.#rates?.hear(fact);
      this.#ears.onFact?.(fact);
    });
    return pipeline;
  }

  #notes(): string[] {
    const { broken, unstamped } = this.#capture.counts;
    const unbalanced = this.#pbx === undefined ? 0 : (this.#pipeline?.unbalanced(this.#pbx.name) ?? 0);
    return [
      ...(this.#cuts > 0 ? [`cut ${times(this.#cuts)}: what was decided in a gap is unknown`] : []),
      ...(this.#isBlind
        ? ['no whole picture follows the last cut: calls that were open at it may have ended unseen']
        : []),
      ...(broken > 0 ? [`${broken} block(s) could not be read and were left out`] : []),
      ...(unstamped > 0 ? [`${unstamped} event(s) without a Timestamp were left out`] : []),
      ...(unbalanced > 0
        ? [`the books of ${unbalanced} hotline(s) or queue(s) do not balance: a fault of ours`]
        : []),
    ];
  }
}

const NO_TIMESTAMPS =
  'its events carry no Timestamp, and nothing can be measured without: put "timestampevents = yes" into [general] of manager.conf and record again';

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
