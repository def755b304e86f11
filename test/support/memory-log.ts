import type { Logger } from '../../src/lib/log.ts';

/** A log that a test can read. */
export class MemoryLog implements Logger {
  readonly lines: {
    readonly level: 'info' | 'warn' | 'error';
    readonly facts: object;
    readonly line: string;
  }[] = [];

  info(facts: object, line: string): void {
    this.lines.push({ level: 'info', facts, line });
  }
  warn(facts: object, line: string): void {
    this.lines.push({ level: 'warn', facts, line });
  }
  error(facts: object, line: string): void {
    this.lines.push({ level: 'error', facts, line });
  }
}
