import { fork } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { companyDefinition } from './journal-days.ts';
import type { FillDone, FillOrder } from './journal-filler.ts';
import { putKeyFile, someFolder } from './journal-folder.ts';

/** A journal of years, as a daemon that never stopped would have left it. */
export interface Filled extends FillDone {
  readonly file: string;
  readonly keyFile: string;
  readonly definition: WatchDefinition;
}

const CALLS = Number(process.env['RINGSIDE_BENCH_CALLS'] ?? 10_000_000);
/** With a part to spare for its log. */
const BYTES_A_CALL = 4_000;

let filled: Promise<Filled> | undefined;

/**
 * Filled once a process: `RINGSIDE_BENCH_CALLS` calls, whole weeks of them, the last one in the middle of its last day.
 * Where a folder is named by `RINGSIDE_BENCH_JOURNAL` it stays there: what was broken off goes on the next time, and
 * what is full is measured again.
 */
export function filledJournal(): Promise<Filled> {
  return (filled ??= obtain());
}

async function obtain(): Promise<Filled> {
  if (!(CALLS > 0)) throw new Error('RINGSIDE_BENCH_CALLS is a number of calls');
  const kept = process.env['RINGSIDE_BENCH_JOURNAL'];
  const folder = kept ?? someFolder(CALLS * BYTES_A_CALL);
  const file = join(folder, 'journal.db');
  const about = join(folder, 'filled.json');
  const keyFile = putKeyFile(folder);
  const definition = await companyDefinition();
  if (!existsSync(about)) {
    writeFileSync(about, JSON.stringify(await fill({ file, keyFile, calls: CALLS })));
  }
  return { ...(JSON.parse(readFileSync(about, 'utf8')) as FillDone), file, keyFile, definition };
}

function fill(order: FillOrder): Promise<FillDone> {
  // The facts of a week live long: young ones are collected seldom.
  const child = fork(new URL('./journal-filler.ts', import.meta.url), {
    execArgv: ['--max-semi-space-size=128'],
    serialization: 'advanced',
  });
  return new Promise<FillDone>((resolve, reject) => {
    child.once('message', (told) => resolve(told as FillDone));
    child.once('exit', (code) => reject(new Error(`filling the journal ended with ${code}`)));
    child.send(order);
  });
}
