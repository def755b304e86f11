import { error, type Finding } from './mistake.ts';
import { isGroup, isTrueAt, listAt, textAt } from './raw-value.ts';

type Group = Readonly<Record<string, unknown>>;

/**
 * Hotlines that no call can ever reach: without trunks and contexts of its own a hotline is reached on every trunk to
 * the outside, and where its exchange has none its figures would be perfect silence (norm.md section 1, "Reached").
 */
export function checkReach(value: unknown): readonly Finding[] {
  const pbxs = listAt(value, 'pbxs');
  return listAt(value, 'hotlines').flatMap((hotline, i): Finding[] => {
    const pbx = exchangeOf(hotline, pbxs);
    if (pbx === undefined || namesItsWay(hotline)) return [];
    const { trunks = [] } = pbx;
    // What is there and no list is a mistake of its own.
    if (!Array.isArray(trunks) || trunks.some((trunk) => !isTrueAt(trunk, 'interExchange'))) return [];
    const there = trunks.length === 0 ? 'there are none' : 'those there are interExchange';
    const message = `can be reached by no call: name the trunk it comes in on under trunks of exchange "${textAt(pbx, 'name') ?? ''}" (${there}), or contexts here`;
    return [error(['hotlines', i], message)];
  });
}

function namesItsWay(hotline: unknown): boolean {
  if (!isGroup(hotline)) return true;
  const { trunks = [], contexts = [] } = hotline;
  return [trunks, contexts].some((ways) => !Array.isArray(ways) || ways.length > 0);
}

/** Undefined where it names none of several, or one that is not there: told elsewhere (check-names.ts). */
function exchangeOf(hotline: unknown, pbxs: readonly unknown[]): Group | undefined {
  const name = textAt(hotline, 'pbx');
  if (name === undefined && pbxs.length > 1) return undefined;
  const pbx = name === undefined ? pbxs[0] : pbxs.find((one) => textAt(one, 'name') === name);
  return isGroup(pbx) ? pbx : undefined;
}
