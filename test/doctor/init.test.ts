import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfigText } from '../../src/config/load.ts';
import { runInit } from '../../src/doctor/init.ts';
import { selfSigned } from '../support/certificate.ts';
import { block, stamp } from '../support/scripted-exchange.ts';
import { folderOf, newCall, pings, QUEUE_LINES, Shell, until } from './shell.ts';

const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** An exchange, the files, and what is typed. */
async function scene(shell: Shell) {
  const server = await shell.serve({ queues: QUEUE_LINES });
  const folder = await folderOf({ secret: 'long secret\n' });
  const secretFile = join(folder, 'secret');
  const options = { host: '127.0.0.1', port: server.port, user: 'ringside', secretFile };
  return { server, folder, options };
}

/** A call that a machine picks up, that then joins the queue; and a phone that calls a customer. */
function traffic(nowMs: number): string {
  const ref = { Uniqueid: '1700000000.1', Channel: 'PJSIP/carrier-1700000000.1' };
  const desk = { Channel: 'PJSIP/101-00000005', CallerIDNum: '101', Exten: '13911112222', Context: 'seats' };
  return [
    block(newCall(nowMs, '1700000000.1', '4008880010')),
    block({ Event: 'Newstate', Timestamp: stamp(nowMs + 50), ...ref, ChannelState: '6' }),
    block({
      Event: 'QueueCallerJoin',
      Timestamp: stamp(nowMs + 5_000),
      ...ref,
      Queue: 'support',
      Position: '1',
    }),
    block({ ...newCall(nowMs, '1700000000.2', ''), ...desk }),
  ].join('');
}

const PROPOSAL = (
  port: number,
  folder: string,
): string => `# Proposed by "ringside init" from what 127.0.0.1:${port} showed in 60 s.
# Look at every line that says "guess". Then: ringside check FILE, and ringside doctor --config FILE.

company:
  zone: "${zone}" # guess: the zone of this machine; days and hours are counted in it
  # households: 180000 # the least hours a day go by it

pbxs:
  - name: asterisk # the label in metrics: call it as you call it
    ami:
      host: "127.0.0.1"
      port: ${port}
      user: "ringside"
      secretFile: "${folder}/secret"
    trunks:
      - name: "carrier" # guess: 1 call came in on it
        interface: "PJSIP/carrier"
        # lines: 30 # calls it can carry at once; Asterisk does not tell
    queues: # all that the exchange lists
      - name: "support"
        # wrapupS: 15 # its wrapuptime in queues.conf; Asterisk does not tell
    seats: # members of queues; give each a name: what people call the place
      - { interface: "PJSIP/101" } # now: Ann

hotlines:
  - name: "support"
    kind: attendant # guess: 1 call was picked up before a person was asked for
    numbers: ["4008880010"] # dialled in 1 call; put numbers of one hotline together
    trunks: ["carrier"]
    queues: ["support"] # guess: where its calls went
    # attendantContexts: [menu] # the event filter hides where the menu runs: write it
    # voicemailContexts, callbackContexts, closedContexts: name them where the dialplan has them
    hours:
      week: { mon-sun: "08:00-20:00" } # an example: write when people are promised

# Calls placed by what looks like phones, left out: 1.
`;

