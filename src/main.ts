import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type App, startApp } from './app.ts';
import { asksWho } from './access/access-definition.ts';
import { type Command, type JournalCommand, readCommand, USAGE } from './command-line.ts';
import { checkConfig, countText } from './config/check.ts';
import type { CompiledConfig } from './config/compile.ts';
import { settingsHelp } from './config/help.ts';
import type { LoadResult } from './config/interpret.ts';
import { loadConfig, loadConfigText } from './config/load.ts';
import { mistakeText } from './config/mistake.ts';
import { systemClock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import { createLogger } from './lib/logger.ts';
import { startPractice } from './practice.ts';
import type { ServiceManager } from './service-manager.ts';
import { joinServiceManager } from './systemd-notify.ts';

const print = (text: string): void => void process.stdout.write(text);
const complain = (text: string): void => void process.stderr.write(text);

/** Runs the command that `words` (the words after the program's name) ask for; resolves to the exit code. */
export async function main(words: readonly string[]): Promise<number> {
  const command = readCommand(words);
  switch (command.name) {
    case 'help':
      print(`${USAGE}\n${settingsHelp()}`);
      return 0;
    case 'version':
      print(`${await readVersion()}\n`);
      return 0;
    case 'mistake':
      complain(`${command.message}\n`);
      return 2;
    case 'check': {
      const { text, exitCode } = await checkConfig(command.file, process.env);
      print(text);
      return exitCode;
    }
    case 'doctor':
    case 'init':
      return await examine(command);
    case 'record':
      return await record(command);
    case 'replay':
      return await replay(command);
    case 'key': {
      const { runKeyNew } = await import('./store/key-command.ts');
      return await runKeyNew(command, { write: print, complain });
    }
    case 'user-password': {
      const { runUserPassword } = await import('./access/password-command.ts');
      return await runUserPassword({ write: print, complain, input: process.stdin });
    }
    case 'token-new': {
      const { runTokenNew } = await import('./access/token-command.ts');
      return runTokenNew({ write: print });
    }
    case 'report':
    case 'export':
    case 'import':
    case 'forget':
    case 'call-back-list':
    case 'call-back-close':
    case 'backup':
    case 'restore':
      return await onJournal(command);
    case 'run':
      return await run(command);
  }
}

async function examine(command: Extract<Command, { name: 'doctor' | 'init' }>): Promise<number> {
  const ended = new AbortController();
  const onSignal = (): void => ended.abort();
  process.once('SIGINT', onSignal);
  const ports = {
    clock: systemClock,
    log: createLogger('silent'),
    write: print,
    environment: process.env,
    signal: ended.signal,
  };
  try {
    if (command.name === 'doctor') {
      const { runDoctor } = await import('./doctor/doctor.ts');
      return await runDoctor(command, ports);
    }
    const { runInit } = await import('./doctor/init.ts');
    return await runInit(command, ports);
  } finally {
    process.removeListener('SIGINT', onSignal);
  }
}

async function record(command: Extract<Command, { name: 'record' }>): Promise<number> {
  const { runRecord } = await import('./recording/record.ts');
  const ended = new AbortController();
  const onSignal = (): void => ended.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    return await runRecord(command, {
      clock: systemClock,
      log: createLogger('silent'),
      environment: process.env,
      write: print,
      complain,
      signal: ended.signal,
    });
  } finally {
    process.removeListener('SIGINT', onSignal);
    process.removeListener('SIGTERM', onSignal);
  }
}

async function replay(command: Extract<Command, { name: 'replay' }>): Promise<number> {
  const { runReplay } = await import('./recording/replay.ts');
  // Whoever reads has seen enough (`| head`): nobody is left to write to.
  process.stdout.once('error', () => process.exit(0));
  const write = async (text: string): Promise<void> => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  };
  return await runReplay(command, { environment: process.env, write, complain });
}

async function onJournal(command: JournalCommand): Promise<number> {
  const { runJournalCommand } = await import('./journal-commands.ts');
  // Whoever reads has seen enough (`| head`): nobody is left to write to.
  process.stdout.once('error', () => process.exit(0));
  const write = async (text: string): Promise<void> => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  };
  return await runJournalCommand(command, {
    write,
    complain,
    clock: systemClock,
    log: createLogger('warn'),
    environment: process.env,
    input: process.stdin,
  });
}

