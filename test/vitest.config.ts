import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * `unit` needs nothing but npm ci; `pbx` fetches and runs a real Asterisk (root, Debian's packages). Both run in
 * `npm test`; nothing is skipped where something is missing, it fails and says what.
 */
export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/pbx/**'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'pbx',
          include: ['test/pbx/**/*.test.ts'],
          globalSetup: ['test/pbx/global-setup.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          // Each file runs two Asterisks and places calls against the outside world's clock: one file at a time.
          fileParallelism: false,
        },
      },
    ],
  },
});
