import type { CallBackSettings } from '../attempts/call-back-settings.ts';
import { CallerNumber } from '../calls/caller-number.ts';
import type { Fact } from '../calls/facts.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import type { CallBackAnswer, CallBackOrder } from './call-back-order.ts';
import type { SourcedFact } from './merge.ts';
import type { AuditEntry, OpenCall, Restored } from './ports.ts';
import type { Cuts } from './retention.ts';
import type { Upkept } from './upkeep.ts';

/** What goes between the main thread and the writer's: structured clones, so numbers travel as digits beside their fact. */
export interface WireFact extends SourcedFact {
  /** In clear, for the vault alone; '' for a fact without one. */
  readonly digits: string;
}

/** An `OpenCall` whose state is JSON text: that costs the main thread a fraction of what a clone of it does. */
export interface WireOpenCall extends Pick<OpenCall, 'pbx' | 'uniqueid'> {
  readonly state: string | undefined;
}

/** What is committed together. */
export interface Batch {
  readonly facts: readonly WireFact[];
  /** Never newer than what `facts` and the batches before it tell: told twice a fact is harmless, not told it is lost. */
  readonly openCalls: readonly WireOpenCall[];
  readonly seen: ReadonlyMap<string, number>;
  readonly audits: readonly AuditEntry[];
  /** So late it is: who did not call again for 24 h gave up. Absent: no time passes. */
  readonly atMs?: number;
}

/** What a writer's thread is started with. */
export interface WriterSetup {
  readonly file: string;
  readonly definition: WatchDefinition;
  readonly openedAtMs: number;
  /** Whom to call back; undefined: as where nothing is set. */
  readonly callBacks?: CallBackSettings | undefined;
  /** A module that exports `openVault(options): Vault`; undefined: numbers are not kept. */
  readonly vault?: { readonly module: string; readonly options: unknown };
  /** For tests of a full disk. */
  readonly maxPages?: number;
}

export type ToWriter =
  | { readonly type: 'write'; readonly ask: number; readonly batch: Batch }
  | { readonly type: 'restore'; readonly ask: number; readonly nowMs: number }
  | {
      readonly type: 'define';
      readonly definition: WatchDefinition;
      readonly callBacks: CallBackSettings | undefined;
      readonly atMs: number;
    }
  | { readonly type: 'close-call-back'; readonly ask: number; readonly order: CallBackOrder }
  | { readonly type: 'upkeep'; readonly cuts: Cuts }
  /** Nothing but a sign of life. */
  | { readonly type: 'answer'; readonly ask: number }
  | { readonly type: 'close'; readonly ask: number };

/** What kept a batch from being written: the place it is written to, or a fact in it. */
export type Blame = 'place' | 'content';

export interface Written {
  readonly bytes: number;
  /** Facts of the batch that are in no sum because of a fault of ours; they are kept. */
  readonly unsummed: number;
}

export type FromWriter =
  /** `notice`: what there is to say of the keys, '' for nothing. */
  | { readonly type: 'ready'; readonly notice: string }
  /** The thread ends. */
  | { readonly type: 'refused'; readonly words: string }
  | (Written & { readonly type: 'written'; readonly ask: number })
  | { readonly type: 'failed'; readonly ask: number; readonly words: string; readonly blame: Blame }
  | { readonly type: 'answer'; readonly ask: number; readonly answer: Restored | CallBackAnswer | undefined }
  | { readonly type: 'upkept'; readonly upkept: Upkept }
  | { readonly type: 'not-upkept'; readonly words: string }
  | { readonly type: 'closed'; readonly ask: number };

const NO_NUMBER = new CallerNumber('');

/** Takes the number out of a fact that has one. */
export function toWire({ fact, source }: SourcedFact): WireFact {
  if (!('number' in fact)) return { fact, source, digits: '' };
  return { fact: { ...fact, number: NO_NUMBER }, source, digits: fact.number.reveal() };
}

export const openCallToWire = ({ pbx, uniqueid, state }: OpenCall): WireOpenCall => ({
  pbx,
  uniqueid,
  state: state === undefined ? undefined : JSON.stringify(state),
});

/** A clone has lost what makes a number a `CallerNumber`: nobody gets to see half of one. */
export function fromWire({ fact }: WireFact): Fact {
  return 'number' in fact ? { ...fact, number: NO_NUMBER } : fact;
}
