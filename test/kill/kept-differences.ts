import type { Entry } from '../../src/simulator/ledger.ts';
import { toldByCaller } from '../simulation/call-differences.ts';
import { gapDifferences } from '../simulation/gap-differences.ts';
import type { Kept } from './kept.ts';
import type { World } from './world.ts';

/** A daemon is blind from its last commit at the latest, or a batch and a mark of being seen before (keeping.ts). */
const SEEN_MS = 2000;
/** It watches before we hear that it does: it reads some lists first. */
const READ_MS = 600;

/** What is on the wire at the edge of a gap may have been heard. */
const EDGE_MS = 450;

/** What was committed for certain is there; `outcome` is the same for good where it was known. */
export function lostOf({ committed }: World, kept: Kept): string[] {
  const outcomes = kept.outcomes();
  return [...committed].flatMap(([uniqueid, outcome]) => {
    const now = outcomes.get(uniqueid);
    if (now === undefined) return [`${uniqueid}: was committed, and is not there`];
    return outcome === undefined || outcome === now
      ? []
      : [`${uniqueid}: was committed as ${outcome}, is ${String(now)}`];
  });
}

/** Callers who were gone before `untilMs`, held against the book of the truth. */
export function callDifferencesOf({ book }: World, kept: Kept, entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) => {
    const uniqueid = book.uniqueids.get(entry.plan) ?? '';
    const told = toldByCaller(kept.facts(uniqueid)).get(uniqueid);
    return gapDifferences(entry, told, book.gaps).map(
      (one) => `${uniqueid} (${entry.plan.hotline?.name ?? 'no hotline'}): ${one}`,
    );
  });
}

/** Calls that nobody made, made twice or that are open for ever. */
export function strayCallsOf({ book }: World, kept: Kept): string[] {
  const made = new Set(book.uniqueids.values());
  const rows = kept.rows();
  const found = rows.flatMap(({ uniqueid, closedAtMs }) => [
    ...(made.has(uniqueid) ? [] : [`${uniqueid}: a call is kept that nobody made`]),
    ...(closedAtMs === null ? [`${uniqueid}: open for ever`] : []),
  ]);
  if (new Set(rows.map(({ uniqueid }) => uniqueid)).size !== rows.length) found.push('a call is there twice');
  const called = new Set(rows.map(({ uniqueid }) => uniqueid));
  for (const { uniqueid, state } of kept.open()) {
    // Who reached no hotline has no end that would be told; its last state may be left.
    if (called.has(uniqueid)) found.push(`${uniqueid}: over, and its state is kept: ${state}`);
  }
  return found;
}

/** Times at which nobody watched, and that no blind time says. */
export function unseenTimesOf({ downs }: World, kept: Kept): string[] {
  const blind = kept.blind();
  const found = downs.flatMap(({ fromMs, untilMs }) => {
    if (untilMs === Infinity) return [];
    const covering = blind.filter((one) => one.fromMs <= fromMs && one.untilMs >= untilMs - READ_MS);
    const [one] = covering;
    if (covering.length !== 1 || !one) {
      const near = blind.filter((other) => other.fromMs < untilMs && other.untilMs > fromMs);
      const said = near.map((other) => `${other.fromMs} to ${other.untilMs}`).join(', ');
      return [`${covering.length} blind times from ${fromMs} to ${untilMs}, told ${said}`];
    }
    return one.fromMs < fromMs - SEEN_MS ? [`blind ${fromMs - one.fromMs} ms before nobody watched`] : [];
  });
  if (blind.length !== downs.filter(({ untilMs }) => untilMs < Infinity).length)
    found.push(`${blind.length} blind times for ${downs.length} times at which nobody watched`);
  return found;
}

/** Calls that were decided and over while nobody watched, and of which more is told than can be known. */
export function guessedOf({ book, downs }: World, kept: Kept): string[] {
  const outcomes = kept.outcomes();
  return book.ledger.entries.flatMap(({ plan, truth }) => {
    const uniqueid = book.uniqueids.get(plan) ?? '';
    const hidden = downs.find(
      ({ fromMs, untilMs }) =>
        truth && truth.decidedMs > fromMs + EDGE_MS && truth.endedMs < untilMs - EDGE_MS,
    );
    const outcome = hidden && outcomes.get(uniqueid);
    return outcome === undefined || outcome === 'unknown'
      ? []
      : [`${uniqueid}: guessed as ${String(outcome)}`];
  });
}
