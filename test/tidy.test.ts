import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

const filesUnder = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .toSorted();

const SOURCES = filesUnder('src', /\.(tsx?|js)$/);
const TESTS = filesUnder('test', /\.ts$/);
const GENERATORS = filesUnder('dashboards', /\.ts$/);
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Comments may speak of effects, and a type has none. */
const codeOf = (file: string): string =>
  textOf(file).replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$|^import type [^;]*;$/gm, '');

/** Each may import from itself and from those named, folders or single files: the way of the data, and the readers that never know each other. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  ami: ['lib'],
  hotlines: ['lib', 'ami'],
  roster: ['lib', 'ami', 'hotlines'],
  calls: ['lib', 'ami', 'hotlines'],
  seats: ['lib', 'ami', 'hotlines', 'calls'],
  rates: ['lib', 'ami', 'hotlines', 'calls', 'seats'],
  attempts: ['lib', 'ami', 'hotlines', 'calls'],
  store: ['lib', 'ami', 'hotlines', 'calls', 'rates', 'attempts'],
  breaches: ['lib', 'ami', 'hotlines', 'roster', 'calls', 'seats', 'rates', 'attempts'],
  access: ['lib'],
  moves: ['lib', 'ami', 'hotlines', 'calls', 'seats', 'access'],
  push: ['lib', 'ami', 'hotlines', 'calls', 'seats', 'rates', 'access', 'breaches', 'moves'],
  // The page: everything it knows comes over the wire, in the shapes that are told there.
  board: [
    'lib',
    'push',
    'access',
    'breaches',
    'moves',
    'calls/facts.ts',
    'seats/why.ts',
    'attempts/call-back-closing.ts',
    'explain/call-row.ts',
    'explain/call-back-list.ts',
    'explain/story-document.ts',
  ],
  explain: ['lib', 'ami', 'hotlines', 'calls', 'rates', 'attempts', 'store', 'reports/csv-text.ts'],
  reports: [
    'lib',
    'ami',
    'hotlines',
    'roster',
    'calls',
    'rates',
    'attempts',
    'access',
    'push/scope.ts',
    'store',
    'http/html.ts',
    'http/wording.ts',
  ],
  'queue-log': ['lib', 'ami', 'hotlines', 'calls', 'rates', 'attempts', 'store'],
  config: ['lib', 'ami', 'hotlines', 'attempts', 'access'],
  metrics: ['lib', 'ami', 'hotlines', 'calls', 'rates'],
  http: [
    'lib',
    'ami',
    'hotlines',
    'calls',
    'rates',
    'attempts',
    'access',
    'push/scope.ts',
    'store',
    'explain',
    'config/nearest.ts',
  ],
  simulator: ['lib'],
  doctor: ['lib', 'ami', 'hotlines', 'config'],
  recording: [
    'lib',
    'ami',
    'hotlines',
    'calls',
    'rates',
    'config',
    'explain',
    'pipeline.ts',
    'http/wording.ts',
  ],
};

/** The only files that may touch a socket, a timer, a file, the clock, chance or a client library. */
const SHELL = [
  /^src\/(main|app|practice|journal-commands|systemd-notify)\.ts$/,
  /^src\/ringside\.js$/,
  /^src\/lib\/(clock|lifecycle|logger)\.ts$/,
  /^src\/config\/(load|check|write-reference)\.ts$/,
  /^src\/ami\/(stream|socket|actions|tls-bridge)\.ts$/,
  /^src\/(metrics|http|board)\//,
  /^src\/push\/socket\.ts$/,
  /^src\/access\/(oidc|sign-in-routes|[a-z]+-command)\.ts$/,
  /^src\/moves\/acting\.ts$/,
  /^src\/simulator\/server\.ts$/,
  /^src\/doctor\/(doctor|init|watch)\.ts$/,
  /^src\/recording\/(record|replay)\.ts$/,
  /^src\/store\/(sqlite-[a-z-]+|[a-z]+-command|writer-thread|key-file|number-vault)\.ts$/,
  /^src\/queue-log\/queue-log-file\.ts$/,
  /^src\/reports\/(report-(command|folder|thread|writer)|asked-(reports|thread))\.ts$/,
];
const isShell = (file: string): boolean => SHELL.some((pattern) => pattern.test(file));

/** What an effect looks like in a source text. */
const EFFECTS =
  /from '(node:(?!crypto|util)[a-z/:]+|pino|fastify|ws|prom-client|asterisk-manager|yaml-stream)'|\b(Date\.now|Math\.random|setTimeout|setInterval|setImmediate|performance\.now)\(|\bprocess\.(?!versions)|\bconsole\./;

const folderOf = (file: string): string => (file.split('/').length > 2 ? (file.split('/')[1] ?? '') : '');

const importsOf = (file: string): string[] =>
  [...textOf(file).matchAll(/from '(\.[^']+)'|import\('(\.[^']+)'\)/g)].map(([, still, dynamic]) =>
    relative(ROOT, join(ROOT, dirname(file), still ?? dynamic ?? '')),
  );

describe('the sources keep their layers', () => {
  it.each(SOURCES.filter((file) => folderOf(file) !== ''))('%s imports only what lies below it', (file) => {
    const folder = folderOf(file);
    const allowed = new Set([folder, ...(MAY_IMPORT[folder] ?? [])]);
    const outside = importsOf(file).filter(
      (target) => !allowed.has(folderOf(target)) && !allowed.has(target.replace('src/', '')),
    );
    expect(outside).toEqual([]);
  });

  it('every folder of src has its place in the order', () => {
    const folders = new Set(SOURCES.map(folderOf).filter((folder) => folder !== ''));
    expect([...folders].filter((folder) => MAY_IMPORT[folder] === undefined)).toEqual([]);
  });

  it.each(SOURCES.filter((file) => !isShell(file)))(
    '%s has no effect: no clock, socket, file or chance',
    (file) => {
      expect(EFFECTS.exec(codeOf(file))?.[0]).toBeUndefined();
    },
  );
});

describe('the files keep their form', () => {
  it.each([...SOURCES, ...TESTS, ...GENERATORS])('%s has at most 400 lines', (file) => {
    expect(textOf(file).split('\n').length).toBeLessThanOrEqual(401);
  });

  it.each([...SOURCES, ...TESTS, ...GENERATORS])('%s is named for what is in it', (file) => {
    const name = file.split('/').at(-1) ?? '';
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|d|config))?\.(tsx?|js)$/);
    expect(name).not.toMatch(/^(utils?|helpers?|misc|common|index)\./);
  });

  it.each(SOURCES)('%s re-exports nothing', (file) => {
    expect(textOf(file)).not.toMatch(/^export (\*|\{[^}]*\}) from /m);
  });
});
