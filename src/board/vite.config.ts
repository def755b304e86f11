import { defineConfig } from 'vite';
import { withoutJsonSchema } from './without-json-schema.ts';
import { wordsByPlace } from './words-by-place.ts';
import { wordsCheck } from './words-check.ts';

/** The page is built into `dist/board`, which the daemon serves; nothing of it comes from elsewhere. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [wordsCheck(import.meta.dirname), wordsByPlace(), withoutJsonSchema()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../dist/board',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
