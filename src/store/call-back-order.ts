import type { ClosingReason } from '../attempts/call-back-closing.ts';

/** A leader closes a call-back, with a reason and by name (norm.md section 4). */
export interface CallBackOrder {
  /** Of its entry. */
  readonly id: string;
  readonly who: string;
  readonly reason: ClosingReason;
  /** In their own words; needed for `other`. */
  readonly note: string;
  readonly atMs: number;
}

/** Whether it is closed; `words` say why it is not. */
export type CallBackAnswer = { readonly closed: true } | { readonly closed: false; readonly words: string };
