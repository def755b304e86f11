import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grouped } from './table.ts';

const FOLDERS = new Set<string>();

/** A folder for so many bytes under `RINGSIDE_BENCH_FOLDER`, or under that for what is temporary; it goes with the process. */
export function someFolder(bytes: number): string {
  const parent = process.env['RINGSIDE_BENCH_FOLDER'] ?? tmpdir();
  const { bavail, bsize } = statfsSync(parent);
  if (bavail * bsize < bytes) {
    throw new Error(
      `${parent} has ${grouped((bavail * bsize) / 1e9)} GB free of ${grouped(bytes / 1e9)} GB needed: ` +
        `name another folder by RINGSIDE_BENCH_FOLDER, or fewer calls by RINGSIDE_BENCH_CALLS`,
    );
  }
  if (FOLDERS.size === 0) {
    process.on('exit', () => [...FOLDERS].forEach(removeFolder));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  }
  const folder = mkdtempSync(join(parent, 'ringside-bench-'));
  FOLDERS.add(folder);
  return folder;
}

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** A key file as the vault wants it. */
export function putKeyFile(folder: string): string {
  const file = join(folder, 'keys');
  writeFileSync(file, `bench:${Buffer.alloc(32, 7).toString('base64')}\n`, { mode: 0o600 });
  return file;
}
