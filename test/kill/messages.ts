import type { LinkStatus } from '../../src/ami/connection.ts';
import type { Outcome } from '../../src/calls/facts.ts';

/** By the daemon's port. */
export type Bytes = Readonly<Record<string, number>>;

/** What a daemon in a process of its own is told, one at a time. */
export type ToDaemon =
  | { readonly type: 'start'; readonly configText: string; readonly nowMs: number }
  /** Time goes on to `nowMs`, and all that the exchange wrote until then is read. */
  | { readonly type: 'go'; readonly nowMs: number; readonly written: Bytes };

/** A call was opened or closed; `place` is which fact of this run it was. */
export interface ToldCall {
  readonly place: number;
  readonly uniqueid: string;
  /** Undefined where it was opened. */
  readonly outcome?: Outcome | undefined;
}

/** What it answers. */
export type FromDaemon =
  | { readonly type: 'loaded' }
  | { readonly type: 'started'; readonly url: string; readonly openCalls: number }
  | { readonly type: 'failed'; readonly words: string }
  | {
      readonly type: 'gone';
      readonly wrote: Bytes;
      readonly link?: LinkStatus['state'] | undefined;
      /** Since the last answer. */
      readonly told: readonly ToldCall[];
      /** So many facts of this run are committed, the last of them at an instant. */
      readonly committed: number;
      readonly commitAtMs?: number | undefined;
    };
export type Gone = FromDaemon & { readonly type: 'gone' };
