import { access, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PbxEvent } from '../ami/pbx-event.ts';
import { loadConfigText } from '../config/load.ts';
import { mistakeText, type Mistake } from '../config/mistake.ts';
import { findingsText } from './findings-text.ts';
import { guess } from './guess.ts';
import { linkFindings } from './link-findings.ts';
import { NOTHING_SEEN, proposalText, type ProposalLogin } from './proposal.ts';
import type { ShellPorts } from './shell-ports.ts';
import { Sightings } from './sightings.ts';
import { watchExchange } from './watch.ts';

export interface InitOptions {
  readonly host: string;
  /** Default 5038, with TLS 5039; 5039 is taken to be TLS. */
  readonly port?: number | undefined;
  /** Default: by the port, and whether `caFile` is given. */
  readonly tls?: boolean | undefined;
  /** PEM file of the authority to trust besides the system's. */
  readonly caFile?: string | undefined;
  readonly user: string;
  readonly secretFile: string;
  /** How long to watch; default 60. */
  readonly seconds?: number | undefined;
  /** File to write; never overwritten. Default: standard output. */
  readonly out?: string | undefined;
}

/** Port of AMI over TLS (manager.conf tlsbindaddr's default): whoever names it means an encrypted connection. */
const TLS_PORT = 5039;

/** What a mistake in the login is called on the command line. */
const OPTIONS: ReadonlyMap<string, string> = new Map([
  ['pbxs[0].ami.host', '--host'],
  ['pbxs[0].ami.port', '--port'],
  ['pbxs[0].ami.user', '--user'],
  ['pbxs[0].ami.secretFile', '--secret-file'],
  ['pbxs[0].ami.tls.caFile', '--ca'],
]);

/**
 * `ringside init`: watches an exchange and proposes a configuration of what it saw, valid as it stands, every guess
 * marked. Exit code 0 where there is a proposal, 1 otherwise. The secret is read from its file and never written.
 */
export async function runInit(options: InitOptions, ports: ShellPorts): Promise<number> {
  const { seconds = 60, out } = options;
  const fail = (text: string): number => {
    ports.write(`${text}\n`);
    return 1;
  };
  if (out !== undefined && (await exists(out))) return fail(thereAlready(out));
  const login = loginOf(options, seconds);
  const { host, port, user } = login;
  const file = resolve(out ?? 'ringside.yaml');
  // Only the settings just given count: nothing of the environment may get into a file that is to stand alone.
  const load = (text: string) => loadConfigText(text, { file, environment: {} });
  const bare = await load(proposalText(login, NOTHING_SEEN));
  if (!bare.ok) {
    return fail(
      bare.mistakes
        .filter(({ level }) => level === 'error')
        .map(optionText)
        .join('\n'),
    );
  }
  const connection = bare.config.connections[0];
  if (connection === undefined) return fail('There is no exchange to connect to.');
  // On standard output these are comments, so that what is printed can be taken as a file.
  const tell = (line: string): void => ports.write(`${out === undefined ? '# ' : ''}${line}\n`);
  tell(`Watching ${host}:${port} for ${seconds} s; Ctrl-C ends it earlier.`);
  const seen = new Sightings();
  const ears = {
    onEvent: (event: PbxEvent) => seen.take(event),
    onReached: () => tell('Reached: call every hotline from outside now, what is called is proposed.'),
  };
  const watched = await watchExchange(connection, seconds, ears, ports);
  if (watched.first === undefined) {
    const tls = connection.tls === undefined ? 'none' : 'checked';
    const findings = linkFindings({ ...watched, wire: { pbx: connection.pbx, host, port, user, tls } });
    ports.write(findingsText([{ pbx: connection.pbx, address: `${host}:${port}`, findings }]));
    return 1;
  }
  const watchedS = Math.round((watched.watchedMs ?? 0) / 1_000);
  const text = proposalText({ ...login, seconds: watchedS }, guess(seen));
  const checked = await load(text);
  if (!checked.ok) return fail(checked.mistakes.map(mistakeText).join('\n'));
  return out === undefined
    ? print(text, checked.warnings, ports)
    : await save(text, out, checked.warnings, ports);
}

function loginOf(options: InitOptions, seconds: number): ProposalLogin {
  const { host, user, caFile } = options;
  const isTls = options.tls === true || caFile !== undefined || options.port === TLS_PORT;
  return {
    host,
    port: options.port ?? (isTls ? TLS_PORT : 5038),
    user,
    secretFile: resolve(options.secretFile),
    tls: isTls ? { caFile: caFile === undefined ? undefined : resolve(caFile) } : undefined,
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    seconds,
  };
}

/** Warnings go along as comments. */
function print(text: string, warnings: readonly Mistake[], ports: ShellPorts): number {
  const comments = warnings.map(({ path, message }) => `# warning: ${path}: ${message}\n`);
  ports.write(`${text}${comments.join('')}`);
  return 0;
}

async function save(
  text: string,
  out: string,
  warnings: readonly Mistake[],
  ports: ShellPorts,
): Promise<number> {
  try {
    await writeFile(out, text, { flag: 'wx', mode: 0o640 });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'UNKNOWN';
    ports.write(`${code === 'EEXIST' ? thereAlready(out) : `${out} cannot be written (${code}).`}\n`);
    return 1;
  }
  const next = `${out} is written. Look at its guesses, then: ringside check ${out}`;
  ports.write(`${[...warnings.map(mistakeText), next].join('\n')}\n`);
  return 0;
}

function optionText({ path, message }: Mistake): string {
  const name = OPTIONS.get(path);
  return `${name ?? path}: ${message}`;
}

const thereAlready = (out: string): string =>
  `${out} is there already, and nothing is overwritten: give --out another name.`;

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
