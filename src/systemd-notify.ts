import { spawn } from 'node:child_process';
import { IncidentLog } from './lib/incident-log.ts';
import { systemClock } from './lib/clock.ts';
import type { Logger } from './lib/log.ts';
import { ServiceManager, takeServiceTerms } from './service-manager.ts';

/** The program waits for the manager to have taken it, up to 5 s by itself. */
const DEADLINE_MS = 6000;

/**
 * Who started us and wants to know how we stand; undefined where nobody asked. Node has no unix datagram socket, so
 * systemd's own program carries the word: a child of ours, which takes `NotifyAccess=all` in the unit. Where it is
 * missing that is said in the log, and nothing else.
 */
export function joinServiceManager(log: Logger): ServiceManager | undefined {
  const terms = takeServiceTerms(process.env, process.pid);
  if (terms === undefined) return undefined;
  const incidents = new IncidentLog(log);
  const send = async (variables: readonly string[]): Promise<void> => {
    const fault = await notify(terms.socket, variables);
    const atMs = systemClock.nowMs();
    if (fault === undefined) incidents.recovered(atMs, {}, 'the service manager is told again');
    else
      incidents.failed(atMs, fault, { fault }, 'the service manager cannot be told: systemd-notify failed');
  };
  let last = Promise.resolve();
  return new ServiceManager({
    // One after the other: two of them at once could arrive in either order.
    send: (variables) => (last = last.then(() => send(variables))),
    watchdogMs: terms.watchdogMs,
    clock: systemClock,
    monotonicUs: () => process.hrtime.bigint() / 1000n,
  });
}

/** Resolves to what kept it from being sent, undefined where it was. */
function notify(socket: string, variables: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn('systemd-notify', variables, {
      env: { PATH: process.env['PATH'], NOTIFY_SOCKET: socket },
      stdio: 'ignore',
      timeout: DEADLINE_MS,
      killSignal: 'SIGKILL',
    });
    child.once('error', (cause) => resolve(cause.message));
    child.once('exit', (code, signal) =>
      resolve(code === 0 ? undefined : `it ended with ${signal ?? code ?? 'nothing'}`),
    );
  });
}
