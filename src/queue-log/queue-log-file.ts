import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { QueueLogCalls, type QueueLogReading } from './queue-log-calls.ts';

/** What logrotate makes of a name: `queue_log.1`, `queue_log-20261121`. */
const ROTATED = /^[.-]\d+$/;
const COMPRESSED = /^[.-]\d+\.(gz|bz2|xz|zst)$/;
const LINE_FEED = 10;

export interface QueueLogFiles {
  readonly reading: QueueLogReading;
  /** Read, oldest first. */
  readonly files: readonly string[];
  /** Rotated and compressed: they have to be unpacked before they can be read. */
  readonly compressed: readonly string[];
}

/**
 * Reads a queue_log and what was rotated away from it since `sinceMs` (by when a file was last written), oldest first.
 * Half a line at the end of a file is left out: the exchange is writing it.
 * @throws Error with the file system's code where the log itself cannot be read
 */
export async function readQueueLogFiles(
  path: string,
  sinceMs: number,
  withRotated = true,
): Promise<QueueLogFiles> {
  const folder = dirname(path);
  const name = basename(path);
  const names = (await readdir(folder)).filter((candidate) => candidate.startsWith(name));
  const rotated: { readonly path: string; readonly writtenAtMs: number }[] = [];
  for (const candidate of names) {
    if (!withRotated || !ROTATED.test(candidate.slice(name.length))) continue;
    const file = join(folder, candidate);
    const { mtimeMs } = await stat(file);
    if (mtimeMs >= sinceMs) rotated.push({ path: file, writtenAtMs: mtimeMs });
  }
  rotated.sort((a, b) => a.writtenAtMs - b.writtenAtMs);
  const files = [...rotated.map((file) => file.path), path];
  const calls = new QueueLogCalls(sinceMs / 1000);
  for (const file of files) await readLines(file, (line) => calls.take(line));
  return {
    reading: calls.reading(),
    files,
    compressed: names.filter((candidate) => COMPRESSED.test(candidate.slice(name.length))),
  };
}

/** Whole lines only. */
async function readLines(path: string, take: (line: string) => void): Promise<void> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
      take(bytes.toString('utf8', from, end).replace(/\r$/, ''));
      from = end + 1;
    }
    rest = bytes.subarray(from);
  }
}
