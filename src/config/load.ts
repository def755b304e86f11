import { access, constants, open, type FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Environment } from './environment.ts';
import { interpret, type LoadResult } from './interpret.ts';
import { error, type Mistake } from './mistake.ts';
import { pathKey } from './setting-node.ts';
import type { FileContent, WantedFile } from './wanted-file.ts';

export interface LoadOptions {
  /** `process.env`, or what a test puts in its place. */
  readonly environment: Environment;
  /** For `ringside check`: a variable that holds a secret may be missing here. Default false. */
  readonly secretsElsewhere?: boolean;
  /** For a replay, which connects to nothing and keeps nothing: no file the configuration names is read, none is missed. */
  readonly withoutSecrets?: boolean;
  /** For who keeps or reads the journal (the daemon, `ringside check`): its keys are read, and what is not kept is warned of. Default false. */
  readonly keeps?: boolean;
}

const LARGEST_BYTES = 1_048_576;

/**
 * Reads a configuration file, the environment, and the files of secrets and certificates it names. Never throws:
 * every mistake is in the result, a file that cannot be read among them.
 */
export async function loadConfig(file: string, options: LoadOptions): Promise<LoadResult> {
  const content = await readSmallFile(file);
  if ('failure' in content) return { ok: false, mistakes: [unreadable(file, content.failure)] };
  return loadConfigText(content.text, { ...options, file, readableByAll: content.readableByAll });
}

/** The same for a text at hand (the built-in practice exchange); relative paths start from the directory of `file`. */
export async function loadConfigText(
  text: string,
  options: LoadOptions & { readonly file: string; readonly readableByAll?: boolean },
): Promise<LoadResult> {
  const { file, environment, readableByAll = false, withoutSecrets = false, keeps = false } = options;
  const { secretsElsewhere = withoutSecrets } = options;
  const pathOf = (path: string): string => resolve(dirname(file), path);
  const draft = interpret({ text, file, readableByAll, environment, secretsElsewhere, keeps, pathOf });
  const files = new Map<string, FileContent>();
  for (const wanted of withoutSecrets ? [] : draft.wanted) {
    files.set(pathKey(wanted.path), await read(pathOf(wanted.file), wanted.kind));
  }
  return draft.finish(files);
}

function read(file: string, kind: WantedFile['kind']): Promise<FileContent> {
  return kind === 'queue-log' ? tryFile(file) : readSmallFile(file);
}

/** Whether a file of any size may be read. */
async function tryFile(file: string): Promise<FileContent> {
  try {
    await access(file, constants.R_OK);
    return { text: '', readableByAll: false };
  } catch (cause) {
    return { failure: codeOf(cause) };
  }
}

async function readSmallFile(file: string): Promise<FileContent> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    const stat = await handle.stat();
    if (stat.size > LARGEST_BYTES) return { failure: 'TOO_LARGE' };
    return { text: await handle.readFile('utf8'), readableByAll: (stat.mode & 0o004) !== 0 };
  } catch (cause) {
    return { failure: codeOf(cause) };
  } finally {
    await handle?.close();
  }
}

const codeOf = (cause: unknown): string => (cause as NodeJS.ErrnoException).code ?? 'UNKNOWN';

function unreadable(file: string, code: string): Mistake {
  const why =
    code === 'ENOENT' ? 'is not there: give the path of a configuration' : `cannot be read (${code})`;
  return { ...error([], why), place: file, line: 0, column: 0, path: '' };
}
