import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../pbx/until.ts';

const CHECKOUT = join(import.meta.dirname, '../..');

/**
 * A root of its own over that Debian, in memory: what is written to it ends with it. This checkout is at /opt/ringside,
 * to be read only, as an operator has it after npm ci. The host's network, so that it is asked as any machine is.
 */
const BOOT = `
set -eu
debian=$1 checkout=$2 root=$1/mnt
mount --make-rprivate /
mount -t tmpfs memory "$root"
mkdir "$root/upper" "$root/work" "$root/new"
mount -t overlay -o "lowerdir=$debian,upperdir=$root/upper,workdir=$root/work" root "$root/new"
cd "$root/new"
mkdir -p opt/ringside
mount --bind "$checkout" opt/ringside
mount -o remount,bind,ro opt/ringside
mount -t proc proc proc
mount -t sysfs -o ro sys sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs run run
mount -t tmpfs dev dev
mkdir dev/pts dev/shm run/old
ln -s pts/ptmx dev/ptmx
for device in null zero full random urandom tty; do
  touch dev/$device
  mount --bind /dev/$device dev/$device
done
pivot_root . run/old
umount -l /run/old
exec env -i container=ringside-test PATH=/usr/sbin:/usr/bin /usr/lib/systemd/systemd --log-target=journal --unit=basic.target
`;

/** What a command said, and how it ended. */
export interface Answer {
  readonly code: number;
  readonly output: string;
}

/** A real systemd as the first process of namespaces of its own, until the test is over. */
export class BootedSystemd {
  readonly #process: ChildProcess;
  #pid = '';
  #said = '';

  private constructor(debian: string) {
    const spaces = ['--mount', '--pid', '--fork', '--ipc', '--uts', '--cgroup', '--kill-child=SIGKILL'];
    const boot = ['sh', '-c', BOOT, 'sh', debian, CHECKOUT];
    this.#process = spawn('setpriv', ['--pdeathsig', 'KILL', 'unshare', ...spaces, ...boot], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (text: Buffer) => (this.#said += text.toString()));
    }
  }

  /** Resolves when it is up. Throws with what was said where it ends before. */
  static async boot(debian: string): Promise<BootedSystemd> {
    const booted = new BootedSystemd(debian);
    await until(async () => booted.#hasEnded || (await booted.#isUp()));
    if (booted.#hasEnded) throw new Error(`systemd did not start: ${booted.#said}`);
    return booted;
  }

  /** As root, in there. */
  async run(script: string, input = ''): Promise<Answer> {
    const spaces = ['-t', this.#pid, '-m', '-p', '-u', '-i', '-C', '-r', '-w'];
    return await answerOf('nsenter', [...spaces, 'sh', '-c', script], input);
  }

  /** Throws where it fails. */
  async must(script: string, input = ''): Promise<string> {
    const { code, output } = await this.run(script, input);
    if (code !== 0) throw new Error(`${script}: ended with ${code}: ${output}`);
    return output;
  }

  /** A property of a unit, as `systemctl show` has it. */
  async show(unit: string, property: string): Promise<string> {
    return (await this.must(`systemctl show ${unit} --value -p ${property}`)).trimEnd();
  }

  async stop(): Promise<void> {
    if (this.#hasEnded) return;
    const gone = once(this.#process, 'close');
    this.#process.kill('SIGKILL');
    await gone;
  }

  get #hasEnded(): boolean {
    const { exitCode, signalCode } = this.#process;
    return exitCode !== null || signalCode !== null;
  }

  async #isUp(): Promise<boolean> {
    const { pid } = this.#process;
    this.#pid = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    if (this.#pid === '') return false;
    return /^(running|degraded)$/m.test((await this.run('systemctl is-system-running')).output);
  }
}

async function answerOf(command: string, args: readonly string[], input = ''): Promise<Answer> {
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env });
  // Who asks for no input ends without a look at it.
  child.stdin.on('error', () => undefined);
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, output };
}
