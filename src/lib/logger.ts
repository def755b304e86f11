import { type DestinationStream, pino, type Logger as PinoLogger } from 'pino';

/** The daemon's log: one JSON line an incident on standard output, written at once so that a crash keeps it. `destination` is for tests. */
export function createLogger(
  level: string,
  destination: DestinationStream = pino.destination({ dest: 1, sync: true }),
): PinoLogger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
