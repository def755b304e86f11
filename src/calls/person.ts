import type { PbxDefinition, TrunkDefinition } from '../hotlines/definition.ts';
import type { Channel } from './channels.ts';

/** Who stands behind a channel, for the question "did a person answer?" (norm.md section 2.1). */
export type Party = 'seat' | 'outside' | 'nobody';

/** Channel technologies that carry no person: announcers, recorders, media forks, dialplan movers. */
const MACHINES = new Set([
  'Announcer',
  'AsyncGoto',
  'AudioSocket',
  'Bridge',
  'CBAnn',
  'CBRec',
  'ExternalMedia',
  'Message',
  'Recorder',
  'Snoop',
  'Surrogate',
  'UnicastRTP',
  'WebSocket',
]);

/** The number a trunk leg dials, out of DialBegin's dial string: `carrier/4711`, `4711@carrier`, `carrier/sip:4711@host`. */
const dialledNumber = (dialString: string): string => {
  const sip = dialString.indexOf('sip:');
  const text = sip >= 0 ? dialString.slice(sip + 4) : dialString;
  const at = text.indexOf('@');
  const head = at >= 0 ? text.slice(0, at) : text;
  return head.slice(head.lastIndexOf('/') + 1);
};

const targetsOf = (dialData: string): readonly string[] => (dialData.split(',', 1)[0] ?? '').split('&');
const isOfGroup = (technology: string, line: string): boolean =>
  technology === 'DAHDI' && line.startsWith('DAHDI/');

/** Tells persons from machines and callers, by the configuration of one exchange. */
export class PartyRules {
  readonly #trunks: ReadonlyMap<string, TrunkDefinition>;
  readonly #notPersons: ReadonlySet<string>;

  constructor(pbx: PbxDefinition) {
    this.#trunks = new Map(pbx.trunks.map((trunk) => [trunk.interface, trunk]));
    this.#notPersons = new Set(pbx.notPersonNumbers);
  }

  /** A trunk's leg that the exchange dialled is a person unless configured otherwise; a trunk's own call is a caller. */
  partyOf(channel: Pick<Channel, 'isLocal' | 'inbound' | 'interface' | 'name' | 'dialString'>): Party {
    if (channel.isLocal) return 'nobody';
    const trunk = this.#trunks.get(channel.interface);
    if (trunk) {
      if (channel.inbound || !trunk.person) return 'nobody';
      return this.#notPersons.has(dialledNumber(channel.dialString)) ? 'nobody' : 'outside';
    }
    return MACHINES.has(channel.name.slice(0, Math.max(0, channel.name.indexOf('/')))) ? 'nobody' : 'seat';
  }

  /** What a leg on a trunk was given to dial outside; undefined for every other channel. */
  outsideNumber({ interface: line, inbound, dialString }: Channel): string | undefined {
    const trunk = this.#trunks.get(line);
    return trunk && !trunk.interExchange && !inbound ? dialledNumber(dialString) : undefined;
  }

  /**
   * The number that a Dial application gives to this line outside, out of what it was given (`PJSIP/4711@carrier,30`;
   * a group of DAHDI lines is told by its group); undefined where that is not one number.
   */
  numberGiven(dialData: string, line: string): string | undefined {
    const numbers = targetsOf(dialData).flatMap((target) => {
      const [technology = '', resource = '', ...rest] = target.split('/');
      const at = resource.indexOf('@');
      const endpoint = rest.length > 0 ? resource : at < 0 ? '' : resource.slice(at + 1);
      const isLine = `${technology}/${endpoint}` === line || (rest.length > 0 && isOfGroup(technology, line));
      return isLine ? [dialledNumber(target)] : [];
    });
    return numbers.length === 1 ? numbers[0] || undefined : undefined;
  }

  /** Whether the targets of a Dial application (`PJSIP/a&PJSIP/b,20,…`) can lead to a person when nothing rang at all. */
  dialsPerson(dialData: string): boolean {
    return targetsOf(dialData).some((target) => {
      if (target === '' || target.startsWith('Local/')) return false;
      const [technology = '', resource = ''] = target.split('/');
      const endpoint = resource.includes('@') ? resource.slice(resource.indexOf('@') + 1) : resource;
      const trunk = this.#trunks.get(`${technology}/${endpoint}`);
      if (!trunk) return true;
      return trunk.person && !this.#notPersons.has(dialledNumber(target));
    });
  }
}
