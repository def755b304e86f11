import { readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { CallerNumber } from '../../src/calls/caller-number.ts';
import type { Fact } from '../../src/calls/facts.ts';
import { NumberVault } from '../../src/store/number-vault.ts';
import { JournalFile } from '../../src/store/sqlite-journal.ts';
import { openJournalFile } from '../../src/store/sqlite-open.ts';
import { SumShares } from '../../src/store/sum-shares.ts';
import type { KeyedVault } from '../../src/store/vault.ts';
import { toWire, type Batch } from '../../src/store/wire.ts';
import { readNumberKeys } from '../../src/lib/number-keys.ts';
import { someWatch } from '../support/definitions.ts';
import { keyLine, NUMBERS } from './keys.ts';
import { answeredCall } from './stories.ts';

/** A vault of these lines of a key file. */
export const vaultOf = (...lines: readonly string[]): KeyedVault =>
  new NumberVault(readNumberKeys(lines.join('')).keys, NUMBERS);
export const VAULT = vaultOf(keyLine('k1', 1));

/** A mobile number of nobody, the `n`th. */
export const mobile = (n: number): string => `013${String(800_000_000 + n)}`;

export interface Kept {
  readonly database: DatabaseSync;
  readonly journal: JournalFile;
}

/** The journal's file, opened as the writer does. */
export function openKept(
  file: string,
  vault: KeyedVault | undefined = VAULT,
  openedAtMs = 0,
  definition = someWatch(),
): Kept {
  const database = openJournalFile({ file });
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  const sharesFor = (told: ReturnType<typeof someWatch>): SumShares => new SumShares(told);
  return {
    database,
    journal: new JournalFile(database, { definition, openedAtMs, sharesFor, vault }),
  };
}

/** An answered call by the `n`th number, and who called. */
export function calledBy(n: number, reachedAtMs: number, uniqueid = `1.${n}`): readonly Fact[] {
  const [opened, ...rest] = answeredCall(uniqueid, reachedAtMs);
  const heard: Fact = {
    type: 'caller-heard',
    id: `north/${uniqueid}/caller`,
    pbx: 'north',
    uniqueid,
    hotline: 'gas',
    atMs: reachedAtMs,
    number: new CallerNumber(mobile(n)),
  };
  return opened === undefined ? [] : [opened, heard, ...rest];
}

export function batchOf(facts: readonly Fact[], changes: Partial<Batch> = {}): Batch {
  const told = facts.map((fact) => toWire({ fact, source: 'seen' }));
  return { facts: told, openCalls: [], seen: new Map(), audits: [], ...changes };
}

/** What is kept of numbers now: hash and ciphertext of each, as they stand in the file. */
export function secretsOf(database: DatabaseSync, where = 'true'): readonly Buffer[] {
  return database
    .prepare(`SELECT hash, cipher FROM caller WHERE ${where}`)
    .all()
    .flatMap(({ hash, cipher }) => [Buffer.from(hash as Uint8Array), Buffer.from(cipher as Uint8Array)]);
}

/** How many of them stand in a file somewhere, whole: used pages, free ones, and what was left between. */
export function found(file: string, secrets: readonly Buffer[]): number {
  const bytes = readFileSync(file);
  const wanted = Map.groupBy(secrets, (secret) => secret.readUInt32BE(0));
  const there = new Set<Buffer>();
  let word = 0;
  for (let end = 0; end < bytes.length; end++) {
    word = ((word << 8) | (bytes[end] ?? 0)) >>> 0;
    for (const secret of wanted.get(word) ?? []) {
      const at = end - 3;
      if (bytes.subarray(at, at + secret.length).equals(secret)) there.add(secret);
    }
  }
  return there.size;
}

/** Runs a task of several steps to its end; `between` runs after each step. */
export function finish<T>(steps: Generator<void, T>, between: () => void = () => undefined): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    between();
  }
}
