import type { Clock } from './lib/clock.ts';

/** What the service manager told this process about speaking to it: sd_notify(3), sd_watchdog_enabled(3). */
export interface ServiceTerms {
  /** Where it listens: a path, or `@` and an abstract name. */
  readonly socket: string;
  /** It ends a daemon that is silent for so long; undefined where it does not. */
  readonly watchdogMs: number | undefined;
}

const NAMES = ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID'] as const;

/**
 * Takes what the service manager said out of `environment`, so that no process we start speaks in our name. Undefined
 * where nobody asked. A watchdog that waits for another process is not ours to still.
 */
export function takeServiceTerms(
  environment: Record<string, string | undefined>,
  pid: number,
): ServiceTerms | undefined {
  const [socket = '', watchdogUs = '', watchdogPid = ''] = NAMES.map((name) => environment[name]);
  for (const name of NAMES) delete environment[name];
  if (socket === '') return undefined;
  const isOurs = watchdogPid === '' || watchdogPid === String(pid);
  const watchdogMs = /^[1-9]\d{0,15}$/.test(watchdogUs) && isOurs ? Number(watchdogUs) / 1000 : undefined;
  return { socket, watchdogMs };
}

export interface ServiceManagerPorts {
  /** Hands variables over, sets of them in the order given; resolves when it has or gave up, never rejects. */
  readonly send: (variables: readonly string[]) => Promise<void>;
  /** Nothing more is to be handed over. */
  readonly close: () => void;
  readonly watchdogMs: number | undefined;
  readonly clock: Clock;
  /** CLOCK_MONOTONIC, microseconds: the manager's own measure of when a reload began. */
  readonly monotonicUs: () => bigint;
}

/** Says to the service manager how the daemon stands. */
export class ServiceManager {
  readonly #ports: ServiceManagerPorts;
  #isStopping = false;
  #cancel = (): void => undefined;

  constructor(ports: ServiceManagerPorts) {
    this.#ports = ports;
  }

  /**
   * It serves. `answers` resolves when what must live besides the loop that asks has answered: as long as it is silent
   * the watchdog is not stilled, and what it holds up is ended and started anew.
   */
  ready(status: string, answers: () => Promise<void>): void {
    void this.#say(['READY=1', `STATUS=${status}`]);
    if (this.#ports.watchdogMs !== undefined) void this.#live(this.#ports.watchdogMs / 2, answers);
  }

  reloading(): void {
    void this.#say(['RELOADING=1', `MONOTONIC_USEC=${this.#ports.monotonicUs()}`]);
  }

  /** Also where the new configuration was refused: it serves by the one before. */
  reloaded(): void {
    void this.#say(['READY=1']);
  }

  /** The last that is said. */
  async stopping(): Promise<void> {
    this.#isStopping = true;
    this.#cancel();
    await this.#ports.send(['STOPPING=1']);
    this.#ports.close();
  }

  /** Half of what is allowed, as sd_watchdog_enabled(3) advises. The timer shows that the loop turns. */
  async #live(everyMs: number, answers: () => Promise<void>): Promise<void> {
    await answers();
    await this.#say(['WATCHDOG=1']);
    if (this.#isStopping) return;
    this.#cancel = this.#ports.clock.after(everyMs, () => void this.#live(everyMs, answers));
  }

  /** Nothing once it stops: a reload may end after that, and whoever hands it over is closed by then. */
  async #say(variables: readonly string[]): Promise<void> {
    if (!this.#isStopping) await this.#ports.send(variables);
  }
}
