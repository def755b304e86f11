import type { Fact, Outcome } from '../calls/facts.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import type { CommandPorts } from '../store/command-ports.ts';
import { faultWords } from '../store/fault.ts';
import type { FactLog, JournalReader, Restored, StoredCall } from '../store/ports.ts';
import { backfill } from './backfill.ts';
import { creationOf, hasEnd, type LeftReason } from './bring-in.ts';
import { reportOf, type Imported } from './import-report.ts';
import { middleOf } from './log-time.ts';
import { LogTerms } from './log-terms.ts';
import type { LoggedCall, QueueLogReading } from './queue-log-calls.ts';

export interface ImportOptions {
  readonly file: string;
  readonly pbx: string;
  readonly definition: WatchDefinition;
  /** `numbers.extensionLength` of the configuration. */
  readonly extensionLength: number;
  /** Calls that reached their hotline in [fromMs, untilMs). */
  readonly fromMs: number | undefined;
  readonly untilMs: number | undefined;
  /** For the calls of queues that belong to several hotlines. */
  readonly hotline: string | undefined;
}
/** A journal that is open for writing: `Journal` fits. */
export interface ImportJournal extends Pick<FactLog, 'append' | 'flush' | 'status'> {
  restore(nowMs: number): Promise<Restored>;
  stop(): Promise<void>;
}
export interface ImportPorts extends CommandPorts {
  /** Rejects where it cannot be read. */
  readLog(file: string): Promise<QueueLogReading>;
  /** Rejects, in a sentence for the operator, where it cannot be used: a daemon has it open. */
  openJournal(): Promise<ImportJournal>;
  readonly reader: Pick<JournalReader, 'call'>;
}

/** Facts are written in between, so that no more of them wait than the journal holds. */
const CALLS_AT_ONCE = 1000;
/** A call whose last line is so much older than the log's has none to come. */
const LONGEST_CALL_S = 86_400;
/** The journal itself says why; then this is not told again. */
const NEVER = Infinity;

/**
 * `ringside import queue_log FILE`: brings the calls of the past in, marked as imported, where it is certain which
 * hotline they were for. What the journal knows of already stays as it is, so running it twice changes nothing.
 * Exit code 0, or 1 with why nothing was brought in.
 */
export async function runImport(options: ImportOptions, ports: ImportPorts): Promise<number> {
  let journal: ImportJournal | undefined;
  try {
    const reading = await ports.readLog(options.file);
    const refusal = refusalOf(options, reading);
    if (refusal !== undefined) {
      ports.complain(`nothing was imported: ${refusal}\n`);
      return 1;
    }
    journal = await ports.openJournal();
    const { sinceMs, seenUntilMs } = await journal.restore(ports.nowMs());
    // What was there while this exchange was watched, and is not in the journal, reached no hotline.
    const watchedFromMs = seenUntilMs.has(options.pbx) ? (sinceMs ?? NEVER) : NEVER;
    const imported = await bringAllIn(options, reading, watchedFromMs, { ...ports, journal });
    const { state, fault, droppedFacts } = journal.status();
    if (state === 'failing' || droppedFacts > 0) {
      ports.complain(`not all was imported: ${fault || 'facts could not be written'}; run it again\n`);
      return 1;
    }
    await ports.write(reportOf(options, reading, imported, watchedFromMs));
    return 0;
  } catch (cause) {
    ports.complain(`nothing was imported: ${faultWords(cause)}\n`);
    return 1;
  } finally {
    await journal?.stop();
  }
}

/** Why nothing can be said of this log, in a sentence; undefined where something can. */
function refusalOf(
  { definition, pbx, hotline, fromMs, untilMs, file }: ImportOptions,
  { calls }: QueueLogReading,
): string | undefined {
  if (!definition.pbxs.some(({ name }) => name === pbx))
    return `no exchange is named ${pbx} in the configuration`;
  const hotlines = definition.hotlines.filter((one) => one.pbx === pbx);
  if (hotline !== undefined && !hotlines.some(({ name }) => name === hotline))
    return `no hotline of ${pbx} is named ${hotline}`;
  if (calls.length === 0) return `${file} tells of no call in a queue`;
  const terms = new LogTerms(definition, pbx, NO_NAMES);
  const queues = new Set(
    calls.filter((call) => isWanted(call, { fromMs, untilMs })).map(({ stages }) => stages[0]?.queue ?? ''),
  );
  for (const queue of queues) {
    const users = terms.usersOf(queue).map(({ name }) => name);
    if (users.length > 1 && (hotline === undefined || !users.includes(hotline)))
      return `queue ${queue} belongs to several hotlines (${users.join(', ')}): name the one its calls were for with --hotline`;
  }
  return undefined;
}

async function bringAllIn(
  options: ImportOptions,
  reading: QueueLogReading,
  watchedFromMs: number,
  { journal, reader }: Pick<ImportPorts, 'reader'> & { readonly journal: ImportJournal },
): Promise<Imported> {
  const { definition, pbx, extensionLength, hotline } = options;
  const terms = new LogTerms(definition, pbx, NO_NAMES);
  const unseen = { fromMs: -Infinity, untilMs: watchedFromMs };
  const outcomes = new Map<Outcome, number>();
  const left = new Map<LeftReason, number>();
  let known = 0;
  let looked = 0;
  for (const logged of reading.calls) {
    if (!isWanted(logged, options)) continue;
    if (++looked % CALLS_AT_ONCE === 0) await journal.flush();
    const stored = await reader.call(pbx, logged.uniqueid);
    if (stored !== undefined && !isHalfKnown(stored)) {
      known += 1;
      continue;
    }
    const isFinal = hasEnd(logged) || (reading.untilS ?? 0) - logged.lastAtS > LONGEST_CALL_S;
    const rules = { unseen, isFinal, extensionLength, hotline, startsS: reading.startsS };
    const told = backfill(stored, logged, terms, rules);
    if (typeof told === 'string') left.set(told, (left.get(told) ?? 0) + 1);
    else if (told.length === 0) known += 1;
    else {
      for (const fact of told) journal.append(fact, 'imported');
      const outcome = outcomeOf(told);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  }
  await journal.flush();
  return { outcomes, left, known };
}

/** Brought in before, from a log that did not tell how it ended. */
const isHalfKnown = ({ row, facts }: StoredCall): boolean =>
  row.outcome === 'unknown' &&
  facts.every((fact) => fact.type !== 'call-closed' || fact.evidence === undefined);

function isWanted(
  logged: LoggedCall,
  { fromMs, untilMs }: Pick<ImportOptions, 'fromMs' | 'untilMs'>,
): boolean {
  const reachedMs = middleOf(creationOf(logged, 0));
  return reachedMs >= (fromMs ?? -Infinity) && reachedMs < (untilMs ?? Infinity);
}

const outcomeOf = (told: readonly Fact[]): Outcome =>
  told.find((fact) => fact.type === 'call-closed')?.record.outcome ?? 'unknown';

/** Of the past nobody knows how the clocks stood, and members are named as the configuration names their seats. */
const NO_NAMES = { aheadMs: 0, seats: new Map<string, string>() };
