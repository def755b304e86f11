import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { provideChroot } from '../pbx/cache.ts';
import { provideChromium } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of a Chromium. */
    chromium: string;
  }
}

const PAGE = join(import.meta.dirname, '../../dist/board/index.html');

/** Once for all files of test/browser: the exchange, the browser and the built page, or the whole run fails and says why. */
export default async function setup(project: TestProject): Promise<void> {
  if (!existsSync(PAGE)) throw new Error('The page is not built: `npm run build`.');
  project.provide('chroot', await provideChroot());
  project.provide('chromium', await provideChromium());
}
