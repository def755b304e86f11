/** A count of nothing yet for each key. */
export function zeros<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  // Every key gets its zero, which the type of fromEntries cannot say.
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
}
