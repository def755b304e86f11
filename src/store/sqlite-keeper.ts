import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { CallBackSettings } from '../attempts/call-back-settings.ts';
import type { WatchDefinition } from '../hotlines/definition.ts';
import type { CallBackAnswer, CallBackOrder } from './call-back-order.ts';
import type { Restored } from './ports.ts';
import type { Cuts } from './retention.ts';
import { JournalRefused } from './fault.ts';
import { bytesOf, JournalFile } from './sqlite-journal.ts';
import { assertKeys } from './sqlite-callers.ts';
import { lockJournal } from './sqlite-lock.ts';
import { openJournalFile } from './sqlite-open.ts';
import { upkeep } from './sqlite-upkeep.ts';
import { SumShares } from './sum-shares.ts';
import type { Upkept } from './upkeep.ts';
import { isKeyed, type Vault } from './vault.ts';
import type { Batch, WriterSetup, Written } from './wire.ts';

interface Opened {
  readonly lock: DatabaseSync;
  readonly database: DatabaseSync;
  readonly journal: JournalFile;
  readonly inode: number;
}

/** A commit of a quiet second writes some 80 pages, one of a full batch some 600: between 3 and 24 MB of log. */
const COMMITS_A_BRINGING_IN = 10;

/**
 * The journal's file under its name. SQLite would go on writing into a file that somebody moved away or replaced, and
 * all of it would be lost: here that fails, until the file is back, or another one stands in its place.
 */
export class JournalKeeper {
  readonly #setup: WriterSetup;
  readonly #vault: Vault | undefined;
  #definition: WatchDefinition;
  #callBacks: CallBackSettings | undefined;
  #opened: Opened | undefined;
  #commits = 0;

  /** Throws `JournalRefused` for a file that cannot be ours. */
  constructor(setup: WriterSetup, vault: Vault | undefined) {
    this.#setup = setup;
    this.#vault = vault;
    this.#definition = setup.definition;
    this.#callBacks = setup.callBacks;
    this.#opened = this.#open();
  }

  /** One transaction; throws where it is not committed. `bytes`: the size of the file and its log. */
  write(batch: Batch): Written {
    const journal = this.#inPlace();
    const before = journal.unsummed;
    journal.write(batch);
    this.#commits += 1;
    return { bytes: bytesOf(this.#setup.file), unsummed: journal.unsummed - before };
  }

  /**
   * Brings the log into the database now and then: it grows with every commit. After a commit was told, for what is
   * in the log is kept, and nobody needs to wait for this.
   */
  bringIn(): void {
    if (this.#commits < COMMITS_A_BRINGING_IN) return;
    this.#commits = 0;
    try {
      this.#opened?.database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // A disk that fails here fails the next commit, which says so (as SQLite's own: wal.html, "Automatic Checkpoint").
    }
  }

  restore(nowMs: number): Restored {
    return this.#inPlace().restore(nowMs);
  }

  /** One transaction; throws where it is not committed. */
  closeCallBack(order: CallBackOrder): CallBackAnswer {
    return this.#inPlace().closeCallBack(order);
  }

  redefine(definition: WatchDefinition, atMs: number, callBacks: CallBackSettings | undefined): void {
    this.#definition = definition;
    this.#callBacks = callBacks;
    this.#opened?.journal.redefine(definition, atMs, callBacks);
  }

  /** A bounded transaction a step; throws where one could not be made: what was done before stays done. */
  *upkeep(cuts: Cuts): Generator<void, Upkept> {
    this.#inPlace();
    const database = this.#opened?.database;
    if (database === undefined) throw new JournalRefused('the journal is closed');
    return yield* upkeep(database, cuts, this.#vault);
  }

  close(): void {
    this.#opened?.database.close();
    this.#opened?.lock.close();
    this.#opened = undefined;
  }

  #inPlace(): JournalFile {
    // Throws where it is gone.
    const { ino } = statSync(this.#setup.file);
    if (this.#opened !== undefined && this.#opened.inode !== ino) this.close();
    this.#opened ??= this.#open();
    return this.#opened.journal;
  }

  #open(): Opened {
    const { file, openedAtMs } = this.#setup;
    const lock = lockJournal(file);
    let database: DatabaseSync | undefined;
    try {
      database = openJournalFile(this.#setup);
      if (isKeyed(this.#vault)) assertKeys(database, this.#vault);
      const journal = new JournalFile(database, {
        definition: this.#definition,
        openedAtMs,
        sharesFor: (definition) => new SumShares(definition),
        vault: this.#vault,
        callBacks: this.#callBacks,
      });
      return { lock, database, journal, inode: statSync(file).ino };
    } catch (cause) {
      database?.close();
      lock.close();
      throw cause;
    }
  }
}
