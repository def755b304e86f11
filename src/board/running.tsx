import { elapsed } from './elapsed.ts';
import { nowOf } from './live.ts';

/** A time that runs, as far as its exchange is seen. */
export function Running({ sinceMs, pbx }: { readonly sinceMs: number; readonly pbx: string }) {
  return <span class="running">{elapsed(nowOf(pbx) - sinceMs)}</span>;
}
