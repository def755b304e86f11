import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { loadConfigText } from '../../src/config/load.ts';
import { openVault } from '../../src/store/number-vault.ts';
import { openExisting } from '../../src/store/sqlite-existing.ts';
import { JournalFile } from '../../src/store/sqlite-journal.ts';
import { SumShares } from '../../src/store/sum-shares.ts';
import type { World } from './world.ts';

/** What is made of the facts that are kept; what the counters once told beyond them is in no fact (told-shares.ts). */
const MADE = {
  sums: `SELECT unit, from_ms, until_ms, subject, name, series, sums, longest_ms FROM sums
    WHERE series NOT GLOB 'told-*' ORDER BY unit, from_ms, pbx, subject, name, series`,
  chain: 'SELECT * FROM chain ORDER BY first_call',
  call_back: 'SELECT * FROM call_back ORDER BY first_call',
} as const;

/** What sums, chains and call-backs say, and do not say when they are made anew of the facts; on a copy. */
export async function rebuildDifferences({ file, configText }: World): Promise<readonly string[]> {
  const loaded = await loadConfigText(configText, { file: 'practice.yaml', environment: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const { definition, callBacks, journal, numbers } = loaded.config;
  const copy = `${file}.copy`;
  const kept = openExisting(file, { readOnly: true });
  kept.prepare('VACUUM INTO ?').run(copy);
  kept.close();
  const database = openExisting(copy, { readOnly: false });
  try {
    const before = madeIn(database);
    const options = { definition, callBacks, openedAtMs: 0, sharesFor: () => new SumShares(definition) };
    const vault = openVault({ keyFile: journal.keyFile ?? '', numbers });
    new JournalFile(database, { ...options, vault }).rebuildSums();
    const after = madeIn(database);
    return [...before.symmetricDifference(after)].map((row) =>
      before.has(row) ? `kept, and not made anew: ${row}` : `made anew, and not kept: ${row}`,
    );
  } finally {
    database.close();
    rmSync(copy);
  }
}

function madeIn(database: DatabaseSync): Set<string> {
  return new Set(
    Object.entries(MADE).flatMap(([table, statement]) =>
      database
        .prepare(statement)
        .all()
        .map((row) => `${table} ${JSON.stringify({ ...row, ...(table === 'sums' && sorted(row)) })}`),
    ),
  );
}

/** Columns of a sum come in the order in which they were first added to. */
function sorted({ sums }: Record<string, unknown>): { readonly sums: unknown } {
  const columns = Object.entries(JSON.parse(String(sums)) as object);
  return { sums: Object.fromEntries(columns.toSorted(([one], [other]) => (one < other ? -1 : 1))) };
}
