import { parentPort, workerData } from 'node:worker_threads';
import { faultWords, isOfContent, JournalRefused } from './fault.ts';
import { JournalKeeper } from './sqlite-keeper.ts';
import type { Vault } from './vault.ts';
import type { FromWriter, ToWriter, WriterSetup } from './wire.ts';

/** The thread that writes: nothing of SQLite runs where the exchange is read. Thin; what it does is in `sqlite-keeper.ts`. */
const setup = workerData as WriterSetup;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port of a thread has no origin
const tell = (message: FromWriter): void => parentPort?.postMessage(message);

async function vaultOf({ vault }: WriterSetup): Promise<Vault | undefined> {
  if (vault === undefined) return undefined;
  const module = (await import(vault.module)) as { openVault(options: unknown): Vault };
  return module.openVault(vault.options);
}

function answer(keeper: JournalKeeper, message: ToWriter): void {
  switch (message.type) {
    case 'write':
      tell({ type: 'written', ask: message.ask, ...keeper.write(message.batch) });
      break;
    case 'restore':
      tell({ type: 'restored', ask: message.ask, restored: keeper.restore(message.nowMs) });
      break;
    case 'define':
      keeper.redefine(message.definition, message.atMs);
      break;
    case 'close':
      keeper.close();
      tell({ type: 'closed', ask: message.ask });
      parentPort?.close();
      break;
  }
}

try {
  const keeper = new JournalKeeper(setup, await vaultOf(setup));
  parentPort?.on('message', (message: ToWriter) => {
    try {
      answer(keeper, message);
    } catch (cause) {
      if (message.type === 'define') throw cause;
      const blame = isOfContent(cause) ? 'content' : 'place';
      tell({ type: 'failed', ask: message.ask, words: faultWords(cause), blame });
    }
  });
  tell({ type: 'ready' });
} catch (cause) {
  const words = faultWords(cause);
  const isTold = cause instanceof JournalRefused;
  tell({ type: 'refused', words: isTold ? words : `${setup.file} cannot be the journal: ${words}` });
  parentPort?.close();
}
