import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { type ImportOptions, runImport } from '../../src/queue-log/import-command.ts';
import { readQueueLogFiles } from '../../src/queue-log/queue-log-file.ts';
import { openJournal } from '../../src/store/journal.ts';
import { someFolder, someJournal, someReader } from '../store/journals.ts';
import { MemoryLog } from '../support/memory-log.ts';
import { DAY, PBX, watchedDay } from './day.ts';

const TRUTH = watchedDay();

async function importing(file: string, changes: Partial<ImportOptions> = {}) {
  const out: string[] = [];
  const code = await runImport(
    {
      file: join(import.meta.dirname, 'day/queue_log'),
      pbx: PBX,
      definition: DAY.definition,
      extensionLength: 4,
      fromMs: undefined,
      untilMs: undefined,
      hotline: undefined,
      ...changes,
    },
    {
      write: (text) => void out.push(text),
      complain: (text) => void out.push(text),
      nowMs: () => systemClock.nowMs(),
      who: 'root',
      readLog: async (path) => (await readQueueLogFiles(path, -Infinity, false)).reading,
      openJournal: () =>
        openJournal({ file, definition: DAY.definition, clock: systemClock, log: new MemoryLog() }),
      reader: someReader(file),
    },
  );
  return { code, text: out.join('') };
}

const calls = async (file: string) => (await someReader(file).calls({ limit: 500 })).calls;

describe('ringside import queue_log', () => {
  it('brings the past in, marked so, and says what it left and why', async () => {
    const file = join(someFolder(), 'j.db');
    const { code, text } = await importing(file);
    expect(code).toBe(0);
    expect(text).toMatch(
      /asterisk: \d+ calls brought in \(\d+ answered, \d+ abandoned, \d+ unknown\), 0 were in/,
    );
    expect(text).toContain('left: 1, from extensions of the house');
    const rows = await calls(file);
    const truth = new Map(
      TRUTH.flatMap((fact) =>
        fact.type === 'call-closed' ? [[fact.record.uniqueid, fact.record.outcome]] : [],
      ),
    );
    const known = rows.filter(({ outcome }) => outcome !== 'unknown');
    expect(known.length).toBeGreaterThan(20);
    for (const { uniqueid, outcome } of known) expect(outcome).toBe(truth.get(uniqueid));
    expect(new Set(known.map(({ certainty }) => certainty))).toEqual(new Set(['imported']));
  });

  it('brings nothing in twice', async () => {
    const file = join(someFolder(), 'j.db');
    await importing(file);
    const before = await calls(file);
    const { text } = await importing(file);
    expect(text).toContain(`0 calls brought in, ${before.length} were in the journal before`);
    expect(await calls(file)).toEqual(before);
  });

  it('leaves what the journal has seen as it is, and brings in nobody of the time it watched', async () => {
    const file = join(someFolder(), 'j.db');
    const { journal } = await someJournal(file, { definition: DAY.definition });
    const [first] = DAY.events;
    // Watched from the middle of the log on.
    for (const fact of TRUTH) if ('uniqueid' in fact && fact.uniqueid.endsWith('.2')) journal.append(fact);
    journal.seen(PBX, systemClock.nowMs());
    await journal.stop();
    const before = await calls(file);
    const { text } = await importing(file, { fromMs: first?.atMs ?? 0 });
    expect(text).toContain('the journal knows of this exchange itself');
    const after = await calls(file);
    for (const row of before) expect(after).toContainEqual(row);
  });

  it('brings in only what was asked for', async () => {
    const file = join(someFolder(), 'j.db');
    const { text } = await importing(file, { untilMs: 1000 });
    expect(text).toContain('0 calls brought in');
  });

  it('asks which hotline a queue of several stands for', async () => {
    const file = join(someFolder(), 'j.db');
    const [one, two, ...rest] = DAY.definition.hotlines;
    if (one === undefined || two === undefined) throw new Error('a day with fewer than two hotlines');
    const definition = { ...DAY.definition, hotlines: [one, { ...two, queues: one.queues }, ...rest] };
    const asked = await importing(file, { definition });
    expect(asked.code).toBe(1);
    expect(asked.text).toContain(`belongs to several hotlines (${one.name}, ${two.name})`);
    const told = await importing(file, { definition, hotline: two.name });
    expect(told.code).toBe(0);
  });

  it('says why not, where the journal is in use, the log is none or the exchange is unknown', async () => {
    const folder = someFolder();
    const file = join(folder, 'j.db');
    writeFileSync(join(folder, 'empty'), 'nothing\n');
    expect(await importing(file, { file: join(folder, 'empty') })).toMatchObject({ code: 1 });
    expect((await importing(file, { file: join(folder, 'missing') })).text).toMatch(
      /^nothing was imported: .*gone/,
    );
    expect((await importing(file, { pbx: 'nowhere' })).text).toContain('no exchange is named nowhere');
    await someJournal(file, { definition: DAY.definition });
    const { code, text } = await importing(file);
    expect(code).toBe(1);
    expect(text).toMatch(/^nothing was imported: .*(use|locked)/);
  });
});
