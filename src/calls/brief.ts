/** Without what says nothing: reading it fills that in again. */
export function brief<Said extends object>(said: Said): Said {
  const kept: Partial<Said> = {};
  // The properties of a literal of ours: made for every open call with every batch.
  for (const key in said) if (says(said[key])) kept[key] = said[key];
  return kept as Said;
}

const says = (value: unknown): boolean =>
  value !== undefined &&
  value !== false &&
  value !== '' &&
  value !== 0 &&
  !(Array.isArray(value) && value.length === 0);
