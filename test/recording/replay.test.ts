import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runReplay, type ReplayOptions } from '../../src/recording/replay.ts';
import { folderOf } from '../doctor/shell.ts';

const CONFIG = `
company: { zone: Asia/Shanghai }
pbxs:
  - name: north
    ami: { host: 127.0.0.1, user: ringside, secretFile: /nowhere/secret, tls: { caFile: /nowhere/ca.pem } }
    trunks: [{ name: carrier, interface: PJSIP/carrier }]
    queues: [{ name: queue-abandoned }]
hotlines:
  - name: service
    kind: attendant
    numbers: ['4008880012']
    trunks: [carrier]
    queues: [queue-abandoned]
    hours: { week: { mon-sun: '00:00-24:00' } }
  - { name: quiet, kind: people, numbers: ['4008880099'], trunks: [carrier], emergency: true }
`;
const TRACE = join(import.meta.dirname, '../traces/queue-abandoned.ami');

interface Ran {
  readonly exitCode: number;
  readonly written: string;
  readonly complained: string;
}
async function run(changes: Partial<ReplayOptions>, config = CONFIG): Promise<Ran & { folder: string }> {
  const folder = await folderOf({ 'ringside.yaml': config });
  await copyFile(TRACE, join(folder, 'a.ami'));
  let written = '';
  let complained = '';
  const options = {
    file: join(folder, 'a.ami'),
    config: join(folder, 'ringside.yaml'),
    pbx: undefined,
    json: false,
    ...changes,
  };
  const exitCode = await runReplay(options, {
    environment: {},
    write: async (text) => void (written += text),
    complain: (text) => void (complained += text),
  });
  return { exitCode, written, complained: complained.replaceAll(folder, 'DIR'), folder };
}

describe('runReplay', () => {
  it('prints each call and the rates; no secret of the configuration is needed', async () => {
    const { exitCode, written, complained } = await run({});
    expect(complained).toBe('');
    expect(exitCode).toBe(0);
    expect(written).toMatch(/^\S+Z {2}service {2}139\*{4}1200 {2}abandoned\n/);
    expect(written.slice(written.indexOf('\n\n') + 2)).toBe(`service: reached 1, abandoned 1
  Attendant picks up (auto): 1/1 = 100.0 %; target 98.0 %; 95 % interval 20.6 % to 100.0 %
    picked up by the attendant / all calls that reached the hotline in open hours; nothing is set aside
  A person answers those passed on (transfer): 0/1 = 0.0 %; target 85.0 %; 95 % interval 0.0 % to 79.3 %
    answered by a person / asked for a person in open hours; callers who left in less than 5 s are set aside
  After hours, something takes the call (after-hours): no calls
No calls: quiet
`);
  });

  it('prints one object per call and line for programs, and nothing else', async () => {
    const { exitCode, written } = await run({ json: true });
    expect(exitCode).toBe(0);
    const [line, rest] = written.split('\n');
    expect(rest).toBe('');
    const call: unknown = JSON.parse(line ?? '');
    expect(call).toMatchObject({
      pbx: 'north',
      caller: '139****1200',
      hotline: 'service',
      outcome: 'abandoned',
      endedBy: 'caller',
      stages: [{ queue: 'queue-abandoned', end: 'hang-up' }],
      answer: null,
      message: null,
      short: false,
      scores: { auto: 'hit', transfer: 'miss' },
      breaches: [],
    });
    expect(call).toHaveProperty(
      'startedAt',
      expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    );
  });

  it('says the same twice, to the byte', async () => {
    const [once, again] = [await run({}), await run({})];
    expect(again.written).toBe(once.written);
    expect((await run({ json: true })).written).toBe((await run({ json: true })).written);
  });

  it('refuses a file that is not there, or none', async () => {
    expect(await run({ file: '/nowhere/a.ami' })).toMatchObject({
      exitCode: 2,
      written: '',
      complained: '/nowhere/a.ami: is not there: give the path of a recording.\n',
    });
    expect(await run({ file: import.meta.dirname })).toMatchObject({ exitCode: 2, written: '' });
    expect((await run({ file: import.meta.filename })).complained).toContain('it holds nothing an Asterisk');
  });

  it('refuses a configuration with a mistake', async () => {
    const { exitCode, written, complained } = await run({}, CONFIG.replace('kind: attendant', 'kind: robot'));
    expect(exitCode).toBe(1);
    expect(written).toBe('');
    expect(complained).toContain('DIR/ringside.yaml:');
    expect(complained).toContain('not replayed: 1 error');
  });

  it('refuses an exchange that the configuration does not have', async () => {
    expect(await run({ pbx: 'south' })).toMatchObject({
      exitCode: 2,
      complained: 'DIR/a.ami: there is no exchange "south": the configuration has north.\n',
    });
  });
});
