import { createHash, type X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { provideDebian, type Wanted } from '../pbx/cache.ts';

/** Where Debian's package puts it. */
const INSTALLED = '/usr/bin/chromium';
const FETCHED: Wanted = {
  name: 'chromium',
  packages: ['chromium', 'dbus-x11', 'fonts-dejavu-core'],
  program: INSTALLED,
};
const WHAT_IS_NEEDED =
  'The tests in test/browser look at the page in a real Chromium: the one of RINGSIDE_CHROMIUM, else /usr/bin/chromium ' +
  'where it is installed, else one out of Debian packages, which takes root, apt-get, dpkg-deb and util-linux, and a ' +
  'Debian mirror in reach of apt.';

/** Sees its Debian alone, but the machine's devices, processes and temporary files; its mounts end with it. */
const INSIDE = `#!/bin/sh
set -e
exec unshare --mount sh -c '
chroot=$0
mount -t proc proc "$chroot/proc"
mount --rbind /dev "$chroot/dev"
mount --rbind /tmp "$chroot/tmp"
exec chroot "$chroot" /usr/bin/chromium "$@"
' "$(dirname "$(readlink -f "$0")")" "$@"
`;

/**
 * Path of a Chromium that can be started as it is. `RINGSIDE_CHROMIUM` is a path, or `fetch` to have Debian's all the
 * same.
 */
export async function provideChromium(): Promise<string> {
  const wanted = process.env['RINGSIDE_CHROMIUM'];
  if (wanted !== undefined && wanted !== 'fetch') return wanted;
  if (wanted === undefined && existsSync(INSTALLED)) return INSTALLED;
  const chroot = await provideDebian(FETCHED, WHAT_IS_NEEDED);
  const inside = join(chroot, 'run-chromium');
  writeFileSync(inside, INSIDE);
  chmodSync(inside, 0o755);
  return inside;
}

/**
 * Headless, and silent: it talks to nobody but whom a page asks it to. Of certificates that no authority signed it
 * trusts this one.
 */
export function startChromium(executablePath: string, trusted?: X509Certificate): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Nothing but this machine is ever asked for, whatever asks.
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
      ...(trusted === undefined ? [] : [`--ignore-certificate-errors-spki-list=${keyHashOf(trusted)}`]),
    ],
  });
}

const keyHashOf = ({ publicKey }: X509Certificate): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
