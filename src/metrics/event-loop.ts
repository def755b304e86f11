import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The sampling interval itself is part of what is measured: it comes off. */
const RESOLUTION_MS = 20;

export interface EventLoopLag {
  /** How late a timer came at worst since the last question, ms. */
  worstMs(): number;
  stop(): void;
}

export function watchEventLoop(): EventLoopLag {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  return {
    worstMs: () => {
      const worstMs = Math.max(0, delays.max / 1e6 - RESOLUTION_MS);
      delays.reset();
      return worstMs;
    },
    stop: () => {
      delays.disable();
    },
  };
}
