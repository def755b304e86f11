import { Server as TlsServer } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import type { AccessDefinition } from '../access/access-definition.ts';
import { Door } from '../access/door.ts';
import type { Gate } from '../access/gate.ts';
import { PasswordDesk } from '../access/password-desk.ts';
import { isLoopback } from '../lib/address.ts';
import type { CertificatePair } from '../lib/certificate-pair.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { Audit } from '../store/ports.ts';
import { type CertificateFiles, CertificateWatch } from './certificate-watch.ts';
import { createMetricsServer } from './metrics-server.ts';
import { createServer, type HttpPorts } from './server.ts';

/** Where and how it is answered, as configured. */
export interface FrontSettings {
  readonly access: AccessDefinition;
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly url?: string | undefined;
    readonly tls?: CertificateFiles | undefined;
  };
  readonly metrics: {
    readonly host: string;
    readonly port?: number | undefined;
    readonly allowPlain: boolean;
  };
}

export interface FrontOptions extends Omit<
  HttpPorts,
  'door' | 'desk' | 'record' | 'auditOf' | 'nowMs' | 'tls' | 'url' | 'log' | 'hasOwnMetrics'
> {
  readonly settings: FrontSettings;
  readonly clock: Clock;
  readonly log: Logger;
  /** Where who came and went is written down; undefined where there is no journal. */
  readonly audit: Audit | undefined;
}

/** Everything that is answered over HTTP, on one port or two, and who may ask. */
export class Front {
  readonly #options: FrontOptions;
  readonly #door: Door;
  readonly #watch: CertificateWatch | undefined;
  #servers: readonly FastifyInstance[] = [];
  /** Where it answers, for example `http://127.0.0.1:9810`. */
  url = '';
  /** The same for `/metrics`, where that has a port of its own. */
  metricsUrl: string | undefined;

  constructor(options: FrontOptions) {
    const { clock, log, settings } = options;
    const { access, http } = settings;
    this.#options = options;
    const scheme = http.tls === undefined ? 'http' : 'https';
    this.#door = new Door({ access, clock, scheme, url: http.url });
    this.#watch =
      http.tls && new CertificateWatch({ files: http.tls, clock, log, apply: (pair) => this.#apply(pair) });
  }

  /** For who answers beside it on the same port. */
  get gate(): Gate {
    return this.#door;
  }

  /** Rejects with a sentence, or with node's error where it cannot listen. `beside`: what else is put on the first port. */
  async listen(beside: (server: FastifyInstance) => void = () => undefined): Promise<void> {
    const { settings, clock, audit, ...ports } = this.#options;
    const { http, metrics } = settings;
    const tls = await this.#watch?.open();
    const server = createServer({
      ...ports,
      door: this.#door,
      desk: new PasswordDesk(clock),
      record: (entry) => this.#record(entry),
      ...(audit && { auditOf: (fromMs, untilMs) => audit.entries(fromMs, untilMs) }),
      nowMs: () => clock.nowMs(),
      tls,
      url: http.url,
      hasOwnMetrics: metrics.port !== undefined,
    });
    this.#servers = [server];
    beside(server);
    this.url = await server.listen({ host: http.host, port: http.port });
    if (metrics.port !== undefined) await this.#listenForMetrics(metrics.port, tls);
    this.#watch?.start();
  }

  redefine({ access, http }: FrontSettings): void {
    this.#door.redefine(access);
    if (http.tls !== undefined) void this.#watch?.redefine(http.tls);
  }

  async stop(): Promise<void> {
    this.#watch?.stop();
    await Promise.all(this.#servers.map((server) => server.close()));
    this.#door.close();
  }

  async #listenForMetrics(port: number, pair: CertificatePair | undefined): Promise<void> {
    const { settings, metrics } = this.#options;
    const { host, allowPlain } = settings.metrics;
    const tls = allowPlain || isLoopback(host) ? undefined : pair;
    const server = createMetricsServer({ metrics, door: this.#door, host, tls });
    this.#servers = [...this.#servers, server];
    this.metricsUrl = await server.listen({ host, port });
  }

  #apply(pair: CertificatePair): void {
    for (const { server } of this.#servers) if (server instanceof TlsServer) server.setSecureContext(pair);
  }

  #record({ who, what, detail }: Parameters<HttpPorts['record']>[0]): void {
    const { audit, clock, log } = this.#options;
    log.info({ who, detail }, what);
    // A journal that cannot write keeps it until it can, and says so itself.
    void audit?.record({ atMs: clock.nowMs(), who, what, about: '', detail });
  }
}
