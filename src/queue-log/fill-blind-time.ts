import type { BlindTime, Fact } from '../calls/facts.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import type { FactLog, JournalReader } from '../store/ports.ts';
import { backfill } from './backfill.ts';
import { creationOf, type LeftReason } from './bring-in.ts';
import { figureChanges, type FigureChange, type Told } from './figure-changes.ts';
import { overlaps, secondOf } from './log-time.ts';
import type { LogTerms } from './log-terms.ts';
import type { QueueLogReading } from './queue-log-calls.ts';

export interface FillPorts {
  readonly journal: Pick<FactLog, 'append' | 'flush'>;
  readonly reader: Pick<JournalReader, 'call'>;
}
export interface FillRules {
  readonly definition: WatchDefinition;
  readonly extensionLength: number;
  /** Nothing more of this time will be written into the log. */
  readonly isFinal: boolean;
}

/** What the log did for one blind time. */
export interface Filled {
  readonly blind: BlindTime;
  /** Every fact that was appended, with the one it takes the place of. */
  readonly told: readonly Told[];
  /** Calls the journal knew better afterwards, and calls it had not known of. */
  readonly changed: number;
  readonly broughtIn: number;
  readonly changes: readonly FigureChange[];
  /** Calls of the log that were left as they are, by why. */
  readonly left: ReadonlyMap<LeftReason, number>;
}

/** Appends to the journal what the log says of a blind time. Told twice it changes nothing more. */
export async function fillBlindTime(
  blind: BlindTime,
  reading: QueueLogReading,
  terms: LogTerms,
  rules: FillRules,
  { journal, reader }: FillPorts,
): Promise<Filled> {
  const unseen = { fromMs: blind.fromMs, untilMs: blind.untilMs };
  const { definition, extensionLength, isFinal } = rules;
  const bringInRules = { unseen, isFinal, extensionLength, hotline: undefined, startsS: reading.startsS };
  const told: Told[] = [];
  const left = new Map<LeftReason, number>();
  let changed = 0;
  let broughtIn = 0;
  await journal.flush();
  for (const logged of reading.calls) {
    const { fromMs } = creationOf(logged, terms.aheadMs);
    const { untilMs } = secondOf(logged.lastAtS, terms.aheadMs);
    if (!overlaps({ fromMs, untilMs }, unseen)) continue;
    const stored = await reader.call(blind.pbx, logged.uniqueid);
    const facts = backfill(stored, logged, terms, bringInRules);
    if (typeof facts === 'string') {
      left.set(facts, (left.get(facts) ?? 0) + 1);
      continue;
    }
    if (facts.length === 0) continue;
    if (stored === undefined) broughtIn += 1;
    else changed += 1;
    const before = new Map(stored?.facts.map((fact): [string, Fact] => [fact.id, fact]));
    for (const after of facts) {
      journal.append(after, 'backfilled');
      told.push({ before: before.get(after.id), after });
    }
  }
  await journal.flush();
  return { blind, told, changed, broughtIn, changes: figureChanges(told, blind.pbx, definition), left };
}
