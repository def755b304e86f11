import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideDebian, type Wanted } from '../pbx/cache.ts';

/** Paths of programs that can be started as they are; files are given to them by their whole path. */
export interface Tools {
  readonly prometheus: string;
  readonly promtool: string;
  readonly alertmanager: string;
  readonly amtool: string;
}

const FETCHED: Wanted = {
  name: 'prometheus',
  packages: ['prometheus', 'prometheus-alertmanager'],
  program: '/usr/bin/prometheus-alertmanager',
};
const WHAT_IS_NEEDED =
  'The tests in test/operations run a real Prometheus and Alertmanager out of Debian packages, which takes root, ' +
  'apt-get, dpkg-deb and util-linux, and a Debian mirror in reach of apt.';

const CHECKOUT = join(import.meta.dirname, '../..');

/** Sees its Debian, and at their own places the machine's devices, temporary files and this checkout; its mounts end with it. */
const inside = (debian: string, program: string): string => `#!/bin/sh
exec unshare --mount sh -ec '
mount -t proc proc "$0/proc"
for seen in /dev "${tmpdir()}" "${CHECKOUT}"; do
  mkdir -p "$0$seen"
  mount --rbind "$seen" "$0$seen"
done
exec chroot "$0" ${program} "$@"
' '${debian}' "$@"
`;

/** Fetches them where they are not there yet (half a minute). Throws, and says what to install, where they cannot be had. */
export async function provideTools(): Promise<Tools> {
  const debian = await provideDebian(FETCHED, WHAT_IS_NEEDED);
  const tool = (name: string): string => {
    const path = join(debian, `run-${name}`);
    // Another run may be about to start it: it is whole at every instant.
    const whole = `${path}.${process.pid}`;
    writeFileSync(whole, inside(debian, `/usr/bin/${name}`));
    chmodSync(whole, 0o755);
    renameSync(whole, path);
    return path;
  };
  return {
    prometheus: tool('prometheus'),
    promtool: tool('promtool'),
    alertmanager: tool('prometheus-alertmanager'),
    amtool: tool('amtool'),
  };
}
