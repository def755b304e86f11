/**
 * Careful looks into values that may be anything: checks across settings run also where single settings are wrong,
 * so that all mistakes are told at once. What is not of the asked kind is as if it were not there.
 */
export function groupAt(value: unknown, key: string): Readonly<Record<string, unknown>> | undefined {
  const found = at(value, key);
  return isGroup(found) ? found : undefined;
}

export function listAt(value: unknown, key: string): readonly unknown[] {
  const found = at(value, key);
  return Array.isArray(found) ? (found as unknown[]) : [];
}

export function textAt(value: unknown, key: string): string | undefined {
  const found = at(value, key);
  return typeof found === 'string' ? found : undefined;
}

export function isTrueAt(value: unknown, key: string): boolean {
  return at(value, key) === true;
}

export function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(value: unknown, key: string | number): unknown {
  return isGroup(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
