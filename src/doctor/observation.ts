import type { LinkFault, LinkStatus } from '../ami/connection.ts';
import type { Snapshot } from '../ami/pbx-event.ts';
import type { RightsVerdict } from '../ami/rights.ts';
import type { Traffic } from './traffic.ts';

/** The login as the configuration has it, without its secret. */
export interface WireObservation {
  readonly pbx: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly tls: 'none' | 'checked' | 'unchecked';
}

/** The second login, for seat moves: what it may do, or why it could not be asked. */
export interface ActingObservation {
  readonly user: string;
  readonly fault: LinkFault | undefined;
  readonly rights: RightsVerdict | undefined;
}

/** Everything seen of one exchange in one watch: what the findings are made from. */
export interface ExchangeObservation {
  readonly wire: WireObservation;
  /** As it stood at the end of the watch. */
  readonly link: LinkStatus;
  /** What ended the watch before its time; undefined where nothing did. */
  readonly fault: LinkFault | undefined;
  /** From the first picture to the end of the watch, ms; undefined where there was none. */
  readonly watchedMs: number | undefined;
  readonly rights: RightsVerdict | undefined;
  /** Events by Asterisk's name: those the core knows, and those it does not. */
  readonly known: ReadonlyMap<string, number>;
  readonly unknown: ReadonlyMap<string, number>;
  readonly traffic: Traffic;
  readonly first: Snapshot | undefined;
  /** A second picture, taken when the watch was over; undefined where it was cut short. */
  readonly last: Snapshot | undefined;
  /** Undefined where no acting login is configured. */
  readonly acting: ActingObservation | undefined;
}
