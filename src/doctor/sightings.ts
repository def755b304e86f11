import {
  CHANNEL_UP,
  type ChannelCreated,
  type DialBegun,
  type PbxEvent,
  type Snapshot,
} from '../ami/pbx-event.ts';
import { interfaceOf } from '../hotlines/match.ts';

/** `ChannelState` 4, "Ring": what a channel is created in when somebody outside calls (channel.h AST_STATE_RING). */
const INBOUND_OFFER = 4;
/** Applications that speak to a caller and listen for keys: where they run is an attendant. */
const ATTENDANT_APPLICATIONS = new Set(['background', 'backgrounddetect', 'waitexten', 'read', 'directory']);

/** So many digits at the end tell one number of the outside from another. */
const OUTSIDE_DIGITS = 7;

/** One call that somebody placed into the exchange, from outside or from a phone: which of them is guessed later. */
export interface Sighting {
  readonly interface: string;
  readonly context: string;
  /** What was dialled: a number of ours, or, on a phone, somebody else's. */
  readonly number: string;
  /** For telling phones from trunks; never shown. */
  readonly callerNumber: string;
  /** Seen from its beginning; else found in the first list. */
  readonly whole: boolean;
  upPbxMs: number | undefined;
  /** When it first asked for a person: joined a queue or had a phone dialled. */
  askedPbxMs: number | undefined;
  /** What was dialled is dialled on to the outside: a phone (or another exchange) calls somebody. */
  goesOut: boolean;
  readonly queues: Set<string>;
  readonly menus: Set<string>;
}

/** What `init` makes its proposal of. One owner, mutated in place. */
export class Sightings {
  readonly calls = new Map<string, Sighting>();
  /** Interfaces that were dialled the way phones are. */
  readonly phones = new Set<string>();
  first: Snapshot | undefined;

  take(event: PbxEvent): void {
    switch (event.type) {
      case 'snapshot':
        this.#takeSnapshot(event);
        break;
      case 'channel-created':
        this.#takeChannel(event);
        break;
      case 'channel-state':
        if (event.state === CHANNEL_UP) this.#tell(event.uniqueid, (call) => (call.upPbxMs ??= event.pbxMs));
        break;
      case 'queue-joined':
        this.#tell(event.uniqueid, (call) => {
          call.askedPbxMs ??= event.pbxMs;
          call.queues.add(event.queue);
        });
        break;
      case 'dial-begun':
        this.#tell(event.dialler.uniqueid, (call) => {
          call.askedPbxMs ??= event.pbxMs;
          if (isDialledOn(call.number, event.dialString)) call.goesOut = true;
        });
        this.#takeDial(event);
        break;
      case 'dialplan-step':
        if (ATTENDANT_APPLICATIONS.has(event.application.toLowerCase()))
          this.#tell(event.uniqueid, (call) => call.menus.add(event.context));
        break;
      default:
        break;
    }
  }

  #tell(uniqueid: string, change: (call: Sighting) => void): void {
    const call = this.calls.get(uniqueid);
    if (call !== undefined) change(call);
  }

  #takeChannel(event: ChannelCreated): void {
    if (event.state !== INBOUND_OFFER || event.channel.startsWith('Local/')) return;
    const { channel, context, extension, callerNumber } = event;
    this.#keep(event.uniqueid, {
      interface: callerInterface(channel),
      context,
      number: extension,
      callerNumber,
      whole: true,
      goesOut: false,
      queues: new Set(),
    });
  }

  #keep(uniqueid: string, call: Omit<Sighting, 'upPbxMs' | 'askedPbxMs' | 'menus'>): void {
    if (this.calls.has(uniqueid)) return;
    this.calls.set(uniqueid, { ...call, upPbxMs: undefined, askedPbxMs: undefined, menus: new Set() });
  }

  /** `PJSIP/seat101` or `PJSIP/101/sip:101@…` rings a phone; a number before `@` or behind `/` goes out over a trunk. */
  #takeDial({ dialled, dialString }: DialBegun): void {
    const name = interfaceOf(dialled.channel);
    const endpoint = name.slice(name.indexOf('/') + 1);
    if (dialString === endpoint || dialString.startsWith(`${endpoint}/sip:`)) this.phones.add(name);
  }

  #takeSnapshot(snapshot: Snapshot): void {
    if (this.first !== undefined) return;
    this.first = snapshot;
    for (const line of snapshot.channels) {
      const { uniqueid, channel, context, callerNumber, dialledNumber } = line;
      if (dialledNumber === '' || channel.startsWith('Local/')) continue;
      const waits = snapshot.entries.filter((entry) => entry.uniqueid === uniqueid);
      this.#keep(uniqueid, {
        interface: callerInterface(channel),
        context,
        number: dialledNumber,
        callerNumber,
        whole: false,
        goesOut: line.application === 'Dial' && isDialledOn(dialledNumber, line.data),
        queues: new Set(waits.map((entry) => entry.queue)),
      });
    }
  }
}

/**
 * Whether a dial string holds what the caller dialled, a prefix for the outside line aside. Fewer digits than a
 * number of the outside has may be an extension that happens to be in it.
 */
function isDialledOn(number: string, dialString: string): boolean {
  const end = number.slice(-OUTSIDE_DIGITS);
  return end.length === OUTSIDE_DIGITS && dialString.includes(end);
}

/** An ISDN channel carries a number in its name (`DAHDI/i1/5551234-3`): the span is what a trunk is called by. */
function callerInterface(channel: string): string {
  const name = interfaceOf(channel);
  const slash = name.indexOf('/', name.indexOf('/') + 1);
  return slash < 0 ? name : name.slice(0, slash);
}
