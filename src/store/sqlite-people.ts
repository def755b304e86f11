import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isKeyed, type SealedNumber, type Vault } from './vault.ts';

interface Owner {
  readonly pbx: string;
  readonly uniqueid: string;
}

/**
 * Who called, and who was called: each number a person, by a number of our own that says nothing and stays when keys
 * are changed or the caller's number is destroyed. A person is forgotten with the last number kept of them: who calls
 * afterwards is somebody else.
 */
export class PeopleTable {
  readonly #vault: Vault | undefined;
  readonly #find: StatementSync;
  readonly #known: StatementSync;
  readonly #next: StatementSync;
  readonly #put: StatementSync;

  constructor(database: DatabaseSync, vault: Vault | undefined) {
    this.#vault = vault;
    this.#find = database.prepare('SELECT person FROM caller WHERE pbx = ? AND uniqueid = ?');
    this.#known = database.prepare(
      'SELECT person FROM caller WHERE hash = ? AND person IS NOT NULL ORDER BY at_ms DESC LIMIT 1',
    );
    // Never used twice, also where the last one's numbers are gone.
    this.#next = database.prepare(
      `INSERT INTO meta(key, value) VALUES ('last_person', 1)
        ON CONFLICT DO UPDATE SET value = value + 1 RETURNING value`,
    );
    this.#put = database.prepare(
      `INSERT OR IGNORE INTO caller(pbx, uniqueid, at_ms, hash, cipher, key_id, person)
        VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  /** Whether callers can be told apart at all. */
  get keepsNumbers(): boolean {
    return this.#vault !== undefined;
  }

  /** Seals the number of a call or of an outbound one; nothing for what is no number, or is kept already. */
  keep(owner: Owner, atMs: number, digits: string): void {
    const sealed = this.#vault?.seal(digits);
    if (sealed === undefined || this.personOf(owner) !== undefined) return;
    const person = this.#personBehind(sealed, digits) ?? Number(this.#next.get()?.['value']);
    const { hash, cipher, keyId } = sealed;
    this.#put.run(owner.pbx, owner.uniqueid, atMs, hash, cipher, keyId, person);
  }

  personOf({ pbx, uniqueid }: Owner): number | undefined {
    return personIn(this.#find.get(pbx, uniqueid));
  }

  #personBehind({ hash }: SealedNumber, digits: string): number | undefined {
    const person = personIn(this.#known.get(hash));
    if (person !== undefined || !isKeyed(this.#vault) || this.#vault.keyIds.length === 1) return person;
    // Until all is sealed under the newest key, a caller is known by the others too.
    for (const other of this.#vault.hashesOf(digits)) {
      const known = personIn(this.#known.get(other));
      if (known !== undefined) return known;
    }
    return undefined;
  }
}

function personIn(row: Record<string, unknown> | undefined): number | undefined {
  const person = row?.['person'];
  return typeof person === 'number' ? person : undefined;
}
