import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { openJournalFile } from '../../src/store/sqlite-open.ts';
import { companyDefinition } from './journal-days.ts';
import { checkFilled } from './journal-coherence.ts';
import type { FillDone, FillOrder } from './journal-filler.ts';
import { assertRoom, putKeyFile } from './journal-folder.ts';
import { grouped } from './table.ts';

/** What is known of a journal that is full. */
interface About extends FillDone {
  /** Facts that were written since, by who measured that. */
  readonly grown: number;
}
/** A journal of years, as a daemon that never stopped would have left it (what of it is copied: `journal-filler.ts`). */
export interface Filled extends About {
  readonly file: string;
  readonly keyFile: string;
  readonly definition: WatchDefinition;
}

const CALLS = Number(process.env['RINGSIDE_BENCH_CALLS'] ?? 10_000_000);
/** On a machine that is busy there are fewer calls then. */
const MOST_MS = Number(process.env['RINGSIDE_BENCH_FILL_MINUTES'] ?? 15) * 60_000;
/** With a part to spare for its log. */
const BYTES_A_CALL = 4_000;
const CACHE = join(import.meta.dirname, '../../.cache');

let filled: Promise<Filled> | undefined;

/**
 * `RINGSIDE_BENCH_CALLS` calls, whole weeks of them, the last one in the middle of its last day. Filled once, into
 * `.cache` or the folder that is named by `RINGSIDE_BENCH_JOURNAL`: what is full is measured again, until it is
 * removed. Rejects where what is there does not add up.
 */
export function filledJournal(): Promise<Filled> {
  return (filled ??= obtain());
}

async function obtain(): Promise<Filled> {
  if (!(CALLS > 0)) throw new Error('RINGSIDE_BENCH_CALLS is a number of calls');
  const folder = process.env['RINGSIDE_BENCH_JOURNAL'] ?? join(CACHE, `journal-${CALLS}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'journal.db');
  const about = aboutOf(file);
  const keyFile = putKeyFile(folder);
  const definition = await companyDefinition();
  if (!existsSync(about)) {
    assertRoom(folder, CALLS * BYTES_A_CALL);
    // Filling that was broken off begins again.
    for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });
    const done = await fill({ file, keyFile, calls: CALLS, mostMs: MOST_MS });
    checkFilled(file, done);
    putAbout(file, { ...done, grown: 0 });
  }
  // One that was filled before the schema changed is brought to it.
  openJournalFile({ file }).close();
  const done = JSON.parse(readFileSync(about, 'utf8')) as About;
  sayFilling(done);
  return { ...done, file, keyFile, definition };
}

const aboutOf = (file: string): string => join(dirname(file), 'filled.json');
function putAbout(
  file: string,
  { calls, weeks, writtenWeeks, tookMs, cpuMs, bytes, untilMs, untilWeek, grown }: About,
): void {
  const about: About = { calls, weeks, writtenWeeks, tookMs, cpuMs, bytes, untilMs, untilWeek, grown };
  writeFileSync(aboutOf(file), JSON.stringify(about));
}

/** What was written into it is measured with it from now on. */
export function rememberGrown(
  { file, ...about }: Filled,
  more: { readonly facts: number; readonly calls: number; readonly untilMs: number },
): void {
  const { size: bytes } = statSync(file);
  const { calls, facts, untilMs } = more;
  putAbout(file, { ...about, calls: about.calls + calls, grown: about.grown + facts, bytes, untilMs });
}

function sayFilling({ calls, weeks, writtenWeeks, tookMs, cpuMs }: FillDone): void {
  process.stdout.write(
    `\nfilled with ${grouped(calls)} calls of ${weeks} weeks, ${writtenWeeks} of them written fact by fact, ` +
      `in ${grouped(tookMs / 1_000)} s (${grouped(cpuMs / 1_000)} s of processor)\n`,
  );
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