async function run(command: Extract<Command, { name: 'run' }>): Promise<number> {
  const practice =
    command.config === undefined ? await startPractice(systemClock, command.seed ?? 1) : undefined;
  const load = async (): Promise<LoadResult> =>
    command.config === undefined
      ? await loadConfigText(practice?.configText ?? '', {
          file: 'practice exchange',
          keeps: true,
          environment: process.env,
        })
      : await loadConfig(command.config, { environment: process.env, keeps: true });
  const loaded = await load();
  if (!loaded.ok) {
    complain(`${loaded.mistakes.map(mistakeText).join('\n')}\nnot started: ${countText(loaded.mistakes)}\n`);
    await practice?.close();
    return 1;
  }
  for (const warning of loaded.warnings) complain(`${mistakeText(warning)}\n`);
  const log = createLogger(loaded.config.log.level);
  // Before anything else is started: nothing of ours but what tells it learns where the manager listens.
  const service = joinServiceManager(log);
  let app: App;
  try {
    app = await startApp({
      config: loaded.config,
      version: await readVersion(),
      clock: systemClock,
      log,
      jitter: Math.random,
    });
  } catch (cause) {
    complain(`not started: ${startFault(cause, loaded.config)}\n`);
    await service?.stopping();
    await practice?.close();
    return 1;
  }
  print(greeting(loaded.config, app, practice !== undefined));
  // It serves, and shows of each exchange how it stands: one out of reach is no reason to start it anew, or never.
  service?.ready(`Serves ${app.url}`, () => app.answers());
  const stopReloading = onReload(load, app, log, service);
  await untilAskedToStop();
  stopReloading();
  const told = service?.stopping();
  await app.stop();
  await told;
  await practice?.close();
  log.info({}, 'stopped');
  return 0;
}

/** SIGHUP reads the configuration again: all of it is taken over, or, with a mistake in it, none. */
function onReload(
  load: () => Promise<LoadResult>,
  app: App,
  log: Logger,
  service: ServiceManager | undefined,
): () => void {
  let last = Promise.resolve();
  const reload = async (): Promise<void> => {
    service?.reloading();
    const result = await load();
    if (result.ok) await app.reload(result.config);
    else {
      const mistakes = result.mistakes.map(mistakeText);
      log.error({ mistakes }, 'configuration not reloaded: nothing was changed');
    }
  };
  const onSignal = (): void => {
    last = last
      .then(reload)
      .catch((cause: unknown) => log.error({ cause: String(cause) }, 'reload failed'))
      .then(() => service?.reloaded());
  };
  process.on('SIGHUP', onSignal);
  return () => process.removeListener('SIGHUP', onSignal);
}

async function untilAskedToStop(): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      process.removeListener('SIGINT', stop);
      process.removeListener('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}

function greeting(
  { definition, connections, access }: CompiledConfig,
  { url, metricsUrl }: App,
  isPractice: boolean,
): string {
  const lines = definition.pbxs.map(({ name }) => {
    const hotlines = definition.hotlines.filter(({ pbx }) => pbx === name).map((hotline) => hotline.name);
    const connection = connections.find(({ pbx }) => pbx === name);
    return `  ${name} at ${connection?.host}:${connection?.port}: ${hotlines.join(', ')}`;
  });
  return [
    isPractice
      ? 'Ringside watches the built-in practice exchange (give --config FILE for your own):'
      : 'Ringside watches:',
    ...lines,
    `  page     ${url}/`,
    `  plain    ${url}/status`,
    `  metrics  ${metricsUrl ?? url}/metrics`,
    `  report   ${url}/api/report`,
    asksWho(access) ? '  shown to whoever signs in' : '  shown to whoever is on this machine',
    'Ctrl-C ends it.',
    '',
  ].join('\n');
}

function startFault(cause: unknown, { http, metrics }: CompiledConfig): string {
  const { code, port } = (cause ?? {}) as { readonly code?: unknown; readonly port?: unknown };
  const isMetrics = port !== undefined && port === metrics.port && port !== http.port;
  const [at, name] = isMetrics ? [metrics, 'metrics'] : [http, 'http'];
  if (code === 'EADDRINUSE') {
    return `port ${at.port} on ${at.host} is taken: set another ${name}.port (0 for any free one)`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'EACCES')
    return `cannot listen on ${at.host}:${at.port} (${code})`;
  return cause instanceof Error ? cause.message : String(cause);
}

async function readVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { version?: unknown };
  return typeof version === 'string' ? version : 'unknown';
}
