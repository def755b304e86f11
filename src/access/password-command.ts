import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { hashPassword, passwordHashLine } from './password-hash.ts';

export interface PasswordCommandPorts {
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
}

const FEWEST = 10;
/** As much as the sign-in takes. */
const MOST = 200;

/**
 * `ringside user password`: reads a password from the terminal, twice and unseen, or a line from standard input, and
 * prints what stands for it in the configuration. Never from the arguments: every user of the machine can read those.
 * Exit code 0, or 1 with why not.
 */
export async function runUserPassword({ write, complain, input }: PasswordCommandPorts): Promise<number> {
  const said = input.isTTY === true ? await askTwice(input, complain) : await readLine(input);
  const fault = 'fault' in said ? said.fault : faultOf(said.password);
  if (fault !== undefined || !('password' in said)) {
    complain(`${fault ?? ''}\n`);
    return 1;
  }
  write(`${passwordHashLine(await hashPassword(said.password))}\n`);
  complain(
    "Put it into the configuration in quotes: access: { users: [{ name: …, password: '…', role: … }] }\n",
  );
  return 0;
}

type Said = { readonly password: string } | { readonly fault: string };

function faultOf(password: string): string | undefined {
  const length = [...password].length;
  if (length < FEWEST) {
    return `That password is too short: at least ${FEWEST} characters, better several words.`;
  }
  if (length > MOST) return `That password is too long: at most ${MOST} characters.`;
  if (new Set(password).size < 5) return 'That password is too easily guessed: it repeats itself.';
  return undefined;
}

async function readLine(input: NodeJS.ReadableStream): Promise<Said> {
  const lines = createInterface({ input, crlfDelay: Infinity });
  for await (const line of lines) return { password: line };
  return { fault: 'No password came: write it into standard input, on a line.' };
}

async function askTwice(input: NodeJS.ReadableStream, complain: (text: string) => void): Promise<Said> {
  // What is typed goes nowhere; the questions go past it.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input, output: nowhere, terminal: true });
  // Ctrl-C and Ctrl-D close it, and a question of it is then never answered.
  const left = new Promise<undefined>((resolve) => {
    terminal.once('close', () => resolve(undefined));
  });
  const ask = async (words: string): Promise<string | undefined> => {
    complain(words);
    const answer = await Promise.race([terminal.question('').catch(() => undefined), left]);
    complain('\n');
    return answer;
  };
  try {
    const password = await ask('Password: ');
    const again = password === undefined ? undefined : await ask('Once more: ');
    if (password === undefined || again === undefined) return { fault: 'No password was made.' };
    return password === again ? { password } : { fault: 'These were two different passwords.' };
  } finally {
    terminal.close();
  }
}
