import { openActingSession } from '../ami/actions.ts';
import type { PbxConnection } from '../ami/connection.ts';
import type { PbxEvent } from '../ami/pbx-event.ts';
import { countText } from '../config/check.ts';
import type { CompiledConfig } from '../config/compile.ts';
import { loadConfig } from '../config/load.ts';
import { mistakeText, type Mistake } from '../config/mistake.ts';
import { createMatcher } from '../hotlines/match.ts';
import type { Clock } from '../lib/clock.ts';
import { findingsJson, findingsText, count } from './findings-text.ts';
import { judge } from './findings.ts';
import type { ActingObservation, ExchangeObservation, WireObservation } from './observation.ts';
import type { ShellPorts } from './shell-ports.ts';
import { Traffic } from './traffic.ts';
import { watchExchange } from './watch.ts';

export interface DoctorOptions {
  /** Path of the configuration. */
  readonly config: string;
  /** How long to watch; default 20. */
  readonly seconds?: number | undefined;
  /** Findings as JSON instead of text. */
  readonly json?: boolean | undefined;
}

/**
 * `ringside doctor --config FILE`: connects to every exchange, watches for a while, and says what is right and wrong
 * and what to change. Exit code 0 where nothing is wrong (warnings allowed), 1 otherwise. Changes nothing anywhere.
 */
export async function runDoctor(options: DoctorOptions, ports: ShellPorts): Promise<number> {
  const { config: file, seconds = 20, json = false } = options;
  const result = await loadConfig(file, { environment: ports.environment });
  if (!result.ok) {
    ports.write(mistakesText(file, result.mistakes, json));
    return 1;
  }
  if (!json) {
    const names = result.config.connections.map(({ pbx }) => pbx).join(', ');
    const watching = `Watching ${names} for ${seconds} s; Ctrl-C ends it earlier.`;
    ports.write(`${[...result.warnings.map(mistakeText), watching].join('\n')}\n`);
  }
  const { definition } = result.config;
  const onReached = (pbx: string): void => {
    if (!json) ports.write(`${pbx} is reached: calls placed from now on are seen.\n`);
  };
  const seen = await Promise.all(
    result.config.connections.map((connection) =>
      observe(connection, result.config, seconds, onReached, ports),
    ),
  );
  const findings = seen.map((one) => judge(one, definition));
  ports.write(json ? findingsJson(findings) : `\n${findingsText(findings)}`);
  return count(findings, 'wrong') === 0 ? 0 : 1;
}

function mistakesText(file: string, mistakes: readonly Mistake[], json: boolean): string {
  const lines = mistakes.map(mistakeText);
  if (json) return `${JSON.stringify({ mistakes: lines }, undefined, 2)}\n`;
  return `${[...lines, `${file}: not usable: ${countText(mistakes)}`].join('\n')}\n`;
}

async function observe(
  connection: PbxConnection,
  { definition }: CompiledConfig,
  seconds: number,
  onReached: (pbx: string) => void,
  ports: ShellPorts,
): Promise<ExchangeObservation> {
  const { pbx, host, port, user, tls } = connection;
  const hotlines = definition.hotlines.filter((hotline) => hotline.pbx === pbx);
  const roleContexts = hotlines.flatMap((hotline) => [
    ...hotline.attendantContexts,
    ...hotline.voicemailContexts,
    ...hotline.callbackContexts,
    ...hotline.closedContexts,
    ...hotline.emergencyContexts,
  ]);
  const traffic = new Traffic(createMatcher(definition, pbx), new Set(roleContexts));
  const ears = { onEvent: (event: PbxEvent) => traffic.take(event), onReached: () => onReached(pbx) };
  const [watched, acting] = await Promise.all([
    watchExchange(connection, seconds, ears, ports),
    checkActing(connection, ports.clock),
  ]);
  const tlsKind: WireObservation['tls'] = tls === undefined ? 'none' : tls.verify ? 'checked' : 'unchecked';
  return { ...watched, wire: { pbx, host, port, user, tls: tlsKind }, traffic, acting };
}

/** Asks what the acting login may do, and whether it is answered. Moves nothing. */
async function checkActing(connection: PbxConnection, clock: Clock): Promise<ActingObservation | undefined> {
  if (connection.acting === undefined) return undefined;
  const { user } = connection.acting;
  const opened = await openActingSession(connection, clock);
  if (!opened.ok) return { user, fault: opened.fault, rights: undefined };
  const { session } = opened;
  const rights = await session.rights();
  const pong = await session.ping();
  session.close();
  if ('code' in rights) return { user, fault: rights, rights: undefined };
  const fault = pong.ok ? undefined : ({ code: 'silent', message: pong.message } as const);
  return { user, fault, rights };
}
