import type { Channel } from './channel.ts';
import { STATE } from './channel.ts';
import type { Exchange } from './exchange.ts';
import { PARKING_LOT } from './parking-lot.ts';

/** What one party of a call did from one change of its company to the next. */
interface Stretch {
  readonly fromMs: number;
  untilMs: number;
  /** Name of the channel it was with; empty for nobody. */
  company: string;
  application: string;
  data: string;
}

/**
 * `cdr_manager` of the practice exchange: when whoever ran the dialplan hangs up, one Cdr for each stretch of its call,
 * where it was ever answered (cdr.conf `unanswered=no`). They come from a thread of their own (asterisk-facts 1.17), and
 * only a login that reads the class `cdr` is told.
 */
export class CallRecords {
  readonly #exchange: Exchange;
  readonly #stretches = new Map<Channel, Stretch[]>();

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    exchange.onStep = (channel, what) => {
      if (what === 'enters') this.#entered(channel);
      else if (channel.runsDialplan) this.#endStretch(channel);
      if (what === 'goes') this.#tellAll(channel);
    };
  }

  /** What had not been told is lost. */
  reboot(): void {
    this.#stretches.clear();
  }

  /** Of two who both ran the dialplan the older is the one whose record tells of both (cdr.c, party A). */
  #entered(channel: Channel): void {
    const { bridge } = channel;
    if (!bridge) return;
    if (bridge.type === 'parking') {
      Object.assign(this.#openStretch(channel), { application: 'Park', data: PARKING_LOT });
      return;
    }
    const [first, ...others] = [...bridge.members].filter((one) => one.runsDialplan).toSorted(byAge);
    if (!first) return;
    for (const other of others) this.#endStretch(other);
    const company = [...bridge.members].find((one) => one !== first);
    const stretch = this.#openStretch(first);
    Object.assign(stretch, { application: first.application, data: first.data });
    if (company) stretch.company = company.name;
  }

  #openStretch(channel: Channel): Stretch {
    const stretches = this.#stretches.get(channel) ?? [];
    this.#stretches.set(channel, stretches);
    const last = stretches.at(-1);
    if (last && last.untilMs === Infinity) return last;
    const { application, data } = channel;
    const fromMs = last?.untilMs ?? channel.createdMs;
    const stretch: Stretch = { fromMs, untilMs: Infinity, company: '', application, data };
    stretches.push(stretch);
    return stretch;
  }

  #endStretch(channel: Channel): void {
    this.#openStretch(channel).untilMs = this.#exchange.clockMs;
  }

  #tellAll(channel: Channel): void {
    const stretches = this.#stretches.get(channel) ?? [];
    this.#stretches.delete(channel);
    if (channel.state !== STATE.up) return;
    for (const stretch of stretches) if (stretch.untilMs > stretch.fromMs) this.#tell(channel, stretch);
  }

  #tell(channel: Channel, stretch: Stretch): void {
    const seconds = Math.floor((stretch.untilMs - stretch.fromMs) / 1000);
    this.#exchange.emit('cdr', 'Cdr', [
      ['AccountCode', ''],
      ['Source', channel.callerNumber],
      ['Destination', channel.extension],
      ['DestinationContext', channel.context],
      ['CallerID', `"${channel.callerName}" <${channel.callerNumber}>`],
      ['Channel', channel.name],
      ['DestinationChannel', stretch.company],
      ['LastApplication', stretch.application],
      ['LastData', stretch.data],
      ['StartTime', dateText(stretch.fromMs)],
      ['AnswerTime', dateText(stretch.fromMs)],
      ['EndTime', dateText(stretch.untilMs)],
      ['Duration', seconds],
      ['BillableSeconds', seconds],
      ['Disposition', 'ANSWERED'],
      ['AMAFlags', 'DOCUMENTATION'],
      ['UniqueID', channel.uniqueid],
      ['UserField', ''],
    ]);
  }
}

const byAge = (one: Channel, other: Channel): number => one.createdMs - other.createdMs;

/** `2026-11-21 20:59:01`; the practice exchange's machine keeps UTC. */
const dateText = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
