import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const DASHBOARDS = join(import.meta.dirname, '../../dashboards');
const read = (file: string): unknown => parse(readFileSync(join(DASHBOARDS, file), 'utf8'));

const Sources = z.object({
  datasources: z.array(
    z.object({
      type: z.string(),
      url: z.string(),
      isDefault: z.boolean(),
      jsonData: z.object({ timeInterval: z.string() }),
    }),
  ),
});
const Providers = z.object({
  providers: z.array(z.object({ type: z.string(), options: z.object({ path: z.string() }) })),
});
const Compose = z.object({
  services: z.object({
    grafana: z.object({ volumes: z.array(z.looseObject({ source: z.string(), target: z.string() })) }),
  }),
});
const Prometheus = z.object({ global: z.object({ scrape_interval: z.string() }) });

const source = Sources.parse(read('grafana/provisioning/datasources/ringside.yml')).datasources;
const { providers } = Providers.parse(read('grafana/provisioning/dashboards/ringside.yml'));
const mounts = Compose.parse(read('compose.yaml')).services.grafana.volumes;
const mountOf = (folder: string): string | undefined =>
  mounts.find(({ source }) => source === folder)?.target;

it('gives Grafana one Prometheus, which boards take unless another is chosen', () => {
  expect(source).toMatchObject([{ type: 'prometheus', isDefault: true, url: 'http://prometheus:9090' }]);
});

it('tells Grafana how often Prometheus scrapes, as $__rate_interval is made of it', () => {
  const { scrape_interval } = Prometheus.parse(read('prometheus/prometheus.yml')).global;
  expect(source[0]?.jsonData.timeInterval).toBe(scrape_interval);
});

it('looks for the boards where compose puts them, and for itself where Grafana looks', () => {
  expect(providers).toMatchObject([{ type: 'file', options: { path: mountOf('./grafana') } }]);
  expect(mountOf('./grafana/provisioning')).toBe('/etc/grafana/provisioning');
});
