import { maskDigitRuns } from '../lib/mask.ts';
import type { PbxDefinition, WatchDefinition } from './definition.ts';

/** Stands for every trunk that is not configured: names out of channels must not be kept without bound. */
export const OTHER_TRUNK = 'other';

/** What a trunk is called in figures: its configured name, digits that may be a number masked. */
export class TrunkNames {
  readonly #names = new Map<string, string>();

  constructor({ pbxs }: WatchDefinition) {
    for (const pbx of pbxs) {
      for (const { name, interface: channels } of pbx.trunks) {
        this.#names.set(pairOf(pbx.name, channels), name);
        this.#names.set(pairOf(pbx.name, name), name);
      }
    }
  }

  of(pbx: string, trunk: string): string {
    return maskDigitRuns(this.#names.get(pairOf(pbx, trunk)) ?? OTHER_TRUNK);
  }
}

/** Every name there is on an exchange. */
export function trunkNamesOf({ trunks }: PbxDefinition): readonly string[] {
  return [...trunks.map(({ name }) => maskDigitRuns(name)), OTHER_TRUNK];
}

const pairOf = (pbx: string, name: string): string => `${pbx}\0${name}`;
