import type { DatabaseSync } from 'node:sqlite';
import type { BlindTime, Fact, Outcome } from '../../src/calls/facts.ts';
import { PRACTICE_PBX } from '../../src/simulator/practice-config.ts';
import type { CallRow } from '../../src/store/ports.ts';
import { openExisting } from '../../src/store/sqlite-existing.ts';
import { blindTimesBetween, callOf, callRowFrom, CALL_COLUMNS } from '../../src/store/sqlite-queries.ts';
import { sumsBetween } from '../../src/store/sqlite-sums.ts';
import type { SumRow, SumUnit } from '../../src/store/sums.ts';

/** What the journal's file holds, as anybody who opens it reads it. */
export class Kept {
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#database = openExisting(file, { readOnly: true });
  }

  close(): void {
    this.#database.close();
  }

  /** `ok`, or what is wrong with the file. */
  integrity(): string {
    return this.#database
      .prepare('PRAGMA integrity_check')
      .all()
      .map((row) => String(row['integrity_check']))
      .join('; ');
  }

  facts(uniqueid: string, pbx = PRACTICE_PBX): readonly Fact[] {
    return callOf(this.#database, pbx, uniqueid)?.facts ?? [];
  }

  rows(): readonly CallRow[] {
    return this.#database.prepare(`SELECT ${CALL_COLUMNS} FROM call`).all().map(callRowFrom);
  }

  /** Of every call that is there, by its caller's channel; null where it is open. */
  outcomes(): ReadonlyMap<string, Outcome | null> {
    return new Map(this.rows().map(({ uniqueid, outcome }) => [uniqueid, outcome]));
  }

  /** Calls of which a state is kept. */
  open(): readonly { readonly uniqueid: string; readonly state: string }[] {
    return this.#database
      .prepare('SELECT uniqueid, state FROM open_call')
      .all()
      .map((row) => ({ uniqueid: String(row['uniqueid']), state: String(row['state']) }));
  }

  blind(): readonly BlindTime[] {
    return blindTimesBetween(this.#database, 0, Number.MAX_SAFE_INTEGER);
  }

  sums(unit: SumUnit): readonly SumRow[] {
    return sumsBetween(this.#database, { unit, fromMs: 0, untilMs: Infinity });
  }

  definitions(): number {
    return Number(this.#database.prepare('SELECT count(*) AS versions FROM definition').get()?.['versions']);
  }
}
