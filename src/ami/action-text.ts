/** Asterisk drops a line above 1,024 bytes (asterisk-facts section 4), the name and its colon included. */
const MAX_VALUE_BYTES = 900;
/** Each ends a line, or the value, on the wire. */
const LINE_BREAKERS = /[\r\n\0]/;

/** Whether a value may go to Asterisk: one that ends its own line would start an action of somebody else's. */
export function isSafeValue(value: string): boolean {
  return !LINE_BREAKERS.test(value) && Buffer.byteLength(value) <= MAX_VALUE_BYTES;
}

/** One action as it goes over the wire; undefined where a value is not safe: then nothing may be sent. */
export function actionText(
  action: string,
  actionId: string,
  headers: readonly (readonly [string, string])[] = [],
): string | undefined {
  const lines = [['Action', action], ['ActionID', actionId], ...headers];
  if (!lines.every(([, value]) => isSafeValue(value ?? ''))) return undefined;
  return `${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`;
}
