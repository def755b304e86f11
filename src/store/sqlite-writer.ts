import { parentPort, workerData } from 'node:worker_threads';
import { faultWords, isOfContent, JournalRefused } from './fault.ts';
import { JournalKeeper } from './sqlite-keeper.ts';
import type { Cuts } from './retention.ts';
import { isKeyed, VaultRefused, type Vault } from './vault.ts';
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
      keeper.bringIn();
      break;
    case 'restore':
      tell({ type: 'answer', ask: message.ask, answer: keeper.restore(message.nowMs) });
      break;
    case 'define':
      keeper.redefine(message.definition, message.atMs, message.callBacks);
      break;
    case 'close-call-back':
      tell({ type: 'answer', ask: message.ask, answer: keeper.closeCallBack(message.order) });
      break;
    case 'upkeep':
      tidy(keeper, message.cuts);
      break;
    case 'answer':
      tell({ type: 'answer', ask: message.ask, answer: undefined });
      break;
    case 'close':
      keeper.close();
      tell({ type: 'closed', ask: message.ask });
      parentPort?.close();
      break;
  }
}

/** Between two steps batches are written. */
function tidy(keeper: JournalKeeper, cuts: Cuts): void {
  const steps = keeper.upkeep(cuts);
  const step = (): void => {
    try {
      const { done, value } = steps.next();
      if (done === true) tell({ type: 'upkept', upkept: value });
      else setImmediate(step);
    } catch (cause) {
      tell({ type: 'not-upkept', words: faultWords(cause) });
    }
  };
  step();
}

try {
  const vault = await vaultOf(setup);
  const keeper = new JournalKeeper(setup, vault);
  parentPort?.on('message', (message: ToWriter) => {
    try {
      answer(keeper, message);
    } catch (cause) {
      if (!('ask' in message)) throw cause;
      const blame = isOfContent(cause) ? 'content' : 'place';
      tell({ type: 'failed', ask: message.ask, words: faultWords(cause), blame });
    }
  });
  tell({ type: 'ready', notice: isKeyed(vault) ? vault.notice : '' });
} catch (cause) {
  const words = faultWords(cause);
  const isTold = cause instanceof JournalRefused || cause instanceof VaultRefused;
  tell({ type: 'refused', words: isTold ? words : `${setup.file} cannot be the journal: ${words}` });
  parentPort?.close();
}
