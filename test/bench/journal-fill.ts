import { fork } from 'node:child_process';
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

/** Filled once a process: `RINGSIDE_BENCH_CALLS` calls, whole weeks of them, the last one in the middle of its last day. */
export function filledJournal(): Promise<Filled> {
  return (filled ??= fill());
}

async function fill(): Promise<Filled> {
  if (!(CALLS > 0)) throw new Error('RINGSIDE_BENCH_CALLS is a number of calls');
  const folder = someFolder(CALLS * BYTES_A_CALL);
  const order: FillOrder = { file: join(folder, 'journal.db'), keyFile: putKeyFile(folder), calls: CALLS };
  // The facts of a week live long: young ones are collected seldom.
  const child = fork(new URL('./journal-filler.ts', import.meta.url), {
    execArgv: ['--max-semi-space-size=128'],
    serialization: 'advanced',
  });
  const done = await new Promise<FillDone>((resolve, reject) => {
    child.once('message', (told) => resolve(told as FillDone));
    child.once('exit', (code) => reject(new Error(`filling the journal ended with ${code}`)));
    child.send(order);
  });
  return { ...order, ...done, definition: await companyDefinition() };
}
