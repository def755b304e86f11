import type { HotlineDefinition, PbxDefinition, WatchDefinition } from '../hotlines/definition.ts';

/** Member names that are interfaces themselves: a phone's, not a Local channel's. */
const PHONE = /^(?!Local\/)[A-Z][A-Za-z0-9]*\/\S+$/;

/** What the names in the log of one exchange mean. */
export class LogTerms {
  readonly pbx: string;
  /** The exchange's clock minus ours, ms. */
  readonly aheadMs: number;
  readonly #exchange: PbxDefinition | undefined;
  readonly #hotlines: ReadonlyMap<string, HotlineDefinition>;
  readonly #users = new Map<string, HotlineDefinition[]>();
  readonly #seats = new Map<string, string>();

  /** @param seats member names as they were seen live, each with its seat. */
  constructor(
    definition: WatchDefinition,
    pbx: string,
    said: { readonly aheadMs: number; readonly seats: ReadonlyMap<string, string> },
  ) {
    this.pbx = pbx;
    this.aheadMs = said.aheadMs;
    this.#exchange = definition.pbxs.find(({ name }) => name === pbx);
    const hotlines = definition.hotlines.filter((hotline) => hotline.pbx === pbx);
    this.#hotlines = new Map(hotlines.map((hotline) => [hotline.name, hotline]));
    for (const hotline of hotlines) {
      for (const queue of hotline.queues) this.#users.set(queue, [...this.usersOf(queue), hotline]);
    }
    for (const seat of this.#exchange?.seats ?? []) {
      this.#seats.set(seat.interface, seat.interface);
      this.#seats.set(seat.name, seat.interface);
    }
    for (const [agent, seat] of said.seats) this.#seats.set(agent, seat);
  }

  hotline(name: string): HotlineDefinition | undefined {
    return this.#hotlines.get(name);
  }
  /** The hotlines whose callers wait in a queue. */
  usersOf(queue: string): readonly HotlineDefinition[] {
    return this.#users.get(queue) ?? [];
  }
  isEmergencyQueue(queue: string): boolean {
    return this.#exchange?.queues.some(({ name, emergency }) => emergency && name === queue) ?? false;
  }
  /** '' where nothing tells which phone a member name belongs to. */
  seatOf(agent: string): string {
    return this.#seats.get(agent) ?? (PHONE.test(agent) ? agent : '');
  }
  /** Whether it was a person who answered under this name: where some trunks lead to none, only of a known seat is that known. */
  isPerson(agent: string): boolean {
    if (this.seatOf(agent) !== '') return true;
    const { trunks = [], notPersonNumbers = [] } = this.#exchange ?? {};
    return notPersonNumbers.length === 0 && trunks.every(({ person }) => person);
  }
  /** Calls of colleagues on another exchange come on a trunk too: which calls did, the log does not say. */
  get hasInterExchange(): boolean {
    return this.#exchange?.trunks.some(({ interExchange }) => interExchange) ?? false;
  }
}
