/** Whether two values would be the same JSON text, whatever the order of their fields. What is shared costs nothing. */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isObject(one) || !isObject(other)) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((value, index) => isSameValue(value, other[index]));
  }
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => Object.hasOwn(other, name) && isSameValue(one[name], other[name]));
}

/** What says the same keeps its identity: whoever reads it sees by that alone that nothing changed. */
export function keepSame<Value extends object>(previous: Value | undefined, next: Value): Value {
  return previous !== undefined && isSameValue(previous, next) ? previous : Object.freeze(next);
}

/** The same for lists of rows that are kept themselves: only whether they are the same rows is looked at. */
export function keepRows<R>(previous: readonly R[] | undefined, next: readonly R[]): readonly R[] {
  const areSame =
    previous?.length === next.length && next.every((row, index) => Object.is(row, previous[index]));
  return areSame && previous !== undefined ? previous : Object.freeze(next);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
