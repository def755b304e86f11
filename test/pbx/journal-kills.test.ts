import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { CallRecord, Fact } from '../../src/calls/facts.ts';
import type { CallRow } from '../../src/store/ports.ts';
import { Kept } from '../kill/kept.ts';
import { AmiClient } from './ami-client.ts';
import { play } from './driver.ts';
import { type Gap, gapDifferences } from './gap.ts';
import { type Pair, placeAll, startPair } from './pair.ts';
import type { Placed } from './pbx-config.ts';
import { Program } from './program.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { settle } from './truth.ts';
import { until } from './until.ts';
import { configText, PBX_NAME } from './watch-config.ts';

const KILLS = 5;
/** The first look into the log, and what it takes (queue-log/backfill-runner.ts). */
const FILLED_MS = 30_000;

function writeConfig(pair: Pair): { readonly config: string; readonly journal: string } {
  const [config, journal] = ['ringside.yaml', 'journal.db'].map((name) => join(pair.folder, name)) as [
    string,
    string,
  ];
  const settings = parse(configText(pair.placed, { ...pair.pbxPlace })) as { pbxs: object[] };
  const [pbx] = settings.pbxs;
  Object.assign(pbx ?? {}, { queueLog: { path: join(pair.folder, 'pbx/log/queue_log') } });
  writeFileSync(config, stringify({ ...settings, journal: { file: journal } }), { mode: 0o600 });
  return { config, journal };
}

test('the program is killed under open calls, again and again, and the queue_log fills what it missed', async () => {
  const pair = await startPair(inject('chroot'), placeAll(SCENARIOS));
  const { config, journal } = writeConfig(pair);
  let program = new Program(config);
  await program.ready();
  const leader = await AmiClient.login({
    host: pair.pbxPlace.address,
    port: pair.pbxPlace.amiPort,
    user: 'ringside-acting',
    secret: pair.pbxPlace.secret,
  });
  const played = Promise.all(pair.placed.map((placed) => play(pair, placed, leader)));
  const gaps: Gap[] = [];
  const openCalls: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1000 + Math.random() * 2000));
    const killedMs = Date.now();
    await program.end('SIGKILL');
    openCalls.push(
      keptIn(journal, (kept) => kept.rows().filter(({ closedAtMs }) => closedAtMs === null).length),
    );
    // Somebody gave up in a queue while nobody watched: only the log knows.
    if (kill === 0) await pair.timeline.reached('queue-abandoned', 'caller0.end');
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 2000));
    program = new Program(config);
    await program.ready();
    gaps.push({ fromMs: killedMs, untilMs: Date.now() });
  }
  await played;
  const endedMs = Date.now();
  const found = (): string[] => keptIn(journal, (kept) => differencesOf(pair, kept, gaps));
  const filled = (): readonly CallRow[] =>
    keptIn(journal, (kept) => kept.rows().filter(({ certainty }) => certainty === 'backfilled'));
  await until(() => (filled().length > 0 && found().length === 0) || Date.now() > endedMs + FILLED_MS);
  const known = filled();
  const differences = found();
  leader.close();
  await program.end('SIGTERM');
  await pair.stop();
  expect(differences).toEqual([]);
  expect(openCalls.reduce((sum, open) => sum + open, 0)).toBeGreaterThan(KILLS * 3);
  expect(known.map(({ hotline }) => hotline)).toContain('queue-abandoned');
});

function keptIn<T>(file: string, ask: (kept: Kept) => T): T {
  const kept = new Kept(file);
  try {
    return ask(kept);
  } finally {
    kept.close();
  }
}

