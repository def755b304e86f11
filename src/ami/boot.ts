/** `Uptime` is whole seconds and an answer takes its time: two estimates of one boot lie this far apart at most. */
const SAME_BOOT_MS = 3_000;

/** When the exchange started, over all connections to it: uniqueids and counters only mean something within a boot. */
export class BootWatch {
  #bootedAtMs: number | undefined;
  #startup = '';

  /** Boot instant, our clock, whole seconds; undefined before the exchange has said. */
  get bootedAtMs(): number | undefined {
    return this.#bootedAtMs;
  }

  /**
   * Takes what a new connection says of the boot and answers whether it is another one than last time.
   * @param bootedAtMs from FullyBooted's Uptime; undefined where it says none.
   * @param startup date and time of CoreStatus, '' where refused. Constant over a boot, so it settles what an
   *   `Uptime` read across a clock that was set (ours or theirs) would get wrong.
   */
  observe(bootedAtMs: number | undefined, startup: string): boolean {
    const before = this.#bootedAtMs;
    const startupBefore = this.#startup;
    if (bootedAtMs !== undefined) this.#bootedAtMs = bootedAtMs;
    if (startup !== '') this.#startup = startup;
    if (startup !== '' && startupBefore !== '') return startup !== startupBefore;
    return before !== undefined && bootedAtMs !== undefined && Math.abs(bootedAtMs - before) > SAME_BOOT_MS;
  }
}
