import type { WatchDefinition } from '../hotlines/definition.ts';

/** Whoever is a test caller, or no person, is somebody's number (norm.md section 7). */
const WITHHELD = new Set(['testNumbers', 'notPersonNumbers']);

/** The settings in force, as they are kept beside the figures they made: everything of the definition but people's numbers. */
export function settingsText(definition: WatchDefinition): string {
  return JSON.stringify(definition, (key, value: unknown) => {
    if (WITHHELD.has(key)) return undefined;
    return value instanceof Map ? Object.fromEntries(value) : value;
  });
}
