import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:net';

/** What one Asterisk out of the chroot is made of. */
export interface AsteriskSetup {
  /** Folder of the chroot (see cache.ts). */
  readonly chroot: string;
  /** Folder of this instance on the machine; the chroot sees it as `/mnt`, in a mount namespace of its own. */
  readonly folder: string;
  readonly address: string;
  readonly amiPort: number;
  /** File name in `/etc/asterisk` -> text. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * PID 1 of a process namespace of its own: mounts, starts Asterisk, and takes it down with itself. Its standard
 * input is a pipe from the test: when the test dies, however it dies, the pipe closes and everything in here ends.
 */
const SUPERVISOR = `
set -e
mount -t proc proc "$1/proc"
mount --rbind /dev "$1/dev"
mount --bind "$2" "$1/mnt"
exec 3<&0
chroot "$1" /usr/sbin/asterisk -f -n -C /mnt/etc/asterisk.conf >"$2/log/console" 2>&1 3<&- </dev/null &
asterisk=$!
{ cat <&3 >/dev/null; kill -9 $asterisk; } &
wait $asterisk
`;

const FOLDERS = [
  'etc',
  'run',
  'log',
  'log/cdr-csv',
  'log/cdr-custom',
  'spool',
  'spool/tmp',
  'db',
  'cache',
  'keys',
];

/** One real Asterisk on the loopback, started, stopped and killed by the test. */
export class Asterisk {
  readonly setup: AsteriskSetup;
  #process: ChildProcess | undefined;

  constructor(setup: AsteriskSetup) {
    this.setup = setup;
    for (const name of FOLDERS) mkdirSync(join(setup.folder, name), { recursive: true });
    const files = { 'asterisk.conf': asteriskConf(setup.chroot), 'logger.conf': LOGGER_CONF, ...setup.files };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(setup.folder, 'etc', name), text);
  }

  /** Starts it and returns when its AMI port takes connections. Throws with the tail of its log if it ends before. */
  async start(): Promise<void> {
    const { chroot, folder } = this.setup;
    const started = spawn(
      'unshare',
      ['--mount', '--pid', '--fork', '--kill-child=SIGKILL', 'sh', '-c', SUPERVISOR, 'sh', chroot, folder],
      { stdio: ['pipe', 'ignore', 'pipe'] },
    );
    let complaint = '';
    started.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
    started.on('error', (error) => (complaint += error.message));
    this.#process = started;
    while (!(await answers(this.setup.address, this.setup.amiPort))) {
      if (started.exitCode !== null || started.signalCode !== null || started.pid === undefined) {
        throw new Error(`Asterisk ended at its start: ${complaint || `see ${folder}/log/console`}`);
      }
      await pause(50);
    }
  }

  /** As a power cut would end it (kill -9). Returns when it is gone, and its ports with it. */
  async kill(): Promise<void> {
    this.#process?.stdin?.end();
    await this.gone();
  }

  /** Returns when the process has ended (after `core stop`, or `kill`). */
  async gone(): Promise<void> {
    const running = this.#process;
    if (running === undefined) return;
    if (running.exitCode === null && running.signalCode === null) {
      await new Promise<void>((resolve) => running.once('exit', () => resolve()));
    }
    this.#process = undefined;
  }
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Debian keeps modules under the machine's architecture triplet. */
function moduleFolder(chroot: string): string {
  const triplet = readdirSync(join(chroot, 'usr/lib')).find((name) => name.endsWith('-linux-gnu'));
  return `/usr/lib/${triplet ?? ''}/asterisk/modules`;
}

const asteriskConf = (chroot: string): string => `[directories]
astetcdir => /mnt/etc
astmoddir => ${moduleFolder(chroot)}
astvarlibdir => /var/lib/asterisk
astdbdir => /mnt/db
astkeydir => /mnt/keys
astdatadir => /usr/share/asterisk
astagidir => /usr/share/asterisk/agi-bin
astspooldir => /mnt/spool
astrundir => /mnt/run
astlogdir => /mnt/log
astcachedir => /mnt/cache
astsbindir => /usr/sbin

[options]
verbose = 3
documentation_language = en_US
hideconnect = yes
`;

const LOGGER_CONF = `[general]
dateformat = %F %T.%3q
queue_log = yes
queue_log_to_file = yes
[logfiles]
full => notice,warning,error,verbose(3),dtmf
`;
