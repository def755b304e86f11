import type { CommandPorts } from '../../src/store/command-ports.ts';

export interface Ran {
  readonly code: number;
  readonly said: string;
  readonly complained: string;
}

export const RUN_AT_MS = Date.UTC(2026, 10, 21, 6);

/** Runs a command and hears what it says. */
export async function ran(run: (ports: CommandPorts) => Promise<number>): Promise<Ran> {
  let [said, complained] = ['', ''];
  const code = await run({
    write: (text) => void (said += text),
    complain: (text) => void (complained += text),
    nowMs: () => RUN_AT_MS,
    who: 'ann',
  });
  return { code, said, complained };
}