describe('runInit', () => {
  it('proposes a configuration that can be used as it stands', async () => {
    const shell = new Shell();
    const { server, folder, options } = await scene(shell);
    const during = traffic(shell.clock.nowMs());
    expect(await shell.watchOut(server, runInit(options, shell.ports), 60, during)).toBe(0);
    expect(shell.written).toBe(`# Watching 127.0.0.1:${server.port} for 60 s; Ctrl-C ends it earlier.
# Reached: call every hotline from outside now, what is called is proposed.
${PROPOSAL(server.port, folder)}`);
    const loaded = await loadConfigText(shell.written, { file: join(folder, 'x.yaml'), environment: {} });
    expect(loaded.ok && loaded.config.connections[0]?.secret).toBe('long secret');
  });

  it('writes a file that is not there yet, and says how to go on', async () => {
    const shell = new Shell();
    const { server, folder, options } = await scene(shell);
    const out = join(folder, 'ringside.yaml');
    const during = traffic(shell.clock.nowMs());
    expect(await shell.watchOut(server, runInit({ ...options, out }, shell.ports), 60, during)).toBe(0);
    expect(shell.written).toBe(
      `Watching 127.0.0.1:${server.port} for 60 s; Ctrl-C ends it earlier.
Reached: call every hotline from outside now, what is called is proposed.
${out} is written. Look at its guesses, then: ringside check ${out}
`,
    );
    expect(await readFile(out, 'utf8')).toBe(PROPOSAL(server.port, folder));
  });

  it('goes encrypted where it is told to, and proposes that', async () => {
    const shell = new Shell();
    const pair = await selfSigned();
    const server = await shell.serve({ queues: QUEUE_LINES }, pair);
    const folder = await folderOf({ secret: 'long secret\n', 'ca.pem': pair.cert });
    const login = { host: '127.0.0.1', port: server.port, user: 'ringside' };
    const options = { ...login, secretFile: join(folder, 'secret'), caFile: join(folder, 'ca.pem') };
    expect(await shell.watchOut(server, runInit(options, shell.ports), 60)).toBe(0);
    expect(shell.written).toContain(`      tls: { caFile: "${folder}/ca.pem" }\n`);
  });

  it('overwrites nothing, neither before the watch nor after it', async () => {
    const before = new Shell();
    const { server, folder, options } = await scene(before);
    const out = join(folder, 'ringside.yaml');
    await writeFile(out, 'mine');
    const refusal = `${out} is there already, and nothing is overwritten: give --out another name.\n`;
    expect(await runInit({ ...options, out }, before.ports)).toBe(1);
    expect(before.written).toBe(refusal);
    expect(server.exchanges).toEqual([]);

    const meanwhile = new Shell();
    const late = await scene(meanwhile);
    const lateOut = join(late.folder, 'ringside.yaml');
    const running = runInit({ ...late.options, out: lateOut }, meanwhile.ports);
    await until(() => pings(late.server) === 3);
    await writeFile(lateOut, 'mine');
    expect(await meanwhile.watchOut(late.server, running, 60)).toBe(1);
    expect(await readFile(lateOut, 'utf8')).toBe('mine');
  });

  it('proposes an example where nobody called', async () => {
    const shell = new Shell();
    const { server, options } = await scene(shell);
    server.script.queues = [];
    expect(await shell.watchOut(server, runInit(options, shell.ports), 60)).toBe(0);
    expect(shell.written).toContain(
      '    trunks:\n      # No call from outside was seen. This one is an example: write your own.\n',
    );
    expect(shell.written).toContain('    # The exchange lists no queue.\n    # No queue has a member.\n');
    expect(shell.written).toContain('  - name: example\n    kind: attendant # or people\n');
  });

  it('says what is wrong with what was typed, in the words of the options', async () => {
    const { options, folder } = await scene(new Shell());
    const said = async (changes: object): Promise<string> => {
      const shell = new Shell();
      expect(await runInit({ ...options, ...changes }, shell.ports)).toBe(1);
      return shell.written.replaceAll(folder, '');
    };
    expect(await said({ host: '' })).toBe('--host: must be a host name or an address\n');
    expect(await said({ port: 70_000 })).toBe('--port: must be a port from 1 to 65535, is 70000\n');
    expect(await said({ secretFile: join(folder, 'none') })).toBe(
      '--secret-file: names a file that is not there: a relative path starts from the directory of the configuration\n',
    );
    expect(await said({ port: undefined, tls: true, caFile: join(folder, 'none') })).toMatch(
      /^--ca: names a file that is not there/,
    );
    expect(await said({ secretFile: folder })).toBe(
      '--secret-file: names a file that is a directory: must be a file\n',
    );
  });

  it('says why there is nothing to propose', async () => {
    const shell = new Shell();
    const { server, options } = await scene(shell);
    await server.close();
    expect(await runInit(options, shell.ports)).toBe(1);
    expect(shell.written).toContain('  wrong    It was not reached.\n');
    expect(shell.written).not.toContain('hotlines:');
  });
});
