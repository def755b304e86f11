import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { writingStateSchema, type WritingState } from './writing-plan.ts';

/** They name people: for their owner, and the group that the folder is meant for. */
const MODE = 0o640;
/** Beside the reports: what is written into another folder is another matter. */
const STATE = '.ringside-written.json';

/** Puts a file whole under its name, in the place of one that is there, or not at all. Rejects where it cannot. */
export async function putFile(folder: string, name: string, text: string): Promise<void> {
  const unfinished = join(folder, `.${name}.part`);
  const handle = await open(unfinished, 'w', MODE);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, join(folder, name));
}

export async function putState(folder: string, state: WritingState): Promise<void> {
  await putFile(folder, STATE, `${JSON.stringify(state)}\n`);
}

/** Undefined where there is none, or what is there is not ours to read; rejects where the folder cannot be read. */
export async function readState(folder: string): Promise<WritingState | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, STATE), 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
  try {
    return writingStateSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
