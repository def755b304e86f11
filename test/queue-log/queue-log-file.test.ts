import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readQueueLogFiles } from '../../src/queue-log/queue-log-file.ts';

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'ringside-queue-log-'))));
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, text: string, writtenAtS: number): Promise<void> {
  const file = join(folder, name);
  await writeFile(file, text);
  await utimes(file, writtenAtS, writtenAtS);
}

const ENTERED = '1795290200|1795290199.10|service|NONE|ENTERQUEUE||13800000001|1\n';
const CONNECTED = '1795290230|1795290199.10|service|Li|CONNECT|30|1795290216.12|14\n';
const ENDED = '1795290290|1795290199.10|service|Li|COMPLETECALLER|30|60|1\n';

it('puts a call together over rotated files, leaves older ones and names the compressed', async () => {
  await put('queue_log', ENDED, 1795290290);
  await put('queue_log.1', CONNECTED, 1795290280);
  await put('queue_log-20261121', ENTERED, 1795290220);
  await put('queue_log.9', 'not read\n', 1795000000);
  await put('queue_log.2.gz', 'packed', 1795290000);
  await put('queue_log_other', 'somebody else\n', 1795290290);
  const { reading, files, compressed } = await readQueueLogFiles(join(folder, 'queue_log'), 1795290100_000);
  expect(files.map((file) => file.slice(folder.length + 1))).toEqual([
    'queue_log-20261121',
    'queue_log.1',
    'queue_log',
  ]);
  expect(compressed).toEqual(['queue_log.2.gz']);
  expect(reading).toMatchObject({ lines: 3, broken: 0, fromS: 1795290200, untilS: 1795290290 });
  expect(reading.calls[0]?.stages[0]).toMatchObject({ end: 'answered', agent: 'Li', talkS: 60 });
});

it('leaves half a line for the next time', async () => {
  await put('queue_log', `${ENTERED}${CONNECTED.slice(0, 40)}`, 1795290230);
  const first = await readQueueLogFiles(join(folder, 'queue_log'), 0);
  expect(first.reading).toMatchObject({ lines: 1, broken: 0 });
  await put('queue_log', `${ENTERED}${CONNECTED}`, 1795290231);
  const second = await readQueueLogFiles(join(folder, 'queue_log'), 0);
  expect(second.reading.calls[0]?.stages[0]?.end).toBe('answered');
});

it('says with which code a log cannot be read', async () => {
  await expect(readQueueLogFiles(join(folder, 'queue_log'), 0)).rejects.toMatchObject({ code: 'ENOENT' });
});
