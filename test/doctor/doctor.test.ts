import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runDoctor } from '../../src/doctor/doctor.ts';
import { block } from '../support/scripted-exchange.ts';
import { folderOf, newCall, pings, QUEUE_LINES, Shell, until } from './shell.ts';

const CONFIG = (port: number, acting = ''): string => `
company: { zone: UTC }
pbxs:
  - name: north
    ami: { host: 127.0.0.1, port: ${port}, user: ringside, secretFile: secret${acting} }
    trunks: [{ name: carrier, interface: PJSIP/carrier }]
    queues: [{ name: support }]
hotlines:
  - { name: gas, kind: people, numbers: ['100'], trunks: [carrier], queues: [support], emergency: true }
`;

async function configOf(port: number, acting?: string): Promise<string> {
  const folder = await folderOf({ 'ringside.yaml': CONFIG(port, acting), secret: 'long secret\n' });
  return join(folder, 'ringside.yaml');
}

describe('runDoctor', () => {
  it('finds an exchange right, and tells what it saw of calls', async () => {
    const shell = new Shell();
    const server = await shell.serve({ queues: QUEUE_LINES });
    const config = await configOf(server.port);
    const now = shell.clock.nowMs();
    const calls = block(newCall(now, '1700000000.1', '100')) + block(newCall(now, '1700000000.2', '199'));
    const exitCode = await shell.watchOut(server, runDoctor({ config }, shell.ports), 20, calls);
    expect(shell.written).toBe(`Watching north for 20 s; Ctrl-C ends it earlier.
north is reached: calls placed from now on are seen.

Exchange north at 127.0.0.1:${server.port}
  warning  1 call on carrier for 199: no hotline names it.
           It is in no figure but "unattributed".
           -> If it is a hotline, write the number exactly as the trunk delivers it under numbers.
  right    Reached, and logged in as ringside.
  right    The connection does not leave this machine.
  right    Asterisk 22 is supported.
  right    Its clock and the one of this machine agree.
  right    AMI user ringside may do what it needs, and no more.
  right    Events carry the time of the exchange.
  right    Queues found: support.
  right    Seats found in these queues: 1.
  right    Hotline gas: 1 call came in.
  note     Only 2 events came: whether the event filter is in force is not known.
  note     Not seen yet, so nothing is said about them: Hangup, Newstate, DialBegin, DialEnd, BridgeEnter, BridgeLeave, QueueCallerJoin, QueueCallerLeave, AgentCalled, AgentConnect, Newexten, DeviceStateChange, HangupRequest.

Nothing is wrong, 1 warning.
`);
    expect(exitCode).toBe(0);
    expect(shell.written + JSON.stringify(shell.log.lines)).not.toMatch(/13900001000|long secret/);
  });

  it('writes nothing but JSON where programs read', async () => {
    const shell = new Shell();
    shell.tellsNothing = true;
    const server = await shell.serve();
    const config = await configOf(server.port);
    const exitCode = await shell.watchOut(server, runDoctor({ config, json: true }, shell.ports), 20);
    expect(JSON.parse(shell.written)).toMatchObject({
      wrong: 1,
      warnings: 0,
      exchanges: [{ pbx: 'north', address: `127.0.0.1:${server.port}` }],
    });
    expect(shell.written).toContain('The exchange does not know queue \\"support\\".');
    expect(exitCode).toBe(1);
  });

  it('ends at once on Ctrl-C, and still tells what it saw', async () => {
    const shell = new Shell();
    const server = await shell.serve({ queues: QUEUE_LINES });
    const config = await configOf(server.port);
    expect(await shell.interrupt(server, runDoctor({ config, seconds: 3_600 }, shell.ports))).toBe(0);
    expect(shell.written).toMatch(/Asterisk 22 is supported[^]*\n\nNothing is wrong\.\n$/);
    expect(server.exchanges).toHaveLength(1);
  });

  it('does not wait where there is nothing to wait for', async () => {
    const shell = new Shell();
    const server = await shell.serve();
    const { port } = server;
    const config = await configOf(port);
    await server.close();
    expect(await runDoctor({ config }, shell.ports)).toBe(1);
    expect(shell.written).toContain(
      `  wrong    It was not reached.\n           Nobody listens at 127.0.0.1:${port} (ECONNREFUSED). Is Asterisk running, and enabled = yes in manager.conf?\n`,
    );
    expect(shell.written).toMatch(/\n\n1 wrong\.\n$/);
  });

  it('tells a login refused, a login too wide, and one that may not read lists', async () => {
    const refused = new Shell();
    const strict = await refused.serve({ secret: 'another' });
    expect(await runDoctor({ config: await configOf(strict.port) }, refused.ports)).toBe(1);
    expect(refused.written).toContain('  wrong    The login was refused.\n');

    const wide = new Shell();
    const open = await wide.serve({ queues: QUEUE_LINES });
    open.script.commands = { ...open.script.commands, Originate: 'Originate a call.  (Priv: originate,all)' };
    const config = await configOf(open.port);
    expect(await wide.watchOut(open, runDoctor({ config }, wide.ports), 20)).toBe(1);
    expect(wide.written).toContain('too many rights: write class "originate".\n');

    const narrow = new Shell();
    const closed = await narrow.serve();
    closed.script.instead.set('CoreShowChannels', (id) =>
      block({ Response: 'Error', ActionID: id, Message: 'Permission denied' }),
    );
    expect(await runDoctor({ config: await configOf(closed.port) }, narrow.ports)).toBe(1);
    expect(narrow.written).toContain('  wrong    The login may not read the lists.\n');
  });

  it('finds events without a Timestamp, and says which line to add', async () => {
    const shell = new Shell();
    const server = await shell.serve({ queues: QUEUE_LINES });
    const running = runDoctor({ config: await configOf(server.port) }, shell.ports);
    await until(() => pings(server) === 3);
    const { Timestamp: _, ...bare } = newCall(shell.clock.nowMs(), '1700000000.1', '100');
    server.say(block(bare));
    expect(await running).toBe(1);
    expect(shell.written).toContain('-> Add timestampevents = yes to [general] of manager.conf');
  });

  it('notices that events are missing where two lists differ', async () => {
    const shell = new Shell();
    const server = await shell.serve({ queues: QUEUE_LINES });
    const running = runDoctor({ config: await configOf(server.port) }, shell.ports);
    await until(() => pings(server) === 3);
    server.script.channels.push({
      Event: 'CoreShowChannel',
      Channel: 'PJSIP/carrier-1',
      Uniqueid: '1700000000.9',
    });
    expect(await shell.watchOut(server, running, 20)).toBe(1);
    expect(shell.written).toContain('Events of class "call" do not come to AMI user ringside.\n');
  });

  it('tries the acting login, which moves nothing', async () => {
    const shell = new Shell();
    const server = await shell.serve({ queues: QUEUE_LINES });
    server.script.commands = {
      ...server.script.commands,
      QueuePause: 'Pause.  (Priv: agent,all)',
      QueueAdd: 'Add.  (Priv: agent,all)',
      QueueRemove: 'Remove.  (Priv: agent,all)',
      QueuePenalty: 'Penalty.  (Priv: agent,all)',
    };
    const config = await configOf(server.port, ', acting: { user: nobody, secretFile: secret }');
    const running = runDoctor({ config }, shell.ports);
    const asked = () => server.exchanges.flatMap(({ actions }) => actions.map(({ name }) => name));
    await until(() => asked().includes('login'));
    expect(await shell.watchOut(server, running, 20)).toBe(1);
    expect(shell.written).toContain(
      '  wrong    The acting login nobody does not work: seats cannot be moved.\n',
    );
    expect(asked().filter((name) => name.startsWith('Queue') && name !== 'QueueStatus')).toEqual([]);
  });

  it('prints every mistake of the configuration as check does', async () => {
    const shell = new Shell();
    const text = CONFIG(5038)
      .replace('kind: people', 'kind: persons')
      .replace('queues: [support]', 'queues: [suport]');
    const folder = await folderOf({ 'ringside.yaml': text, secret: 'long secret\n' });
    const config = join(folder, 'ringside.yaml');
    expect(await runDoctor({ config }, shell.ports)).toBe(1);
    expect(shell.written.replaceAll(folder, '')).toBe(
      `/ringside.yaml:9:24: error: hotlines[0].kind: must be one of attendant, people, is persons
/ringside.yaml:9:79: error: hotlines[0].queues[0]: "suport" is no queue: must be one of queues of exchange "north" (did you mean "support"?)
/ringside.yaml: not usable: 2 errors
`,
    );
    const missing = new Shell();
    expect(await runDoctor({ config: join(folder, 'none.yaml'), json: true }, missing.ports)).toBe(1);
    expect(JSON.parse(missing.written)).toEqual({
      mistakes: [`${folder}/none.yaml: error: is not there: give the path of a configuration`],
    });
  });
});
