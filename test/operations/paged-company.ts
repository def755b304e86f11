import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { systemClock } from '../../src/lib/clock.ts';
import type { InboundPlan } from '../../src/simulator/plan.ts';
import type { PracticeSite } from '../../src/simulator/site.ts';
import { type PracticeServer, startPracticeServer } from '../../src/simulator/server.ts';
import { Program } from '../pbx/program.ts';
import { LOGIN } from '../simulation/day-definition.ts';
import { startAlertmanager } from './alertmanager.ts';
import { INSTANCE, journalSettings, type PracticePast } from './practice-past.ts';
import { Prometheus } from './prometheus.ts';
import type { Tools } from './provide-tools.ts';
import { type Told, Webhook } from './webhook.ts';

const DASHBOARDS = join(import.meta.dirname, '../../dashboards');
const PROMETHEUS_FILE = join(DASHBOARDS, 'prometheus/prometheus.yml');
const ALERTMANAGER_FILE = join(DASHBOARDS, 'alertmanager/alertmanager.yml');

/** Seconds between two scrapes, and between two looks at the rules. */
export const EVERY_S = 1;
/** The example's minutes between two messages of a group are for people: here what is over is told at once. */
const GROUP_INTERVAL = '1s';

type Endings = (() => unknown)[];

/**
 * The practice company on the outside world's time with all that pages somebody of it: an exchange on which calls are
 * placed by hand, the program, a Prometheus with the rules as they are, and an Alertmanager with the example's routes.
 */
export class PagedCompany {
  readonly prometheus: Prometheus;
  /** Everything that somebody was told, in order. */
  readonly told: readonly Told[];
  readonly #site: PracticeSite;
  readonly #program: Program;
  readonly #endings: Endings;
  #exchange: PracticeServer;

  private constructor(
    parts: Pick<PagedCompany, 'prometheus' | 'told'>,
    site: PracticeSite,
    running: { readonly program: Program; readonly exchange: PracticeServer; readonly endings: Endings },
  ) {
    this.prometheus = parts.prometheus;
    this.told = parts.told;
    this.#site = site;
    this.#program = running.program;
    this.#exchange = running.exchange;
    this.#endings = running.endings;
  }

  /** Resolves when the program watches the exchange and Prometheus is ready. Without a past it is a cold start. */
  static async open(
    tools: Tools,
    site: PracticeSite,
    folder: string,
    past?: PracticePast,
  ): Promise<PagedCompany> {
    const endings: Endings = [];
    const journal = join(folder, 'journal');
    mkdirSync(journal, { recursive: true });
    past?.copyTo({ journal, data: join(folder, 'data') });
    try {
      const exchange = await startExchange(site, 0);
      endings.push(() => exchange.close());
      const config = join(folder, 'ringside.yaml');
      writeFileSync(config, `${exchange.configText}http: { port: 0 }\n${journalSettings(journal)}`);
      const program = new Program(config);
      endings.push(() => program.end('SIGKILL'));
      const webhook = await Webhook.start();
      endings.push(() => webhook.stop());
      const alertmanager = await startAlertmanager(tools, {
        config: alertmanagerConfig(webhook.url),
        folder,
      });
      endings.push(() => alertmanager.stop());
      await program.ready();
      const prometheus = await Prometheus.start(tools, {
        config: prometheusConfig(program.url, alertmanager.url),
        folder,
      });
      endings.push(() => prometheus.stop());
      const { told } = webhook;
      return new PagedCompany({ prometheus, told }, site, { program, exchange, endings });
    } catch (cause) {
      await endAll(endings);
      throw cause;
    }
  }

  /** They call when their plan says, on this machine's clock. */
  place(calls: readonly InboundPlan[]): void {
    for (const call of calls) this.#exchange.pbx.begin(call);
  }

  /** The exchange is gone: connections end, and new ones are refused. */
  async cut(): Promise<void> {
    await this.#exchange.close();
  }

  /** It is there again, at the same address. */
  async comeBack(): Promise<void> {
    const exchange = await startExchange(this.#site, this.#exchange.port);
    this.#endings.push(() => exchange.close());
    this.#exchange = exchange;
  }

  /** The program is gone, as if it had crashed. */
  async kill(): Promise<void> {
    await this.#program.end('SIGKILL');
  }

  close(): Promise<void> {
    return endAll(this.#endings);
  }
}

async function endAll(endings: Endings): Promise<void> {
  for (const end of endings.splice(0).toReversed()) await end();
}

function startExchange(site: PracticeSite, port: number): Promise<PracticeServer> {
  return startPracticeServer({
    ...LOGIN,
    clock: systemClock,
    site,
    port,
    seed: 1,
    callsPerHour: 0,
    speed: 1,
    warmUpMs: 0,
  });
}

/** The example with other addresses, and quicker looks. */
function prometheusConfig(ringside: string, alertmanager: string): string {
  const config = parse(readFileSync(PROMETHEUS_FILE, 'utf8')) as {
    global: object;
    rule_files: string[];
    scrape_configs: { static_configs: object }[];
    alerting: { alertmanagers: object };
  };
  Object.assign(config.global, { scrape_interval: `${EVERY_S}s`, evaluation_interval: `${EVERY_S}s` });
  config.rule_files = config.rule_files.map((file) => join(dirname(PROMETHEUS_FILE), file));
  for (const scrape of config.scrape_configs)
    scrape.static_configs = [{ targets: [hostOf(ringside)], labels: { instance: INSTANCE } }];
  config.alerting.alertmanagers = [{ static_configs: [{ targets: [hostOf(alertmanager)] }] }];
  return stringify(config);
}

/** The example with other addresses; `resolved` comes when it is so. */
function alertmanagerConfig(webhook: string): string {
  const config = parse(readFileSync(ALERTMANAGER_FILE, 'utf8')) as {
    route: object;
    receivers: { webhook_configs: { url: string }[] }[];
  };
  Object.assign(config.route, { group_interval: GROUP_INTERVAL });
  for (const receiver of config.receivers) for (const to of receiver.webhook_configs) to.url = webhook;
  return stringify(config);
}

const hostOf = (url: string): string => new URL(url).host;
