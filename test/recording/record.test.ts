import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runRecord, type RecordOptions } from '../../src/recording/record.ts';
import { Replayer } from '../../src/recording/replayer.ts';
import { someHotline, someWatch } from '../support/definitions.ts';
import { block, stamp, type Headers } from '../support/scripted-exchange.ts';
import { folderOf, newCall, QUEUE_LINES, Shell, until } from '../doctor/shell.ts';

const CONFIG = (port: number): string => `
company: { zone: UTC }
pbxs:
  - name: north
    ami: { host: 127.0.0.1, port: ${port}, user: ringside, secretFile: secret }
    trunks: [{ name: carrier, interface: PJSIP/carrier }]
    queues: [{ name: support }]
hotlines:
  - { name: gas, kind: people, numbers: ['4008880012'], trunks: [carrier], queues: [support], emergency: true }
`;

class Recording extends Shell {
  complained = '';
  folder = '';

  async start(
    port: number,
    changes: Partial<RecordOptions> = {},
  ): Promise<{ readonly done: Promise<number> }> {
    this.folder = await folderOf({ 'ringside.yaml': CONFIG(port), secret: 'long secret\n' });
    const options = {
      config: join(this.folder, 'ringside.yaml'),
      out: join(this.folder, 'out.ami'),
      pbx: undefined,
      seconds: undefined,
      ...changes,
    };
    const complain = (text: string): void => void (this.complained += text.replaceAll(this.folder, 'DIR'));
    return { done: runRecord(options, { ...this.ports, complain }) };
  }

  text(): Promise<string> {
    return readFile(join(this.folder, 'out.ami'), 'utf8');
  }
}

const gone = (atMs: number, uniqueid: string): Headers => ({
  Event: 'Hangup',
  Timestamp: stamp(atMs),
  Channel: `PJSIP/carrier-${uniqueid}`,
  Uniqueid: uniqueid,
  Cause: '16',
});

describe('runRecord', () => {
  it('writes what the exchange says, without the caller, until Ctrl-C', async () => {
    const shell = new Recording();
    const server = await shell.serve({ queues: QUEUE_LINES });
    const { done } = await shell.start(server.port);
    await until(() => shell.written.startsWith('Recording north into '));
    const nowMs = shell.clock.nowMs() + 1_000;
    server.say(
      block(newCall(nowMs, '1700000000.1', '4008880012')) + block(gone(nowMs + 30_000, '1700000000.1')),
    );
    await until(() => shell.written !== '');
    await expect.poll(() => shell.text()).toContain('Event: Hangup');
    shell.ended.abort();
    expect(await done).toBe(0);
    expect(shell.complained).toBe('');
    expect(shell.written).toMatch(/out\.ami: blocks \d+, numbers replaced 1, names replaced 1\.\n$/);
    const text = await shell.text();
    expect(text.startsWith('# ringside recording {"version":1,')).toBe(true);
    expect(text).not.toContain('13900001000');
    expect(text).toContain('Exten: 4008880012');
    expect((await stat(join(shell.folder, 'out.ami'))).mode & 0o777).toBe(0o600);

    const outcomes: unknown[] = [];
    const hotlines = [someHotline({ kind: 'people', numbers: ['4008880012'] })];
    const replayer = new Replayer(someWatch({ hotlines }), undefined, {
      onCall: ({ caller, outcome }) => outcomes.push(caller?.slice(0, 3), outcome),
    });
    replayer.push(Buffer.from(text));
    expect(replayer.end()).toMatchObject({ ok: true, notes: [] });
    expect(outcomes).toEqual(['139', 'unanswered']);
  });

  it('ends after so many seconds', async () => {
    const shell = new Recording();
    const server = await shell.serve();
    const { done } = await shell.start(server.port, { seconds: 3 });
    await until(() => shell.written.startsWith('Recording north'));
    shell.clock.advance(3_000);
    expect(await done).toBe(0);
  });

  it('goes on after a cut, with the second banner in the file', async () => {
    const shell = new Recording();
    const server = await shell.serve();
    const { done } = await shell.start(server.port);
    await until(() => shell.written.startsWith('Recording north'));
    server.cut();
    await until(() => shell.complained.includes('Trying again; the recording has a gap here.'));
    shell.clock.advance(1_000);
    await expect.poll(async () => (await shell.text()).split('\nAsterisk Call Manager/').length).toBe(3);
    shell.ended.abort();
    expect(await done).toBe(0);
  });

  it('overwrites nothing', async () => {
    const shell = new Recording();
    const server = await shell.serve();
    const folder = await folderOf({ 'there.ami': 'mine' });
    const out = join(folder, 'there.ami');
    const { done } = await shell.start(server.port, { out });
    expect(await done).toBe(1);
    expect(shell.complained).toBe(
      `${out} is there already, and nothing is overwritten: give --out another name.\n`,
    );
    expect(await readFile(out, 'utf8')).toBe('mine');
  });

  it('leaves no file where it could not log in', async () => {
    const shell = new Recording();
    const server = await shell.serve({ secret: 'another' });
    const { done } = await shell.start(server.port);
    expect(await done).toBe(1);
    expect(shell.complained).toMatch(/ringside.*\nnorth was not reached: nothing is recorded\.\n$/);
    expect(shell.complained).not.toContain('long secret');
    expect(await readdir(shell.folder)).not.toContain('out.ami');
  });

  it('names the exchanges where there are several, and the mistakes of a configuration', async () => {
    const shell = new Recording();
    const server = await shell.serve();
    const { done } = await shell.start(server.port, { pbx: 'south' });
    expect(await done).toBe(2);
    expect(shell.complained).toBe('Give one of these as --pbx: north.\n');

    const config = join(shell.folder, 'wrong.yaml');
    await writeFile(config, 'pbxs: []\n');
    const wrong = await shell.start(server.port, { config });
    expect(await wrong.done).toBe(1);
    expect(shell.complained).toContain('not recorded: ');
  });
});
