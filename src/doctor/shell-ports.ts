import type { Environment } from '../config/environment.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';

/** What the subcommands `doctor` and `init` are handed by the edge of the program. */
export interface ShellPorts {
  readonly clock: Clock;
  /** Hears the sessions' own lines; hand in a silent one where only the findings are to be seen. */
  readonly log: Logger;
  /** Standard output. */
  readonly write: (text: string) => void;
  readonly environment: Environment;
  /** Aborted by Ctrl-C: the watch ends, and what was seen until then is still told. */
  readonly signal: AbortSignal;
}

const LONGEST_S = 86_400;

/** Why a length of the watch cannot be used; undefined where it can. */
export function secondsMistake(seconds: number): string | undefined {
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_S) return undefined;
  return `--seconds must be a whole number from 1 to ${LONGEST_S}\n`;
}
