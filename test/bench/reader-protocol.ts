import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import type { ReportMaking } from './journal-report.ts';

/** Connects; answered, with the address of a daemon's pages, as soon as the stream may be poured. */
export type OpenRequest =
  | {
      readonly type: 'open';
      readonly what: 'raw' | 'asterisk-manager';
      readonly port: number;
      readonly bytes: number;
    }
  | WatchRequest;

/** What a reader is asked to do; each request is answered once. */
export type ReaderRequest =
  | OpenRequest
  /** Answered when the stream has been read to its end; all the while reports are made, one after the other. */
  | { readonly type: 'read'; readonly beside?: ReportMaking }
  /** Answered with the ms it took, when the picture has been taken in again after a loss. */
  | { readonly type: 'resync' }
  | { readonly type: 'memory' }
  /** What a Report, and the page, cost by themselves. */
  | { readonly type: 'look'; readonly times: number }
  | { readonly type: 'close' };

export interface WatchRequest {
  readonly type: 'open';
  readonly what: 'ringside';
  readonly port: number;
  readonly definition: WatchDefinition;
  readonly startMs: number;
  /** A Report four times a second; the page is asked for from outside. */
  readonly reports: boolean;
  /** Kept if it is named. */
  readonly journal?: { readonly file: string };
}

/** One stream, read to its end. */
export interface Reading {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** How late the event loop was, ms. */
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
  /** What the daemon made of it; empty for the others. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly live: number;
  /** How long a report took that was made beside it; null for none. */
  readonly besideMs: number | null;
}
export interface Memory {
  readonly rssBytes: number;
  /** Heap and buffers in use, after a collection. */
  readonly usedBytes: number;
}
export interface Looks {
  readonly reportMs: number;
  readonly pageMs: number;
}
