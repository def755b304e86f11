import type { Channel, Channels } from '../calls/channels.ts';
import { PartyRules } from '../calls/person.ts';
import type { PbxDefinition } from '../hotlines/definition.ts';
import type { BusyLookup } from './busy-lookup.ts';

/** What must be known beside a seat's own channels to read what it does. */
export class Surroundings {
  readonly channels: Channels;
  readonly busy: BusyLookup;
  /** The channel that hangs up right now: it is still readable, and nobody talks to it any more. */
  goingId = '';
  #trunks: ReadonlySet<string>;
  #parties: PartyRules;

  constructor(pbx: PbxDefinition, channels: Channels, busy: BusyLookup) {
    this.channels = channels;
    this.busy = busy;
    this.#trunks = trunksOf(pbx);
    this.#parties = new PartyRules(pbx);
  }

  redefine(pbx: PbxDefinition): void {
    this.#trunks = trunksOf(pbx);
    this.#parties = new PartyRules(pbx);
  }

  isTrunk(channel: Channel): boolean {
    return this.#trunks.has(channel.interface);
  }

  /** Somebody to talk to: not an announcer, recorder or other machine in the bridge, and not the one that goes. */
  isCompany(end: Channel): boolean {
    if (end.uniqueid === this.goingId) return false;
    return this.isTrunk(end) || this.#parties.partyOf(end) !== 'nobody';
  }
}

const trunksOf = (pbx: PbxDefinition): ReadonlySet<string> =>
  new Set(pbx.trunks.map((trunk) => trunk.interface));
