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
