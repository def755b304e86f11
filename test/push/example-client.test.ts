import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { RunningApp } from '../app/running-app.ts';
import { AmiServer } from '../support/ami-server.ts';
import { event, type Headers } from '../support/scripted-exchange.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLE = join(ROOT, 'examples/board-client.js');

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const MEMBER: Headers = {
  Queue: 'support',
  MemberName: 'Ann',
  Interface: 'PJSIP/101',
  StateInterface: 'PJSIP/101',
  Membership: 'dynamic',
  Penalty: '0',
  CallsTaken: '0',
  LastCall: '0',
  InCall: '0',
  Status: '1',
  Paused: '0',
  PausedReason: '',
};
const LISTED: Headers = { ...MEMBER, Event: 'QueueMember', Name: 'Ann', Location: 'PJSIP/101' };

describe('the client in README.md', () => {
  it('stands there as it is run', () => {
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(
      `\`\`\`js\n${readFileSync(EXAMPLE, 'utf8')}\`\`\`\n`,
    );
  });

  it('is told the board, each change, and that the daemon stops', async () => {
    const exchange = await new AmiServer({
      queues: [{ Event: 'QueueParams', Queue: 'support' }, LISTED],
    }).listen();
    cleanups.push(() => exchange.close());
    const running = await RunningApp.start({ host: '127.0.0.1', port: exchange.port });
    cleanups.push(() => running.app.stop());
    await running.until(async () => (await running.ready()).status === 200);

    const address = `${running.app.url.replace('http', 'ws')}/live`;
    const child = spawn(process.execPath, [EXAMPLE, address], { stdio: ['ignore', 'pipe', 'pipe'] });
    cleanups.push(() => child.kill('SIGKILL'));
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));

    await running.until(() => said.includes('support: 0 waiting, 1 seats free\n'));
    exchange.say(event('QueueMemberPause', Date.now(), { ...MEMBER, Paused: '1', PausedReason: 'lunch' }));
    await running.until(() => said.includes('support: 0 waiting, 0 seats free\n'));
    await running.app.stop();
    await running.until(() => said.includes('closed: '));
    expect(said.split('\n').at(-2)).toBe('closed: 1012 stopping');
  });
});
