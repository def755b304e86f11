import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const MOST_BYTES = 100_000;
let folder = '';
let files: { readonly name: string; readonly body: Buffer }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-page-'));
  // As it is built for people: a test run would take in what libraries have for their own tests.
  vi.stubEnv('NODE_ENV', 'production');
  const configFile = join(import.meta.dirname, '../../src/board/vite.config.ts');
  await build({ configFile, logLevel: 'silent', build: { outDir: folder } });
  files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => ({ name, body: readFileSync(join(parentPath, name)) }));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('the built page', () => {
  it('is under 100 KB, all of it, as it goes over the wire', () => {
    const bytes = files.map(({ body }) => gzipSync(body).length).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(MOST_BYTES);
  });

  it('names nothing that comes from elsewhere, and writes no script or style into the page', () => {
    const html = files.find(({ name }) => name === 'index.html')?.body.toString() ?? '';
    const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address ?? '');
    expect(addresses.length).toBeGreaterThan(2);
    expect(addresses.filter((address) => !address.startsWith('./'))).toEqual([]);
    expect(html).not.toMatch(/<style|style=|<script[^>]*>[^<]/);
    const style = files.find(({ name }) => name.endsWith('.css'))?.body.toString() ?? '';
    expect(style).not.toMatch(/url\(|@import/);
  });
});
