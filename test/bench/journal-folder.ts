import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grouped } from './table.ts';

/** What a journal's writer seals numbers with. */
export const VAULT = new URL('../../src/store/number-vault.ts', import.meta.url).href;
const FOLDERS = new Set<string>();

/** A folder for so many bytes under `RINGSIDE_BENCH_FOLDER`, or under that for what is temporary; it goes with the process. */
export function someFolder(bytes: number): string {
  const parent = process.env['RINGSIDE_BENCH_FOLDER'] ?? tmpdir();
  assertRoom(parent, bytes);
  if (FOLDERS.size === 0) {
    process.on('exit', () => [...FOLDERS].forEach(removeFolder));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  }
  const folder = mkdtempSync(join(parent, 'ringside-bench-'));
  FOLDERS.add(folder);
  return folder;
}

/** Throws where a folder's disk has less. */
export function assertRoom(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= bytes) return;
  throw new Error(
    `${folder} has ${grouped((bavail * bsize) / 1e9)} GB free of ${grouped(bytes / 1e9)} GB needed: name another ` +
      `folder by RINGSIDE_BENCH_FOLDER (or RINGSIDE_BENCH_JOURNAL), or fewer calls by RINGSIDE_BENCH_CALLS`,
  );
}

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** A key file as the vault wants it. */
export function putKeyFile(folder: string): string {
  const file = join(folder, 'keys');
  writeFileSync(file, `bench:${Buffer.alloc(32, 7).toString('base64')}\n`, { mode: 0o600 });
  return file;
}
