/** What the commands on a journal are handed by the edge of the program. */
export interface CommandPorts {
  /** Standard output; resolves when more may come. */
  readonly write: (text: string) => void | Promise<void>;
  /** Standard error. */
  readonly complain: (text: string) => void;
  /** Unix ms. */
  readonly nowMs: () => number;
  /** Who runs the command: the name of their login, for the audit. */
  readonly who: string;
}
