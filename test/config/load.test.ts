import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig, loadConfigText } from '../../src/config/load.ts';
import { mistakeText } from '../../src/config/mistake.ts';

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
/** 32 bytes, all of them `byte`. */
const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const yaml = (login: string): string => `company: { zone: Asia/Shanghai }
pbxs:
  - name: hq
    ami: { host: 127.0.0.1, user: ringside, ${login} }
    trunks: [{ name: carrier, interface: PJSIP/carrier }]
hotlines:
  - { name: service, kind: people, numbers: ['95598'], hours: { week: { mon-sun: '08:00-20:00' } } }
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-config-'));
  await put('journal.keys', `k1:${key(1)}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

async function put(name: string, text: string, mode = 0o600): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
}

/** A journal with its keys, so that nothing is to be said of that. */
const journal = (): Record<string, string> => ({
  RINGSIDE_JOURNAL__FILE: 'journal.db',
  RINGSIDE_JOURNAL__KEY_FILE: join(folder, 'journal.keys'),
});

async function told(file: string, environment: Record<string, string> = {}): Promise<readonly string[]> {
  const result = await loadConfig(file, { environment: { ...journal(), ...environment }, keeps: true });
  const mistakes = result.ok ? result.warnings : result.mistakes;
  return mistakes.map((mistake) => mistakeText(mistake).replace(`${folder}/`, ''));
}

async function connection(file: string, environment: Record<string, string> = {}) {
  const result = await loadConfig(file, { environment });
  return result.ok ? result.config.connections[0] : result.mistakes.map(mistakeText);
}

