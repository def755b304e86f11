import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../pbx/cache.ts';

/** What the fuzzer's native part was linked against (its prebuilt addon asks for GLIBC_2.38). */
const WANTED = { major: 2, minor: 38 };

/**
 * How to start a node that can load the fuzzer: this one, or, where the machine's C library is older than that, this
 * one on the C library of the chroot that test/pbx made for the real Asterisk. Throws, and says what to do, where
 * there is neither.
 */
export function nodeCommand(): readonly string[] {
  const node = process.execPath;
  if (isNewEnough()) return [node];
  const libraries = librariesOf(cacheFolder());
  if (libraries === undefined) {
    throw new Error(
      `The fuzzer needs glibc ${WANTED.major}.${WANTED.minor}, this machine has an older one. Run \`npm run test:pbx\` ` +
        'once: the Debian it fetches for the real Asterisk has one, and is used.',
    );
  }
  return [libraries.loader, '--library-path', libraries.folder, node];
}

function isNewEnough(): boolean {
  const report = process.report.getReport() as {
    readonly header?: { readonly glibcVersionRuntime?: string };
  };
  const [major = 0, minor = 0] = (report.header?.glibcVersionRuntime ?? '').split('.').map(Number);
  return major > WANTED.major || (major === WANTED.major && minor >= WANTED.minor);
}

function librariesOf(cache: string): { readonly folder: string; readonly loader: string } | undefined {
  if (!existsSync(cache)) return undefined;
  for (const chroot of readdirSync(cache).filter((name) => name.startsWith('asterisk-'))) {
    const usr = join(cache, chroot, 'usr/lib');
    const triplet = existsSync(usr)
      ? readdirSync(usr).find((name) => name.endsWith('-linux-gnu'))
      : undefined;
    const folder = join(usr, triplet ?? '');
    const loader =
      triplet === undefined ? undefined : readdirSync(folder).find((name) => name.startsWith('ld-linux'));
    if (loader !== undefined) return { folder, loader: join(folder, loader) };
  }
  return undefined;
}
