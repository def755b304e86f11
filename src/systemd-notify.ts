import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { IncidentLog } from './lib/incident-log.ts';
import { systemClock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import { ServiceManager, takeServiceTerms } from './service-manager.ts';

/** The program waits for the manager to have taken it, up to 5 s by itself. */
const DEADLINE_MS = 6000;

/**
 * A line of at most two variables, told; then a line of how that ended. It lives as long as its input is open: a stop
 * that asks every process of the service to end must still be told.
 */
const LOOP = `
trap '' TERM INT
while IFS='\t' read -r first second; do
  systemd-notify "$first" \${second:+"$second"}
  echo $?
done`;
const NOT_FOUND = '127';

/**
 * Who started us and wants to know how we stand; undefined where nobody asked. Node has no unix datagram socket, so
 * systemd's own program carries the word, which takes `NotifyAccess=all` in the unit. Where it is missing that is said
 * in the log, and nothing else.
 */
export function joinServiceManager(log: Logger): ServiceManager | undefined {
  const terms = takeServiceTerms(process.env, process.pid);
  if (terms === undefined) return undefined;
  const incidents = new IncidentLog(log);
  const messenger = new Messenger(terms.socket);
  const send = async (variables: readonly string[]): Promise<void> => {
    const fault = await messenger.say(variables);
    const atMs = systemClock.nowMs();
    if (fault === undefined) incidents.recovered(atMs, {}, 'the service manager is told again');
    else incidents.failed(atMs, fault, { fault }, 'the service manager cannot be told');
  };
  let last = Promise.resolve();
  return new ServiceManager({
    // One after the other: two of them at once could arrive in either order.
    send: (variables) => (last = last.then(() => send(variables))),
    close: () => messenger.close(),
    watchdogMs: terms.watchdogMs,
    clock: systemClock,
    monotonicUs: () => process.hrtime.bigint() / 1000n,
  });
}

/**
 * The shell that starts the program each time. One of ours, from the beginning: a process with hundreds of megabytes
 * stands still while it makes another (some 80 ms were measured at 350 MB on a busy machine), and the exchange's events
 * wait meanwhile.
 */
class Messenger {
  readonly #socket: string;
  #shell: ChildProcessByStdio<Writable, Readable, null> | undefined;
  #answer = (_fault: string | undefined): void => undefined;

  constructor(socket: string) {
    this.#socket = socket;
    this.#shell = this.#start();
  }

  /** One at a time. Resolves to what kept it from being told, undefined where it was. */
  say(variables: readonly string[]): Promise<string | undefined> {
    return new Promise((resolve) => {
      const cancel = systemClock.after(DEADLINE_MS, () => this.#shell?.kill('SIGKILL'));
      this.#answer = (fault) => {
        cancel();
        resolve(fault);
      };
      this.#shell ??= this.#start();
      this.#shell.stdin.write(`${variables.join('\t')}\n`);
    });
  }

  close(): void {
    this.#shell?.stdin.end();
  }

  #start(): ChildProcessByStdio<Writable, Readable, null> {
    const shell = spawn('/bin/sh', ['-c', LOOP], {
      env: { PATH: process.env['PATH'], NOTIFY_SOCKET: this.#socket },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const lose = (words: string): void => {
      if (this.#shell === shell) this.#shell = undefined;
      this.#answer(words);
    };
    shell.once('error', (cause) => lose(cause.message));
    shell.once('exit', () => lose('the shell that starts systemd-notify ended'));
    // What it did not take it does not answer either: its end is told above.
    shell.stdin.on('error', () => undefined);
    shell.stdout.on('data', (text: Buffer) => this.#answer(faultOf(text.toString().trim())));
    return shell;
  }
}

function faultOf(code: string): string | undefined {
  if (code === '0') return undefined;
  return code === NOT_FOUND ? 'systemd-notify is not there' : `systemd-notify ended with ${code}`;
}
