import type { Row } from '../push/protocol.ts';

export type BreachRow = Row<'breaches'>;

/** What nobody has acknowledged comes first, of these what lasts; then the newest. */
export function inOrderOfNeed(breaches: readonly BreachRow[]): readonly BreachRow[] {
  return breaches.toSorted((a, b) => need(b) - need(a) || b.sinceMs - a.sinceMs || (a.key < b.key ? -1 : 1));
}

const need = ({ acknowledged, untilMs }: BreachRow): number =>
  (acknowledged === null ? 2 : 0) + (untilMs === null ? 1 : 0);
