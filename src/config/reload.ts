import { isDeepStrictEqual } from 'node:util';
import type { CompiledConfig } from './compile.ts';

/** What a new configuration changes, for SIGHUP: all of it is taken over, or (with a mistake in it) none. */
export interface ReloadPlan {
  /** Whether figures are scored under another definition from now on. */
  readonly definitionChanged: boolean;
  /** Exchanges by name. `changed`: another address, user, secret or certificate, so a new connection. */
  readonly connections: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    readonly changed: readonly string[];
  };
  readonly logLevelChanged: boolean;
  /** Settings that are read at start only; what runs keeps the old value until then. */
  readonly needsRestart: readonly string[];
}

export function planReload(before: CompiledConfig, after: CompiledConfig): ReloadPlan {
  const old = new Map(before.connections.map((connection) => [connection.pbx, connection]));
  const now = new Map(after.connections.map((connection) => [connection.pbx, connection]));
  return {
    definitionChanged: before.definition.hash !== after.definition.hash,
    connections: {
      added: [...now.keys()].filter((pbx) => !old.has(pbx)),
      removed: [...old.keys()].filter((pbx) => !now.has(pbx)),
      changed: [...now].flatMap(([pbx, connection]) =>
        old.has(pbx) && !isDeepStrictEqual(old.get(pbx), connection) ? [pbx] : [],
      ),
    },
    logLevelChanged: before.log.level !== after.log.level,
    needsRestart: [
      ...(before.journal.file === after.journal.file ? [] : ['journal.file']),
      ...(isDeepStrictEqual(before.journal.keys, after.journal.keys) ? [] : ['journal.keyFile']),
      ...(isDeepStrictEqual(before.journal.retention, after.journal.retention) ? [] : ['journal.retention']),
      ...(isDeepStrictEqual(before.numbers, after.numbers) ? [] : ['numbers']),
      ...(isDeepStrictEqual(before.queueLogs, after.queueLogs) ? [] : ['pbxs[].queueLog']),
      ...(before.http.host === after.http.host ? [] : ['http.host']),
      ...(before.http.port === after.http.port ? [] : ['http.port']),
      ...(before.http.url === after.http.url ? [] : ['http.url']),
      ...((before.http.tls === undefined) === (after.http.tls === undefined) ? [] : ['http.tls']),
      ...(before.metrics.host === after.metrics.host ? [] : ['metrics.host']),
      ...(before.metrics.port === after.metrics.port ? [] : ['metrics.port']),
      ...(before.metrics.allowPlain === after.metrics.allowPlain ? [] : ['metrics.allowPlain']),
      ...(before.metrics.perSeat === after.metrics.perSeat ? [] : ['metrics.perSeat']),
    ],
  };
}
