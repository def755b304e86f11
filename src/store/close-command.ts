import type { DatabaseSync } from 'node:sqlite';
import type { CallBackSettings } from '../attempts/call-back-settings.ts';
import { readClosingReason } from '../attempts/closing-reason.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import type { CallBackAnswer, CallBackOrder } from './call-back-order.ts';
import type { CommandPorts } from './command-ports.ts';
import { faultWords } from './fault.ts';
import { openExisting } from './sqlite-existing.ts';
import { JournalFile } from './sqlite-journal.ts';
import { inTransaction } from './sqlite-transaction.ts';
import { SumShares } from './sum-shares.ts';

export interface CloseOptions {
  /** The journal, and what call-backs are judged and summed by, as the configuration has them. */
  readonly journal: string;
  readonly definition: WatchDefinition;
  readonly callBacks: CallBackSettings;
  /** Of the entry in the list. */
  readonly id: string;
  /** As a person writes it. */
  readonly reason: string;
  /** The name of who closes it. */
  readonly by: string;
}

const LONGEST_NAME = 100;

/**
 * `ringside call-back close`: a person says that a call-back is done with, and why. Beside a running daemon and without
 * one, on a connection of its own: the same transaction that the daemon's writer makes of it, and SQLite lets one
 * transaction write at a time; whoever may write to the journal may close, which is all there is to go by before
 * anybody can log in. Exit code 0; 1 where it is not closed, 2 for a misuse, each with why.
 */
export async function runClose(options: CloseOptions, ports: CommandPorts): Promise<number> {
  const { journal, id, by } = options;
  const { write, complain, nowMs, who } = ports;
  const read = readClosingReason(options.reason);
  const isNamed = by.trim() !== '' && by.length <= LONGEST_NAME && !/\p{Cc}|\d{7}/u.test(by);
  if (!read.ok || !isNamed) {
    complain(`nothing was closed: ${read.ok ? '--by is the name of who closes it' : read.message}\n`);
    return 2;
  }
  const { reason, note } = read;
  // A name is only claimed here; the login is known.
  const order = { id, who: `${by.trim()} (login ${who})`, reason, note, atMs: nowMs() };
  let database: DatabaseSync | undefined;
  try {
    database = openExisting(journal, { readOnly: false });
    const answer = close(database, order, options);
    if (answer.closed) {
      await write(`call-back ${id} is closed: ${note === '' ? reason : `${reason}, ${note}`}\n`);
      return 0;
    }
    auditRefusal(database, order, answer.words);
    complain(`nothing was closed: ${answer.words}\n`);
    return 1;
  } catch (cause) {
    complain(`nothing was closed: ${faultWords(cause)}\n`);
    return 1;
  } finally {
    database?.close();
  }
}

function close(
  database: DatabaseSync,
  order: CallBackOrder,
  { definition, callBacks }: CloseOptions,
): CallBackAnswer {
  const file = new JournalFile(database, {
    definition,
    openedAtMs: order.atMs,
    sharesFor: (told) => new SumShares(told),
    vault: undefined,
    callBacks,
  });
  return file.closeCallBack(order);
}

/** That it was tried; an id that is none of ours may be anything, a number too, and is not kept. */
function auditRefusal(database: DatabaseSync, { id, who, reason, atMs }: CallBackOrder, words: string): void {
  inTransaction(database, () => {
    const isOurs = database.prepare('SELECT 1 FROM call_back WHERE CAST(first_call AS TEXT) = ?').get(id);
    database
      .prepare('INSERT INTO audit(at_ms, who, what, about, detail) VALUES (?, ?, ?, ?, ?)')
      .run(
        atMs,
        who,
        'call-back-not-closed',
        isOurs === undefined ? 'call-back' : `call-back ${id}`,
        `${reason}: ${words}`,
      );
  });
}
