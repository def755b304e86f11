import type { TestProject } from 'vitest/node';
import { provideChroot } from './cache.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the chroot with the real Asterisk. */
    chroot: string;
  }
}

/** Once for all files of test/pbx: the chroot, or the whole run fails and says why. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('chroot', await provideChroot());
}