/** What the log told is the truth; all else is told as by a daemon that could not see, and never guessed. */
function differencesOf(pair: Pair, kept: Kept, kills: readonly Gap[]): string[] {
  const rows = kept.rows();
  const covered = kept.blind();
  // It sees again some moments before it says that it is ready.
  const gaps = kills.map(({ fromMs, untilMs }) => ({
    fromMs,
    untilMs: covered.find((blind) => blind.untilMs > fromMs && blind.untilMs < untilMs)?.untilMs ?? untilMs,
  }));
  // A daemon is blind from its last commit, or its last mark of being seen, on, and says itself from when.
  const wide = gaps.map((gap) => ({
    fromMs:
      covered.find(({ fromMs, untilMs }) => isIn(gap.fromMs, { fromMs, untilMs }))?.fromMs ?? gap.fromMs,
    untilMs: gap.untilMs,
  }));
  const facts = rows.flatMap((row) => unfilled(row, kept.facts(row.uniqueid, PBX_NAME), wide));
  return [
    ...(kept.integrity() === 'ok' ? [] : [kept.integrity()]),
    ...rows.flatMap(({ uniqueid, closedAtMs }) => (closedAtMs === null ? [`${uniqueid} is open`] : [])),
    ...(covered.length === gaps.length ? [] : [`${covered.length} blind times for ${gaps.length} kills`]),
    ...gaps
      .filter((gap) => !covered.some((blind) => isIn(gap.fromMs, blind)))
      .map(() => 'nobody watched, and no blind time says so'),
    ...pair.placed.flatMap((placed) => {
      // What came just before a kill may have been committed, or not: either is right.
      const [heard, unheard] = [gaps, wide].map((those) =>
        gapDifferences(placed, pair.timeline, those, facts),
      ) as [string[], string[]];
      return heard
        .filter((line) => unheard.some((other) => callOf(other) === callOf(line)))
        .map((line) => `${line}; ${circumstances(placed, pair, gaps, rows)}`);
    }),
    ...pair.placed.flatMap((placed) => {
      const { calls, key } = settle(placed, pair.timeline);
      return rows
        .filter(({ hotline, certainty }) => hotline === key && certainty === 'backfilled')
        .filter(({ uniqueid, outcome }) => {
          const scores = kept.facts(uniqueid, PBX_NAME).filter((fact) => fact.type === 'scored');
          return !calls.some(
            (call) =>
              call.outcome === outcome &&
              scores.every(({ target, result }) => result === 'unknown' || result === call.scores[target]),
          );
        })
        .map(({ outcome }) => `${key}: filled in as ${String(outcome)}, which nobody was`);
    }),
  ];
}

const isIn = (atMs: number, { fromMs, untilMs }: Gap): boolean => atMs >= fromMs && atMs <= untilMs;

/** What is needed to understand a difference that does not come again: whose life, which gaps, what was kept. */
function circumstances(
  { scenario: { key } }: Placed,
  { timeline }: Pair,
  gaps: readonly Gap[],
  rows: readonly CallRow[],
): string {
  const kept = rows.filter(({ hotline }) => hotline === key);
  return JSON.stringify({ marks: timeline.marks(key), gaps, kept });
}

const callOf = (line: string): string => line.split(':').slice(0, 2).join(':');

/** As it was before the log was read: who came and went unseen was not there. */
function unfilled(row: CallRow, facts: readonly Fact[], gaps: readonly Gap[]): readonly Fact[] {
  const { certainty, reachedAtMs, closedAtMs } = row;
  if (certainty === 'seen') return facts;
  const isBroughtIn = gaps.some(
    ({ fromMs, untilMs }) => reachedAtMs >= fromMs && (closedAtMs ?? Infinity) <= untilMs,
  );
  // The log may know the whole of a call but its outcome; one that the program lost is over when it sees again.
  const isWhole = gaps.every(({ untilMs }) => closedAtMs !== untilMs);
  if (isBroughtIn && isWhole) return [];
  if (certainty === 'unknown') return facts;
  return facts.map((fact): Fact => {
    // Of the attendant's picking up a log of queues says nothing.
    if (fact.type === 'scored' && fact.target !== 'auto') return { ...fact, result: 'unknown' };
    if (fact.type !== 'call-closed') return fact;
    const record: CallRecord = { ...fact.record, outcome: 'unknown' };
    return { ...fact, record };
  });
}
