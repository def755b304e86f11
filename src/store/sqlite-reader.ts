import { parentPort, workerData } from 'node:worker_threads';
import type { DatabaseSync } from 'node:sqlite';
import { faultWords } from './fault.ts';
import type { FromReader, ReaderSetup, ReadKind, Reads, ToReader } from './read-wire.ts';
import { attemptsOf, callBacksPage, standingAt } from './sqlite-call-back-queries.ts';
import { chainsOfCall } from './sqlite-chains-of-call.ts';
import { sqliteModule } from './sqlite-module.ts';
import { numberOfCall } from './sqlite-number-of-call.ts';
import { auditBetween, blindTimesBetween, callOf, callsPage, definitionsOf } from './sqlite-queries.ts';
import { seenUntilOf, sinceOf } from './sqlite-replay.ts';
import {
  backfillsIn,
  blindTimesIn,
  breachedCallsIn,
  lostCallersIn,
  lostFactsIn,
  openCallBacks,
  seatIntervalsIn,
} from './sqlite-report-queries.ts';
import { sumsBetween } from './sqlite-sums.ts';
import { usualDaysIn } from './sqlite-usual-days.ts';
import { VaultRefused, type Vault } from './vault.ts';

/** The thread that reads, on a connection that cannot write: a long report holds up no fact. */
const { file, vault: vaultSetup } = workerData as ReaderSetup;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a thread has no origin
const tell = (message: FromReader): void => parentPort?.postMessage(message);
/** A checkpoint may hold a lock for a moment. */
const BUSY_MS = 2000;
let opened: DatabaseSync | undefined;
const vault = await vaultOf(vaultSetup);

/** For masks alone. Keys that cannot be used keep nothing else from being read: the writer says what is wrong with them. */
async function vaultOf(setup: ReaderSetup['vault']): Promise<Vault | undefined> {
  if (setup === undefined) return undefined;
  try {
    const module = (await import(setup.module)) as { openVault(options: unknown): Vault };
    return module.openVault(setup.options);
  } catch (cause) {
    if (cause instanceof VaultRefused) return undefined;
    throw cause;
  }
}

function database(): DatabaseSync {
  const { DatabaseSync } = sqliteModule();
  opened ??= new DatabaseSync(file, { readOnly: true, timeout: BUSY_MS });
  return opened;
}

function answerTo(message: ToReader): Reads[ReadKind]['answer'] {
  switch (message.kind) {
    case 'calls':
      return callsPage(database(), message.ask);
    case 'call':
      return callOf(database(), message.ask.pbx, message.ask.uniqueid);
    case 'numberOfCall':
      return numberOfCall(database(), message.ask, vault);
    case 'chainsOfCall':
      return chainsOfCall(database(), message.ask, message.ask.nowMs);
    case 'sums':
      return sumsBetween(database(), message.ask);
    case 'audit':
      return auditBetween(database(), message.ask.fromMs, message.ask.untilMs);
    case 'blindTimes':
      return blindTimesBetween(database(), message.ask.fromMs, message.ask.untilMs);
    case 'blindTimesIn':
      return blindTimesIn(database(), message.ask.fromMs, message.ask.untilMs);
    case 'breachedCalls':
      return breachedCallsIn(database(), message.ask.fromMs, message.ask.untilMs);
    case 'backfills':
      return backfillsIn(database(), message.ask.fromMs, message.ask.untilMs);
    case 'lostCallers':
      return lostCallersIn(database(), message.ask.fromMs, message.ask.untilMs);
    case 'lostFacts':
      return lostFactsIn(database(), message.ask.fromMs, message.ask.untilMs);
    case 'openCallBacks':
      return openCallBacks(database());
    case 'callBacks':
      return callBacksPage(database(), message.ask.filter, { nowMs: message.ask.nowMs, vault });
    case 'attempts':
      return attemptsOf(database(), message.ask);
    case 'standing':
      return standingAt(database(), message.ask.nowMs);
    case 'seatIntervals':
      return seatIntervalsIn(database(), message.ask.fromMs, message.ask.untilMs);
    case 'seenUntil':
      return seenUntilOf(database());
    case 'knownSinceMs':
      return sinceOf(database());
    case 'usualDays':
      return usualDaysIn(database(), message.ask);
    case 'definitions':
      return definitionsOf(database());
  }
}

parentPort?.on('message', (message: ToReader) => {
  const { number } = message;
  try {
    tell({ number, answer: answerTo(message) });
  } catch (cause) {
    // The file may have been replaced: the next look opens what is there then.
    opened?.close();
    opened = undefined;
    tell({ number, words: faultWords(cause) });
  }
});
