import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../pbx/until.ts';
import { AmiServer } from '../support/ami-server.ts';
import { BootedSystemd } from './booted-systemd.ts';
import { provideServices } from './provide-services.ts';

const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const UNIT = '/opt/ringside/config/ringside.service';
/** In tenths, as `systemd-analyze security` takes it: a service that serves a network and compiles in memory has no less. */
const MOST_EXPOSED = 15;
const SECRET = 'secret of the service test';
/** So that a hung daemon need not be waited for a minute. */
const HASTE = '[Service]\nWatchdogSec=10\nRestartSec=0\n';

const config = (port: number): string => `
company: { zone: Asia/Shanghai }
pbxs:
  - name: hq
    ami: { host: 127.0.0.1, port: ${port}, user: ringside, secretFile: /run/credentials/ringside.service/ami.secret }
    trunks: [{ name: carrier, interface: PJSIP/carrier }]
hotlines:
  - { name: gas, kind: people, numbers: ['4001'], hours: { week: { mon-sun: '08:00-20:00' } } }
journal: { file: /var/lib/ringside/journal.db, keyFile: /etc/ringside/journal.keys }
reports: { folder: /var/lib/ringside/reports }
http: { port: 0 }
`;

/** What the README tells the operator to type, of the section of that name. */
function stepsOf(section: string): string {
  const text = README.split(/^#+ /m).find((part) => part.startsWith(`${section}\n`)) ?? '';
  return /^```sh\n([^]*?)^```$/m.exec(text)?.[1] ?? '';
}

let systemd: BootedSystemd;
let exchange: AmiServer;
/** Where nobody listens. */
let deadPort: number;

beforeAll(async () => {
  const gone = await new AmiServer().listen();
  deadPort = gone.port;
  await gone.close();
  exchange = await new AmiServer({ user: 'ringside', secret: SECRET }).listen();
  systemd = await BootedSystemd.boot(await provideServices());
});
afterAll(async () => {
  await systemd?.stop();
  await exchange?.close();
});

const show = (property: string): Promise<string> => systemd.show('ringside', property);
const told = (): Promise<string> => systemd.must('journalctl --no-pager --output cat -u ringside');
const url = async (): Promise<string> => /http:\S+/.exec(await show('StatusText'))?.[0] ?? '';
const statusOf = async (path: string): Promise<number> => (await fetch((await url()) + path)).status;
const reload = async (text: string): Promise<void> => {
  await systemd.must('cat >/etc/ringside/ringside.yaml && systemctl reload ringside', text);
};

describe('the unit', () => {
  it('has no mistake that systemd finds', async () => {
    expect(await systemd.run(`systemd-analyze verify ${UNIT}`)).toEqual({ code: 0, output: '' });
  });

  it('gives away no more than it must', async () => {
    const look = `systemd-analyze security --no-pager --offline=true --threshold=${MOST_EXPOSED} ${UNIT}`;
    expect(await systemd.must(look)).toContain('Overall exposure level');
  });
});

describe('under a real systemd, one after the other', () => {
  it('is started by what the README says, when it serves, whether or not its exchange is there', async () => {
    await systemd.must('mkdir -p /root/here && cat >/root/here/ringside.yaml', config(deadPort));
    await systemd.must('cat >/root/here/hq.secret', SECRET);
    const dropIn = '/etc/systemd/system/ringside.service.d';
    await systemd.must(`mkdir -p ${dropIn} && cat >${dropIn}/haste.conf`, HASTE);
    for (const step of stepsOf('As a service').trimEnd().split('\n'))
      await systemd.must(`cd /root/here && ${step}`);
    expect([await show('ActiveState'), await show('SubState')]).toEqual(['active', 'running']);
    expect(await statusOf('/healthz')).toBe(200);
    expect(await statusOf('/readyz')).toBe(503);
  });

  it('takes a new configuration over by a reload, and logs in with the secret that only root can read', async () => {
    const pid = await show('MainPID');
    await reload(config(exchange.port));
    await until(async () => (await statusOf('/readyz')) === 200);
    expect(await told()).toContain('configuration reloaded');
    await until(async () => (await show('ActiveState')) === 'active');
    expect([await show('MainPID'), await show('NRestarts')]).toEqual([pid, '0']);
    expect(await systemd.must('stat -c "%A %U" /etc/ringside/ami.secret')).toBe('-rw------- root\n');
  });

  it('goes on by the one before where the new one has a mistake', async () => {
    await reload(config(exchange.port).replace('people', 'peeple'));
    await until(async () => (await told()).includes('configuration not reloaded'));
    await until(async () => (await show('ActiveState')) === 'active');
    expect(await statusOf('/readyz')).toBe(200);
    await reload(config(exchange.port));
  });

  it('keeps what it writes to itself', async () => {
    const look =
      'stat -c "%n %A %U" /var/lib/ringside /var/lib/ringside/journal.db /var/lib/ringside/reports';
    expect((await systemd.must(look)).trimEnd().split('\n')).toEqual([
      '/var/lib/ringside drwx------ ringside',
      '/var/lib/ringside/journal.db -rw------- ringside',
      '/var/lib/ringside/reports drwx------ ringside',
    ]);
  });

  it('lets commands read the journal beside it, as its user', async () => {
    const [, command = ''] = /^`(runuser -u ringside [^`]+)`/m.exec(README) ?? [];
    expect(await systemd.must(`cd /opt/ringside && ${command}`)).toContain('</html>');
  });

  it('stills the watchdog while it lives, and is ended and started anew when it hangs', async () => {
    const first = Number(await show('WatchdogTimestampMonotonic'));
    await until(async () => Number(await show('WatchdogTimestampMonotonic')) > first + 5_000_000);
    expect(await show('NRestarts')).toBe('0');
    const pid = await show('MainPID');
    await systemd.must(`kill -STOP ${pid}`);
    await until(async () => (await show('NRestarts')) === '1' && (await show('SubState')) === 'running');
    expect(await show('MainPID')).not.toBe(pid);
    expect(await told()).toContain('Watchdog timeout');
    await until(async () => (await statusOf('/readyz')) === 200);
  });

  it('ends when it is asked to, by itself and without a fault', async () => {
    await systemd.must('systemctl stop ringside');
    expect([await show('Result'), await show('ExecMainStatus')]).toEqual(['success', '0']);
    expect(await told()).toContain('"msg":"stopped"');
  });
});
