import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { loadConfigText } from '../../src/config/load.ts';
import { type ComposeProject, composeProject, type ComposeService, inCheckout } from './compose-file.ts';
import { provideServices } from './provide-services.ts';
import { ServerProcess } from './server-process.ts';

const ROOT = join(import.meta.dirname, '../..');
const SERVICES = ['ringside', 'prometheus', 'alertmanager', 'grafana'] as const;
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

let project: ComposeProject;
beforeAll(async () => {
  project = await composeProject(await provideServices());
});

function serviceOf(name: string): ComposeService {
  const service = project.services[name];
  if (service === undefined) throw new Error(`no service ${name}`);
  return service;
}

/** What the service is started with, where its folders are ones of this machine. */
function argsOf(name: string, storage: string): readonly string[] {
  const { command, volumes } = serviceOf(name);
  const moved = volumes.map(({ target, ...mount }): [string, string] => [
    target,
    mount.type === 'bind' ? (inCheckout(mount.source) ?? '') : storage,
  ]);
  return (command ?? []).map((word) =>
    moved.reduce((text, [target, source]) => text.replace(`=${target}`, `=${source}`), word),
  );
}

function someFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-compose-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('the compose file, as docker-compose reads it', () => {
  it('has the services that belong together, and no other', () => {
    expect(Object.keys(project.services).toSorted()).toEqual([...SERVICES].toSorted());
  });

  it.each(SERVICES)('%s is no root, may gain no right, and writes to its volume alone', (name) => {
    const service = serviceOf(name);
    expect(service).toMatchObject({
      read_only: true,
      tmpfs: ['/tmp'],
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      privileged: false,
    });
    expect(service.user).toMatch(/^[1-9]\d*:\d+$/);
    expect(service.network_mode).toBeUndefined();
    const writable = service.volumes.filter((mount) => mount.type === 'bind' && !mount.read_only);
    expect(writable).toEqual([]);
    const kept = service.volumes.flatMap(({ type, source }) => (type === 'volume' ? [source] : []));
    expect(kept).toHaveLength(1);
    expect(Object.keys(project.volumes)).toEqual(expect.arrayContaining(kept));
  });

  it.each(SERVICES)('%s mounts only what is there, of the operator or of the checkout', (name) => {
    const sources = serviceOf(name).volumes.flatMap((mount) => (mount.type === 'bind' ? [mount.source] : []));
    const missing = sources.filter((source) => !existsSync(inCheckout(source) ?? ROOT));
    expect(missing).toEqual([]);
    expect(sources.filter((source) => inCheckout(source) === undefined)).toEqual(
      name === 'ringside' ? ['/etc/ringside'] : [],
    );
  });

  it.each(SERVICES)('%s is reached on loopback alone, and no port is that of /metrics', (name) => {
    const { ports } = serviceOf(name);
    expect(ports.map(({ host_ip }) => host_ip)).toEqual(ports.map(() => '127.0.0.1'));
    expect(ports.map(({ target }) => target)).not.toContain(9811);
  });

  it('lets Prometheus alone at /metrics, over a network with no way out', () => {
    const shared = SERVICES.filter((name) => 'scrape' in serviceOf(name).networks);
    expect(shared).toEqual(['ringside', 'prometheus']);
    expect(project.networks['scrape']?.internal).toBe(true);
    const others = Object.keys(serviceOf('ringside').networks).filter((network) => network !== 'scrape');
    expect(others).toEqual(['exchange']);
    expect(SERVICES.filter((name) => 'exchange' in serviceOf(name).networks)).toEqual(['ringside']);
  });

  it('has every secret in a file, and none in the environment', () => {
    const given = SERVICES.flatMap((name) => serviceOf(name).secrets.map(({ source }) => source));
    expect(given.toSorted()).toEqual(Object.keys(project.secrets).toSorted());
    for (const { file } of Object.values(project.secrets)) expect(file).toMatch(/^\/etc\/ringside-secrets\//);
    const variables = SERVICES.flatMap((name) => Object.entries(serviceOf(name).environment));
    const secret = variables.filter(
      ([variable]) =>
        /PASSWORD|SECRET|TOKEN|KEY/.test(variable) && !variable.startsWith('GF_SECURITY_DISABLE'),
    );
    expect(secret.map(([, value]) => value)).toEqual(
      secret.map(() => expect.stringMatching(/^\/run\/secrets\//)),
    );
  });

  it('is told to the reader with every secret readable by its service, and by nobody else', () => {
    const [, steps = ''] =
      /^### With Prometheus and Grafana\n[^]*?^```sh\n([^]*?)^```$/m.exec(textOf('README.md')) ?? [];
    for (const name of Object.keys(project.secrets)) {
      const step = steps.split('\n').find((line) => line.endsWith(`/etc/ringside-secrets/${name}`)) ?? '';
      const owner = /(?:install -m 600 -o|chown) (\d+) /.exec(step)?.[1];
      const owned = SERVICES.filter((service) =>
        serviceOf(service).secrets.some(({ source }) => source === name),
      );
      expect(owned.map((service) => serviceOf(service).user.split(':')[0])).toEqual([owner]);
    }
  });

  it('pins what is fetched to the versions that are tested', async () => {
    const { version, devDependencies } = JSON.parse(textOf('package.json')) as {
      version: string;
      devDependencies: Record<string, string>;
    };
    expect(serviceOf('ringside').image).toBe(`ringside:${version}`);
    expect(serviceOf('grafana').image).toBe(`grafana/grafana:${devDependencies['@grafana/schema']}`);
    for (const name of ['prometheus', 'alertmanager'] as const) {
      const { stdout } = await promisify(execFile)(inject('tools')[name], ['--version']);
      const tested = /version (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
      expect(serviceOf(name).image).toBe(`prom/${name}:v${tested}`);
    }
  });
});

describe('what it starts', () => {
  it('the daemon shows /metrics to the network of the scrape, and keeps its journal on the volume', async () => {
    const { environment, volumes } = serviceOf('ringside');
    const text = textOf('config/example.yaml');
    const loaded = await loadConfigText(text, {
      file: 'example.yaml',
      environment,
      keeps: true,
      secretsElsewhere: true,
    });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
    expect(loaded.config.metrics).toMatchObject({ host: '0.0.0.0', port: 9811, allowPlain: true });
    expect(loaded.config.http.host).toBe('127.0.0.1');
    const journal = volumes.find(({ type }) => type === 'volume');
    expect(loaded.config.journal.file).toBe(`${journal?.target}/journal.db`);
    expect(textOf('Dockerfile')).toContain(`install -d -o 1000 -g 1000 -m 700 ${journal?.target}\n`);
    expect(textOf('Dockerfile')).toMatch(/^HEALTHCHECK /m);
    expect(textOf('dashboards/prometheus/prometheus.yml')).toContain('targets: [ringside:9811]');
  });

  it.each([
    ['prometheus', 'promtool', '9090'],
    ['alertmanager', 'amtool', '9093'],
  ] as const)(
    '%s takes its flags, and is found healthy by %s while it runs and no longer',
    async (name, tool, port) => {
      const server = await ServerProcess.start(inject('tools')[name], argsOf(name, someFolder()));
      onTestFinished(() => server.stop());
      const [cmd, program, ...words] = serviceOf(name).healthcheck?.test ?? [];
      expect([cmd, program]).toEqual(['CMD', tool]);
      const asked = words.map((word) => word.replace(`http://127.0.0.1:${port}`, server.url));
      expect(asked).not.toEqual(words);
      const look = (): Promise<unknown> => promisify(execFile)(inject('tools')[tool], asked);
      await look();
      await server.stop();
      await expect(look()).rejects.toThrow('Command failed');
    },
  );

  it('Grafana finds its data source and every board where its provisioning looks', () => {
    const { volumes } = serviceOf('grafana');
    const boards = /path: (\S+)/.exec(textOf('dashboards/grafana/provisioning/dashboards/ringside.yml'))?.[1];
    const mount = volumes.find(({ target }) => target === boards);
    if (mount?.type !== 'bind') throw new Error(`nothing is mounted at ${boards}`);
    for (const board of ['hotlines', 'floor', 'ringside']) {
      expect(existsSync(join(inCheckout(mount.source) ?? '', `${board}.json`))).toBe(true);
    }
    expect(basename(volumes[0]?.target ?? '')).toBe('provisioning');
    expect(serviceOf('grafana').healthcheck?.test[0]).toBe('CMD');
  });
});
