import type { WatchDefinition } from '../hotlines/definition.ts';

/** What a recording keeps as it is, because the configuration of the replay names it. */
export interface KeptWords {
  /** Digits only, of 5 and more. */
  readonly numbers: ReadonlySet<string>;
  /** Names of queues, seats, contexts, trunks and hotlines. */
  readonly words: ReadonlySet<string>;
}

/** Everything one exchange's part of the definition names: published numbers, test numbers, queues, seats, contexts. */
export function keptWords(definition: WatchDefinition, pbx: string): KeptWords {
  const named = [
    ...definition.pbxs.filter(({ name }) => name === pbx).flatMap(namesOfPbx),
    ...definition.hotlines.filter((hotline) => hotline.pbx === pbx).flatMap(namesOfHotline),
  ];
  // `PJSIP/seat101` is also the peer `seat101`.
  const words = new Set(named.flatMap((name) => [name, name.slice(name.indexOf('/') + 1)]));
  const numbers = new Set(named.flatMap((name) => name.match(/\d{5,}/g) ?? []));
  return { numbers, words };
}

function namesOfPbx(pbx: WatchDefinition['pbxs'][number]): readonly string[] {
  return [
    ...pbx.trunks.flatMap((trunk) => [trunk.name, trunk.interface]),
    ...pbx.queues.map(({ name }) => name),
    ...pbx.seats.flatMap((seat) => [seat.interface, seat.name]),
    ...pbx.notPersonNumbers,
  ];
}

function namesOfHotline(hotline: WatchDefinition['hotlines'][number]): readonly string[] {
  return [
    hotline.name,
    ...hotline.numbers,
    ...hotline.testNumbers,
    ...hotline.trunks,
    ...hotline.queues,
    ...hotline.contexts,
    ...hotline.attendantContexts,
    ...hotline.voicemailContexts,
    ...hotline.callbackContexts,
    ...hotline.closedContexts,
    ...hotline.emergencyContexts,
  ];
}
