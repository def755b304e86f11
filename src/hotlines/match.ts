import type { HotlineDefinition, PbxDefinition, TrunkDefinition, WatchDefinition } from './definition.ts';

/** What is known of a channel at the instant it was created from outside or inside. */
export interface InboundChannel {
  /** Full channel name: `PJSIP/carrier-00000012`. */
  readonly channel: string;
  readonly context: string;
  readonly extension: string;
  /** As the trunk delivers it; empty when there is none. */
  readonly callerNumber: string;
}

export type Match =
  | { readonly kind: 'hotline'; readonly hotline: HotlineDefinition; readonly test: boolean }
  /** Came from outside, is for no hotline. `trunk` is the trunk's name, or the context's where no trunk is configured. */
  | { readonly kind: 'unattributed'; readonly trunk: string }
  /**
   * A hotline's number was dialled on an interface that is no configured trunk and no configured seat: a colleague's
   * phone, or a trunk that is missing from the configuration. Which of them, nothing tells.
   */
  | { readonly kind: 'unknown-origin' }
  | { readonly kind: 'inter-exchange' }
  | { readonly kind: 'internal' };

export interface Matcher {
  /**
   * Which hotline a new channel reached (norm.md section 1, "Reached"). The caller sees to it that no outbound leg
   * gets here. Two map look-ups; the hotline and inter-exchange answers are made once.
   */
  match(channel: InboundChannel): Match;
  /**
   * The hotline whose number `extension` is, for calls that are passed on inside the exchange (`transferred in`).
   * A hotline that names contexts is only found in one of them; one on trunks alone is found in any.
   */
  byNumber(context: string, extension: string): HotlineDefinition | undefined;
  /** The trunk a channel belongs to, by its interface. */
  trunkOf(channel: string): TrunkDefinition | undefined;
}

/**
 * A channel's interface: its name up to the last `-` (`PJSIP/carrier-00000012` -> `PJSIP/carrier`), both halves of a
 * Local channel alike.
 */
export function interfaceOf(channel: string): string {
  const dash = channel.lastIndexOf('-');
  return dash < 0 ? channel : channel.slice(0, dash);
}

const INTERNAL: Match = { kind: 'internal' };
const UNKNOWN_ORIGIN: Match = { kind: 'unknown-origin' };
const INTER_EXCHANGE: Match = { kind: 'inter-exchange' };

interface Entry {
  readonly hotline: HotlineDefinition;
  readonly trunks: ReadonlySet<string>;
  readonly contexts: ReadonlySet<string>;
  readonly anyTrunk: boolean;
  readonly testNumbers: ReadonlySet<string>;
  readonly normal: Match;
  readonly test: Match;
}

/** The matcher of one exchange; an exchange that is not in the definition has no hotlines: everything is internal. */
export function createMatcher(definition: WatchDefinition, pbx: string): Matcher {
  const exchange = definition.pbxs.find((candidate) => candidate.name === pbx);
  const hotlines = definition.hotlines.filter((hotline) => hotline.pbx === pbx);
  return new TableMatcher(exchange, hotlines);
}

class TableMatcher implements Matcher {
  private readonly trunks = new Map<string, TrunkDefinition>();
  private readonly unattributed = new Map<string, Match>();
  private readonly seats = new Set<string>();
  private readonly contexts = new Map<string, Match>();
  private readonly numbers = new Map<string, Entry>();

  constructor(exchange: PbxDefinition | undefined, hotlines: readonly HotlineDefinition[]) {
    for (const trunk of exchange?.trunks ?? []) {
      this.trunks.set(trunk.interface, trunk);
      this.unattributed.set(trunk.interface, { kind: 'unattributed', trunk: trunk.name });
    }
    for (const seat of exchange?.seats ?? []) this.seats.add(seat.interface);
    for (const hotline of hotlines) {
      const entry = entryOf(hotline);
      for (const number of hotline.numbers) this.numbers.set(number, entry);
      for (const context of hotline.contexts) {
        this.contexts.set(context, { kind: 'unattributed', trunk: context });
      }
    }
  }

  match({ channel, context, extension, callerNumber }: InboundChannel): Match {
    const line = interfaceOf(channel);
    const trunk = this.trunkOn(line);
    if (trunk?.interExchange === true) return INTER_EXCHANGE;
    // A configured phone, or a Local channel: made inside the exchange even where it starts in an inbound context.
    if (trunk === undefined && (this.seats.has(line) || channel.startsWith('Local/'))) return INTERNAL;
    const entry = this.numbers.get(extension);
    if (entry !== undefined && reaches(entry, trunk, context)) {
      return entry.testNumbers.has(callerNumber) ? entry.test : entry.normal;
    }
    if (trunk !== undefined) return this.unattributed.get(trunk.interface) ?? INTERNAL;
    return this.contexts.get(context) ?? (entry === undefined ? INTERNAL : UNKNOWN_ORIGIN);
  }

  byNumber(context: string, extension: string): HotlineDefinition | undefined {
    const entry = this.numbers.get(extension);
    if (entry === undefined) return undefined;
    return entry.contexts.size === 0 || entry.contexts.has(context) ? entry.hotline : undefined;
  }

  trunkOf(channel: string): TrunkDefinition | undefined {
    return this.trunkOn(interfaceOf(channel));
  }

  private trunkOn(line: string): TrunkDefinition | undefined {
    const trunk = this.trunks.get(line);
    if (trunk !== undefined) return trunk;
    // ISDN puts the number into the name (`DAHDI/i1/5551234-3`, chan_dahdi.c dahdi_new): the span is what is configured.
    const slash = line.indexOf('/', line.indexOf('/') + 1);
    return slash < 0 ? undefined : this.trunks.get(line.slice(0, slash));
  }
}

function reaches(entry: Entry, trunk: TrunkDefinition | undefined, context: string): boolean {
  if (entry.contexts.has(context)) return true;
  if (trunk === undefined) return false;
  return entry.anyTrunk || entry.trunks.has(trunk.interface);
}

function entryOf(hotline: HotlineDefinition): Entry {
  return {
    hotline,
    trunks: new Set(hotline.trunks),
    contexts: new Set(hotline.contexts),
    anyTrunk: hotline.trunks.length === 0 && hotline.contexts.length === 0,
    testNumbers: new Set(hotline.testNumbers),
    normal: { kind: 'hotline', hotline, test: false },
    test: { kind: 'hotline', hotline, test: true },
  };
}
