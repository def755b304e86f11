import { fork } from 'node:child_process';
import { statSync } from 'node:fs';
import { faultWords } from './fault.ts';
import { CHECKED_AT_START_BYTES } from './sqlite-open.ts';

/**
 * What is wrong with a file too large to be looked over before the start: it is looked over beside the work. By a
 * process of its own, for that takes minutes and nothing ends a thread that is inside SQLite: who is told to stop
 * would wait for it.
 */
export async function damageOf(file: string): Promise<string | undefined> {
  if (statSync(file).size <= CHECKED_AT_START_BYTES) return undefined;
  return await new Promise((resolve) => {
    const child = fork(new URL('sqlite-check-process.ts', import.meta.url), [file]);
    const end = (): void => void child.kill('SIGKILL');
    // Neither keeps who started it from ending.
    child.unref();
    child.channel?.unref();
    process.once('exit', end);
    let found: string | undefined;
    child.once('message', (told: { readonly found: string | null }) => (found = told.found ?? undefined));
    child.once('error', (cause) => (found = faultWords(cause)));
    child.once('close', () => {
      process.off('exit', end);
      resolve(found);
    });
  });
}
