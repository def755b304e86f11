import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Debian's testing: the one suite that has an Asterisk 22 (asterisk-facts section 0). */
const SUITE = 'forky';
const ASTERISK = { name: 'asterisk', packages: ['asterisk'], program: '/usr/sbin/asterisk' } as const;
const WANTED = /^Asterisk 22\./;

const WHAT_IS_NEEDED =
  'The tests in test/pbx run a real Asterisk out of Debian packages. They need root (for chroot and unshare), ' +
  'the Debian tools apt-get and dpkg-deb (or debootstrap) and util-linux (unshare, flock), and a Debian mirror ' +
  'in reach of apt. `npm run test:unit` runs everything else.';

/**
 * Run under a lock: two runs at once do not build the same thing twice. Built under another name and renamed at the
 * end, so that what carries the name is whole. In namespaces of its own: nothing stays mounted, and an Asterisk that
 * the package's install script starts ends with it.
 */
const BUILD = `
set -eu
cache=$1 suite=$2 target=$3 packages=$4 program=$5
[ -x "$target$program" ] && exit 0
rm -rf "$target.half"
if command -v debootstrap >/dev/null; then
  DEBOOTSTRAP_DIR=\${DEBOOTSTRAP_DIR:-/usr/share/debootstrap}
  debootstrap=debootstrap
else
  rm -rf "$cache/debootstrap" && mkdir -p "$cache/debootstrap"
  cd "$cache/debootstrap"
  apt-get download debootstrap || { apt-get update && apt-get download debootstrap; }
  dpkg-deb -x debootstrap_*.deb .
  DEBOOTSTRAP_DIR=$cache/debootstrap/usr/share/debootstrap
  debootstrap=$cache/debootstrap/usr/sbin/debootstrap
fi
export DEBOOTSTRAP_DIR
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -E '/debian/?$' | head -n 1 || true)
unshare --mount --pid --fork --kill-child=SIGKILL \
  "$debootstrap" --variant=minbase --include="$packages" "$suite" "$target.half" \
  "\${mirror:-http://deb.debian.org/debian}" "$DEBOOTSTRAP_DIR/scripts/sid"
rm -rf "$target.half"/var/cache/apt/archives/*.deb "$target.half"/var/lib/apt/lists/*
mv "$target.half" "$target"
`;

/** `RINGSIDE_CACHE`, else the user's cache folder. Outside the checkout: it is half a gigabyte. */
export function cacheFolder(): string {
  const { RINGSIDE_CACHE, XDG_CACHE_HOME } = process.env;
  return RINGSIDE_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ringside');
}

/** What is fetched out of Debian. */
export interface Wanted {
  /** Of its folder in the cache. */
  readonly name: string;
  readonly packages: readonly string[];
  /** Path in there: it is whole where this is. */
  readonly program: string;
}

/**
 * The folder of a chroot with a real Asterisk 22 in it, made if it is not there (about a minute).
 * Throws, and says what to install, where it cannot be had: a run without the real exchange is not a run.
 */
export async function provideChroot(): Promise<string> {
  const chroot = await provideDebian(ASTERISK, WHAT_IS_NEEDED);
  const version = await run('chroot', [chroot, ASTERISK.program, '-V']);
  if (!WANTED.test(version.output)) {
    throw new Error(
      `The chroot ${chroot} has "${version.output.trim()}", the tests are written for Asterisk 22. ` +
        `Delete that folder to fetch it anew; if Debian ${SUITE} has moved on, the tests must follow.`,
    );
  }
  return chroot;
}

/** The folder of a Debian with these packages, made if it is not there. Throws with `whatIsNeeded` where it cannot be had. */
export async function provideDebian(wanted: Wanted, whatIsNeeded: string): Promise<string> {
  if (process.getuid?.() !== 0) throw new Error(`Not root. ${whatIsNeeded}`);
  const cache = cacheFolder();
  mkdirSync(cache, { recursive: true });
  const chroot = join(cache, `${wanted.name}-${SUITE}`);
  const what = [cache, SUITE, chroot, wanted.packages.join(','), wanted.program];
  const built = await run('flock', [join(cache, 'lock'), 'sh', '-c', BUILD, 'sh', ...what]);
  if (built.code !== 0) {
    throw new Error(`${wanted.name} could not be fetched. ${whatIsNeeded}\n${built.output.slice(-2_000)}`);
  }
  return chroot;
}

function run(command: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (output += text.toString()));
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
