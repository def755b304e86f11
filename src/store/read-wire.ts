import type { BlindTime } from '../calls/facts.ts';
import type { AuditEntry, CallFilter, CallPage, DefinitionInForce, StoredCall } from './ports.ts';
import type { SumRow } from './sums.ts';

/** What can be asked of the journal, and what comes back. */
export interface Reads {
  readonly calls: { readonly ask: CallFilter; readonly answer: CallPage };
  readonly call: {
    readonly ask: { readonly pbx: string; readonly uniqueid: string };
    readonly answer: StoredCall | undefined;
  };
  readonly sums: {
    readonly ask: Pick<SumRow, 'unit' | 'fromMs' | 'untilMs'>;
    readonly answer: readonly SumRow[];
  };
  readonly audit: {
    readonly ask: { readonly fromMs: number; readonly untilMs: number };
    readonly answer: readonly AuditEntry[];
  };
  readonly blindTimes: {
    readonly ask: { readonly fromMs: number; readonly untilMs: number };
    readonly answer: readonly BlindTime[];
  };
  readonly definitions: { readonly ask: undefined; readonly answer: readonly DefinitionInForce[] };
  /** All of the file is looked over; what is wrong with it, or undefined. Takes as long as reading it does. */
  readonly check: { readonly ask: undefined; readonly answer: string | undefined };
}
export type ReadKind = keyof Reads;

export type ToReader = {
  readonly [Kind in ReadKind]: {
    readonly number: number;
    readonly kind: Kind;
    readonly ask: Reads[Kind]['ask'];
  };
}[ReadKind];
export type FromReader =
  | { readonly number: number; readonly answer: Reads[ReadKind]['answer'] }
  | { readonly number: number; readonly words: string };
