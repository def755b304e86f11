import { createReadStream } from 'node:fs';
import { countText } from '../config/check.ts';
import type { Environment } from '../config/environment.ts';
import { loadConfig } from '../config/load.ts';
import { mistakeText } from '../config/mistake.ts';
import { Replayer } from './replayer.ts';
import { callJson, callText } from './told-text.ts';

export interface ReplayOptions {
  /** Path of a recording, or of the bytes of a captured connection. */
  readonly file: string;
  /** Path of the configuration. */
  readonly config: string;
  /** Which exchange of the configuration it is of; undefined: what the recording says, or the only one. */
  readonly pbx: string | undefined;
  /** One object per call and line instead of text, and no rates. */
  readonly json: boolean;
}
export interface ReplayPorts {
  readonly environment: Environment;
  /** Standard output; resolves when more may be written. */
  readonly write: (text: string) => Promise<void>;
  /** Standard error. */
  readonly complain: (text: string) => void;
}

const CHUNK_BYTES = 262_144;

/**
 * `ringside replay FILE --config CONFIG`: prints each call of a recording with its outcome and why, and the rates.
 * Reads the file piece by piece. Exit code 0; 1 where the configuration has a mistake, 2 where the file is of no use.
 */
export async function runReplay(options: ReplayOptions, ports: ReplayPorts): Promise<number> {
  const { environment, write, complain } = ports;
  const loaded = await loadConfig(options.config, { environment, withoutSecrets: true });
  if (!loaded.ok) {
    const mistakes = loaded.mistakes.map(mistakeText).join('\n');
    complain(`${mistakes}\nnot replayed: ${countText(loaded.mistakes)}\n`);
    return 1;
  }
  let told: string[] = [];
  const textOf = options.json ? callJson : callText;
  const replayer = new Replayer(loaded.config.definition, options.pbx, {
    onCall: (call) => void told.push(textOf(call)),
  });
  const refuse = (why: string): number => {
    complain(`${options.file}: ${why}.\n`);
    return 2;
  };
  try {
    for await (const chunk of createReadStream(options.file, { highWaterMark: CHUNK_BYTES })) {
      replayer.push(chunk as Buffer);
      if (replayer.fault !== undefined) break;
      if (told.length > 0) await write(told.join(''));
      told = [];
    }
  } catch (cause) {
    return refuse(unreadable(cause));
  }
  const end = replayer.end();
  if (told.length > 0) await write(told.join(''));
  if (!end.ok) return refuse(end.fault);
  for (const call of end.open) await write(textOf(call));
  if (!options.json) await write(end.rates);
  for (const note of end.notes) complain(`${options.file}: ${note}.\n`);
  return 0;
}

function unreadable(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  if (code === 'ENOENT') return 'is not there: give the path of a recording';
  return code === 'EISDIR' ? 'is a directory: give the path of a recording' : `cannot be read (${code})`;
}
