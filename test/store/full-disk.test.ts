import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hurriedClock, someFolder, someJournal, someReader, untilStatus } from './journals.ts';
import { answeredCall } from './stories.ts';

describe('a journal whose disk is full', () => {
  it('says so, keeps what comes, writes it once there is room; on a disk that is read-only it does not start', () => {
    const folder = someFolder();
    const script = fileURLToPath(new URL('full-disk.ts', import.meta.url));
    const { stdout, stderr } = spawnSync(
      'unshare',
      ['--user', '--map-root-user', '--mount', process.execPath, script, folder],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    const seen = JSON.parse(stdout) as Record<string, Record<string, unknown>>;
    expect(seen['full']).toMatchObject({ state: 'failing', fault: 'the disk is full', pendingFacts: 9 });
    expect(seen['after']).toMatchObject({ state: 'writing', fault: '', droppedFacts: 0 });
    expect(seen['refused']).toBe(`${folder}/j.db cannot be the journal: the file is read-only`);
    expect(seen['summed']).toEqual({ answered: seen['calls'] });
  });

  it('or that may grow no further goes on watching, within its bound', async () => {
    const file = join(someFolder(), 'j.db');
    const { journal, log } = await someJournal(file, { clock: hurriedClock, maxPages: 60, mostFacts: 4_000 });
    let calls = 0;
    while (journal.status().state === 'writing') {
      for (const fact of answeredCall(`1.${calls++}`, 1e12 + calls)) journal.append(fact);
      await journal.flush();
    }
    expect(journal.status().fault).toBe('the disk is full');
    for (let i = 0; i < 1000; i++) for (const fact of answeredCall(`2.${i}`, 1e12)) journal.append(fact);
    const { pendingFacts, droppedFacts } = await untilStatus(journal, ({ state }) => state === 'failing');
    expect(pendingFacts).toBeLessThanOrEqual(4_009);
    expect(pendingFacts + droppedFacts).toBe(9_009);
    const { calls: kept } = await someReader(file).calls({ limit: 500 });
    expect(kept).toHaveLength(Math.min(500, calls - 1));
    await journal.stop();
    expect(log.lines.at(-1)?.line).toBe('the journal was closed with facts that could not be written');
  });
});
