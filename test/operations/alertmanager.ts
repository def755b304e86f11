import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tools } from './provide-tools.ts';
import { ServerProcess } from './server-process.ts';

export interface AlertmanagerSettings {
  /** alertmanager.yml. */
  readonly config: string;
  readonly folder: string;
}

/**
 * A real Alertmanager that talks to no other of its kind. Resolves when it takes alerts; throws with the end of its log
 * where it refuses its configuration.
 */
export function startAlertmanager(
  { alertmanager }: Tools,
  { config, folder }: AlertmanagerSettings,
): Promise<ServerProcess> {
  const file = join(folder, 'alertmanager.yml');
  writeFileSync(file, config);
  const storage = join(folder, 'alertmanager-data');
  return ServerProcess.start(alertmanager, [
    `--config.file=${file}`,
    `--storage.path=${storage}`,
    '--cluster.listen-address=',
  ]);
}