describe('loadConfig', () => {
  it('takes a secret from a file beside the configuration, without its line end', async () => {
    await put('secret', 'xyzzy\n');
    const file = await put('a.yaml', yaml('secretFile: secret'));
    expect(await connection(file)).toEqual({
      pbx: 'hq',
      host: '127.0.0.1',
      port: 5038,
      user: 'ringside',
      secret: 'xyzzy',
      tls: undefined,
      acting: undefined,
    });
    expect(await told(file)).toEqual([]);
  });

  it('takes secrets from the environment, and certificates from a file', async () => {
    await put('ca.pem', CERTIFICATE, 0o644);
    const login =
      'secretEnv: S1, tls: { caFile: ca.pem, serverName: pbx }, acting: { user: mover, secretEnv: S2 }';
    const file = await put('b.yaml', yaml(login), 0o644);
    expect(await connection(file, { S1: 'one', S2: 'two' })).toMatchObject({
      port: 5039,
      secret: 'one',
      tls: { ca: CERTIFICATE, serverName: 'pbx', verify: true },
      acting: { user: 'mover', secret: 'two' },
    });
    expect(await told(file, { S1: 'one', S2: 'two' })).toEqual([]);
  });

  it('lets the environment win over the file, its secrets too', async () => {
    const file = await put('c.yaml', yaml('secretFile: not-there'));
    const environment = { RINGSIDE_PBXS__HQ__AMI__SECRET: '0042', RINGSIDE_PBXS__HQ__AMI__PORT: '15038' };
    expect(await connection(file, environment)).toMatchObject({ secret: '0042', port: 15038 });
  });

  it('names the variable a mistake came from, and not its value', async () => {
    const file = await put('d.yaml', yaml('secret: xyzzy'));
    const environment = { RINGSIDE_HTTP__PORT: 'xyzzy', RINGSIDE_LOG__LEVLE: 'xyzzy' };
    expect(await told(file, environment)).toEqual([
      'environment variable RINGSIDE_LOG__LEVLE: error: "LEVLE" is no setting (did you mean "LEVEL"?)',
      'environment variable RINGSIDE_HTTP__PORT: error: http.port: must be a port from 0 to 65535',
    ]);
  });

  it('warns of secrets that everybody may read', async () => {
    await put('open-secret', 'xyzzy', 0o644);
    const byFile = await put('e.yaml', yaml('secretFile: open-secret'), 0o644);
    expect(await told(byFile)).toEqual([
      'e.yaml:4:57: warning: pbxs[0].ami.secretFile: names a file that every user of this machine may read: chmod 640 or less',
    ]);
    const inline = await put('f.yaml', yaml('secret: xyzzy'), 0o644);
    expect(await told(inline)).toEqual([
      'f.yaml:4:53: warning: pbxs[0].ami.secret: stands in a file that every user of this machine may read: chmod 640 or less, or use secretFile',
    ]);
  });

  it.each([
    ['empty', '\n', 'names a file that is empty: must hold the secret'],
    [
      'two lines',
      'xyzzy\nxyzzy\n',
      'gives a secret with a line break or control character: must be one line of text',
    ],
    ['large', 'x'.repeat(1_048_577), 'names a file that is too large: must be under 1 MB'],
  ])('refuses a secret file that is wrong: %s', async (name, content, message) => {
    await put(name, content);
    const file = await put('g.yaml', yaml(`secretFile: ${name}`));
    expect(await told(file)).toEqual([`g.yaml:4:57: error: pbxs[0].ami.secretFile: ${message}`]);
  });

  it('refuses a directory, and a certificate file without one', async () => {
    await put('no.pem', 'nothing');
    const file = await put('h.yaml', yaml('secretFile: ., tls: { caFile: no.pem }'));
    expect(await told(file)).toEqual([
      'h.yaml:4:57: error: pbxs[0].ami.secretFile: names a file that is a directory: must be a file',
      'h.yaml:4:75: error: pbxs[0].ami.tls.caFile: names a file without a certificate: must be PEM ("-----BEGIN CERTIFICATE-----")',
    ]);
  });

  it('refuses a secret from the environment that would inject an action', async () => {
    const file = await put('i.yaml', yaml('secretEnv: S1'));
    expect(await told(file, { S1: 'xyzzy\r\nAction: Originate' })).toEqual([
      'i.yaml:4:56: error: pbxs[0].ami.secretEnv: gives a secret with a line break or control character: must be one line of text',
    ]);
  });

  it.each([
    ['nothing', '\n', 'names a file that is empty: must hold a key; "ringside key new FILE" makes one'],
    [
      'a bare key',
      `${key(1)}\n`,
      'names a file whose line 1 is no key: must be an id, ":" and 32 bytes in base64',
    ],
    ['a short key', 'k1:AAAA\n', 'names a file whose line 1 has a key of 3 bytes: must be 32'],
    [
      'one id twice',
      `k1:${key(1)}\n\nk1:${key(2)}\n`,
      'names a file whose line 3 has an id or a key a second time',
    ],
    [
      'one key twice',
      `k2:${key(1)}\nk1:${key(1)}\n`,
      'names a file whose line 2 has an id or a key a second time',
    ],
  ])('refuses keys of the journal that are wrong: %s', async (_what, content, message) => {
    const RINGSIDE_JOURNAL__KEY_FILE = await put('wrong.keys', content);
    const file = await put('j.yaml', yaml('secret: xyzzy'));
    const [said, ...more] = await told(file, { RINGSIDE_JOURNAL__KEY_FILE });
    expect(said).toContain(
      `environment variable RINGSIDE_JOURNAL__KEY_FILE: error: journal.keyFile: ${message}`,
    );
    expect(said).not.toContain(key(1));
    expect(more).toEqual([]);
  });

  it('warns of keys that everybody may read, and says how to make one', async () => {
    const RINGSIDE_JOURNAL__KEY_FILE = await put('open.keys', `k1:${key(1)}\n`, 0o644);
    const file = await put('k.yaml', yaml('secret: xyzzy'));
    expect(await told(file, { RINGSIDE_JOURNAL__KEY_FILE })).toEqual([
      'environment variable RINGSIDE_JOURNAL__KEY_FILE: warning: journal.keyFile: names a file that every user of this machine may read: chmod 600',
    ]);
    expect(await told(file, { RINGSIDE_JOURNAL__KEY_FILE: 'no-such.keys' })).toEqual([
      'environment variable RINGSIDE_JOURNAL__KEY_FILE: error: journal.keyFile: names a file that is not there: a relative path starts from the directory of the configuration; "ringside key new FILE" makes one',
    ]);
  });

  it('warns of what is not kept', async () => {
    const file = await put('l.yaml', yaml('secret: xyzzy'));
    const messages = async (environment: Record<string, string>) => {
      const result = await loadConfig(file, { environment, keeps: true });
      return result.ok ? result.warnings.map(({ path, message }) => `${path}: ${message}`) : undefined;
    };
    const begin = 'journal: figures begin anew at each restart: set journal.file';
    expect(await messages({})).toEqual([begin]);
    const { RINGSIDE_JOURNAL__FILE = '', RINGSIDE_JOURNAL__KEY_FILE = '' } = journal();
    expect(await messages({ RINGSIDE_JOURNAL__KEY_FILE })).toEqual([
      'journal.keyFile: is not used without journal.file: set both',
      begin,
    ]);
    expect(await messages({ RINGSIDE_JOURNAL__FILE })).toEqual([
      'journal: numbers are not kept, so attempts and call-backs cannot be told: set journal.keyFile',
    ]);
    expect(await messages({ RINGSIDE_JOURNAL__FILE, RINGSIDE_JOURNAL__KEY_FILE })).toEqual([]);
  });

  it('lets be what belongs to the journal where nothing is kept', async () => {
    const text = yaml('secret: xyzzy').replace('trunks:', 'queueLog: { path: no-such-log }\n    trunks:');
    const file = await put('n.yaml', `${text}journal: { file: journal.db, keyFile: no-such.keys }\n`);
    expect(await loadConfig(file, { environment: {} })).toMatchObject({
      ok: true,
      config: { journal: { keys: [] } },
      warnings: [],
    });
  });

  it('only asks whether a queue log may be read, however large it is', async () => {
    await put('queue_log', 'x'.repeat(1_048_577));
    const text = yaml('secret: xyzzy').replace('trunks:', 'queueLog: { path: queue_log }\n    trunks:');
    expect(await told(await put('m.yaml', text))).toEqual([]);
  });

  it('says where no configuration is', async () => {
    expect(await told(join(folder, 'nowhere.yaml'))).toEqual([
      'nowhere.yaml: error: is not there: give the path of a configuration',
    ]);
    expect(await told(folder)).toEqual([`${folder}: error: cannot be read (EISDIR)`]);
  });

  it('reads a text at hand', async () => {
    const result = await loadConfigText(yaml('secret: xyzzy'), { file: 'practice', environment: {} });
    expect(result).toMatchObject({ ok: true, warnings: [] });
  });
});
