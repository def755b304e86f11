import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './longest-first.ts';

const root = join(import.meta.dirname, '..');

// Threads and programs that tests start load our sources by Node itself: stripped of types and compiled once, not by each.
process.env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules/.cache/compiled');

/**
 * `unit` needs nothing but npm ci; `pbx` fetches and runs a real Asterisk (root, Debian's packages), `browser` looks at
 * it in a real Chromium, `operations` has a real Prometheus and Alertmanager. All run in `npm test`; nothing is skipped
 * where something is missing, it fails and says what.
 */
export default defineConfig({
  root,
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/pbx/**', 'test/browser/**', 'test/operations/**'],
          testTimeout: 30_000,
          // Vitest leaves one processor to itself, of two the half: its own process has next to nothing to do here.
          maxWorkers: '100%',
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
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          // Each file runs two Asterisks, the program and a browser.
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'operations',
          include: ['test/operations/**/*.test.ts'],
          globalSetup: ['test/operations/global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // Some of them wait for pages by the outside world's clock.
          fileParallelism: false,
        },
      },
    ],
  },
});
