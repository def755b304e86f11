import { randomBytes } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { failureOf, type PbxConnection } from '../ami/connection.ts';
import { openReadingSession } from '../ami/stream.ts';
import { countText } from '../config/check.ts';
import type { Environment } from '../config/environment.ts';
import { loadConfig } from '../config/load.ts';
import { mistakeText } from '../config/mistake.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { keptWords } from './kept-words.ts';
import { Recorder } from './recorder.ts';

export interface RecordOptions {
  /** Path of the configuration. */
  readonly config: string;
  /** File to write; never overwritten. */
  readonly out: string;
  /** Which exchange; undefined: the only one. */
  readonly pbx: string | undefined;
  /** From the first picture on; undefined: until the signal. */
  readonly seconds: number | undefined;
}
export interface RecordPorts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly environment: Environment;
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Aborted by Ctrl-C: what was recorded until then is kept. */
  readonly signal: AbortSignal;
}

const KEY_BYTES = 32;
/** A disk that is so far behind does not keep up; the reading of the socket must not wait for it. */
const MOST_BEHIND_BYTES = 64 * 1_048_576;

/**
 * `ringside record --config FILE --out FILE`: writes down what an exchange says, with callers' numbers and names
 * replaced, until Ctrl-C or for so many seconds. Exit code 0, or 1 where nothing could be recorded.
 */
export async function runRecord(options: RecordOptions, ports: RecordPorts): Promise<number> {
  const { complain } = ports;
  const loaded = await loadConfig(options.config, { environment: ports.environment });
  if (!loaded.ok) {
    complain(`${loaded.mistakes.map(mistakeText).join('\n')}\nnot recorded: ${countText(loaded.mistakes)}\n`);
    return 1;
  }
  const { connections, definition } = loaded.config;
  const named = options.pbx ?? (connections.length === 1 ? connections[0]?.pbx : undefined);
  const connection = connections.find(({ pbx }) => pbx === named);
  if (connection === undefined) {
    complain(`Give one of these as --pbx: ${connections.map(({ pbx }) => pbx).join(', ')}.\n`);
    return 2;
  }
  let file: FileHandle;
  try {
    file = await open(options.out, 'wx', 0o600);
  } catch (cause) {
    complain(`${unwritable(options.out, cause)}\n`);
    return 1;
  }
  const recorder = new Recorder(
    connection.pbx,
    keptWords(definition, connection.pbx),
    randomBytes(KEY_BYTES),
  );
  try {
    const { fault, wasReady } = await tap(connection, recorder, file, options, ports);
    const { blocks, numbers, names } = recorder.counts;
    if (fault !== undefined) complain(`${fault}\n`);
    if (!wasReady) {
      await rm(options.out);
      complain(`${connection.pbx} was not reached: nothing is recorded.\n`);
      return 1;
    }
    ports.write(`${options.out}: blocks ${blocks}, numbers replaced ${numbers}, names replaced ${names}.\n`);
    return fault === undefined ? 0 : 1;
  } finally {
    recorder.forget();
    await file.close();
  }
}

/** Reads until time is up, the signal comes, or it cannot go on: then in words why. */
async function tap(
  connection: PbxConnection,
  recorder: Recorder,
  file: FileHandle,
  { out, seconds }: RecordOptions,
  { clock, log, write, complain, signal }: RecordPorts,
): Promise<{ readonly fault: string | undefined; readonly wasReady: boolean }> {
  const over = Promise.withResolvers<string | undefined>();
  const page = new Page(file, (cause) => over.resolve(unwritable(out, cause)));
  const onAbort = (): void => over.resolve(undefined);
  let isReady = false;
  let cancel = (): void => {};
  const stream = openReadingSession(connection, {
    clock,
    log,
    onEvent: () => {},
    onStatus: (status) => {
      const failure = failureOf(status);
      if (status.state === 'ready' && !isReady) {
        isReady = true;
        write(`Recording ${connection.pbx} into ${out}; Ctrl-C ends it.\n`);
        if (seconds !== undefined) cancel = clock.after(seconds * 1_000, onAbort);
      } else if (failure !== undefined) {
        if (isReady) complain(`${failure.message} Trying again; the recording has a gap here.\n`);
        else over.resolve(failure.message);
      }
    },
    tap: {
      connected: () => recorder.connected(),
      bytes: (chunk) => page.add(recorder.push(chunk, clock.nowMs())),
    },
    jitter: Math.random,
  });
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  const fault = await over.promise;
  signal.removeEventListener('abort', onAbort);
  cancel();
  await stream.stop();
  await page.finish();
  return { fault, wasReady: isReady };
}

/** Text on its way to the file: written in order, one piece after the other, never waited for by who adds. */
class Page {
  readonly #file: FileHandle;
  readonly #failed: (cause: unknown) => void;
  #waiting: string[] = [];
  #behindBytes = 0;
  #writing: Promise<void> | undefined;
  #hasFailed = false;

  constructor(file: FileHandle, failed: (cause: unknown) => void) {
    this.#file = file;
    this.#failed = failed;
  }

  add(text: string): void {
    if (text === '' || this.#hasFailed) return;
    this.#waiting.push(text);
    this.#behindBytes += text.length;
    if (this.#behindBytes > MOST_BEHIND_BYTES) this.#fail(new Error('the disk does not keep up'));
    else this.#writing ??= this.#write();
  }

  async finish(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting.length > 0 && !this.#hasFailed) {
        const text = this.#waiting.join('');
        this.#waiting = [];
        await this.#file.appendFile(text);
        this.#behindBytes -= text.length;
      }
    } catch (cause) {
      this.#fail(cause);
    } finally {
      this.#writing = undefined;
    }
  }

  #fail(cause: unknown): void {
    this.#hasFailed = true;
    this.#waiting = [];
    this.#failed(cause);
  }
}

function unwritable(out: string, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  if (code === 'EEXIST')
    return `${out} is there already, and nothing is overwritten: give --out another name.`;
  return `${out} cannot be written (${code ?? (cause instanceof Error ? cause.message : String(cause))}).`;
}
