/**
 * Where a line for the operator goes; pino fits. `facts` are searchable, `line` is a sentence. Never a caller's
 * number, never a secret (norm section 7), and one line an incident, not an event.
 */
export interface Logger {
  info(facts: object, line: string): void;
  warn(facts: object, line: string): void;
  error(facts: object, line: string): void;
}
