import type { StoredFact } from './compact.ts';

/** Where a fact is kept: with its call, perhaps with it (if it is a hotline's), or under itself. */
export type FactHome =
  | { readonly table: 'call' | 'perhaps-call'; readonly uniqueid: string }
  | { readonly table: 'fact' | 'seat_interval' | 'blind' };

/** A call's facts stand in its body; whoever came from inside has no call (norm.md section 1). */
export function homeOf(fact: StoredFact): FactHome {
  switch (fact.type) {
    case 'call-closed':
      return { table: 'call', uniqueid: fact.record.uniqueid };
    case 'call-opened':
    case 'call-decided':
    case 'scored':
    case 'breach':
    case 'transferred-in':
      return { table: 'call', uniqueid: fact.uniqueid };
    case 'queue-entered':
    case 'queue-ended':
      return fact.source === 'hotline' ? { table: 'call', uniqueid: fact.uniqueid } : { table: 'fact' };
    case 'talk-ended':
      return fact.hotline === '' ? { table: 'fact' } : { table: 'call', uniqueid: fact.uniqueid };
    case 'ring-no-answer':
      return { table: 'perhaps-call', uniqueid: fact.uniqueid };
    case 'seat-interval':
      return { table: 'seat_interval' };
    case 'blind':
      return { table: 'blind' };
    case 'unattributed':
    case 'unknown-origin':
    case 'corrected':
    case 'outbound-ended':
    case 'listened':
      return { table: 'fact' };
  }
}
