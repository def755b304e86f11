import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';

const CHECKOUT = join(import.meta.dirname, '../..');
/** Where the checkout is seen by the program that reads the file. */
const SEEN = '/mnt';

const bind = z.object({ type: z.literal('bind'), source: z.string(), target: z.string() });
const volume = z.object({ type: z.literal('volume'), source: z.string(), target: z.string() });
const serviceSchema = z.object({
  image: z.string(),
  user: z.string(),
  read_only: z.boolean(),
  tmpfs: z.array(z.string()),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  privileged: z.boolean().default(false),
  network_mode: z.string().optional(),
  command: z.array(z.string()).nullable(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(
    z.discriminatedUnion('type', [bind.extend({ read_only: z.boolean().default(false) }), volume]),
  ),
  secrets: z.array(z.object({ source: z.string() })).default([]),
  networks: z.record(z.string(), z.unknown()),
  ports: z.array(z.object({ host_ip: z.string(), target: z.number(), published: z.string() })).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
const projectSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
  volumes: z.record(z.string(), z.unknown()),
  networks: z.record(z.string(), z.object({ internal: z.boolean().default(false) })),
});

export type ComposeService = z.infer<typeof serviceSchema>;
export type ComposeProject = z.infer<typeof projectSchema>;

/** It sees its Debian, with the checkout in it; its mounts end with it. */
const INSIDE = 'mount --bind "$1" "$0/mnt"; shift; exec chroot "$0" "$@"';

/**
 * dashboards/compose.yaml as the real docker-compose understands it; no daemon is asked. Rejects with what it says where
 * the file has a mistake, or anything to warn of.
 */
export async function composeProject(debian: string): Promise<ComposeProject> {
  const words = ['docker-compose', '--file', `${SEEN}/dashboards/compose.yaml`, 'config', '--format', 'json'];
  const inside = ['--mount', 'sh', '-ec', INSIDE, debian, CHECKOUT, ...words];
  const { stdout, stderr } = await promisify(execFile)('unshare', inside, {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
  });
  if (stderr !== '') throw new Error(`docker-compose warns: ${stderr}`);
  return projectSchema.parse(JSON.parse(stdout));
}

/** Where in the checkout that is; undefined for what is not in it. */
export function inCheckout(source: string): string | undefined {
  return source.startsWith(`${SEEN}/`) ? join(CHECKOUT, source.slice(SEEN.length)) : undefined;
}
