import type { Scenario } from './scenario.ts';

/** What the harness gives a scenario: numbers, extensions, names, none of them shared with another one. */
export interface Names {
  readonly key: string;
  readonly number: string;
  readonly secondNumber: string;
  readonly mailbox: string;
  readonly parkExtension: string;
  queue(name: string): string;
  /** `PJSIP/seat1011`. */
  seat(name: string): string;
  /** `seat1011`: the phone's SIP user. */
  phone(name: string): string;
  /** What a colleague dials: `1011`. */
  extension(name: string): string;
  /** Who sits there: the member's name in every queue, and the configured name of the seat. */
  agent(name: string): string;
  mobile(name: string): string;
  /** The number a caller shows. */
  caller(index: number): string;
  /** Puts names in for the `{…}` of scenario.ts. */
  fill(text: string): string;
}

/** `index` is the scenario's place in the list, from 0; at most 89 scenarios, 9 seats and 9 mobiles each. */
export function namesFor(scenario: Scenario, index: number): Names {
  const place = String(index + 10);
  const seats = Object.keys(scenario.seats ?? {});
  const mobiles = Object.keys(scenario.mobiles ?? {});
  const extension = (name: string): string => `1${place}${ordinal(seats, name, scenario)}`;
  const names: Names = {
    key: scenario.key,
    number: `40088800${place}`,
    secondNumber: `40077700${place}`,
    mailbox: `8${place}`,
    parkExtension: `7${place}0`,
    queue: (name) => (name === 'main' ? scenario.key : `${scenario.key}-${name}`),
    seat: (name) => `PJSIP/seat${extension(name)}`,
    phone: (name) => `seat${extension(name)}`,
    extension,
    agent: (name) => `Agent ${extension(name)}`,
    mobile: (name) => `1360000${place}0${ordinal(mobiles, name, scenario)}`,
    caller: (caller) => `1390000${place}0${caller}`,
    fill: (text) =>
      text.replace(
        /\{(\w+)(?::(\w+))?\}/g,
        (all, what: string, of: string) => meaning(names, what, of) ?? all,
      ),
  };
  return names;
}

function ordinal(all: readonly string[], name: string, scenario: Scenario): number {
  const at = all.indexOf(name);
  if (at < 0) throw new Error(`scenario ${scenario.key} speaks of ${name}, which it does not have`);
  return at + 1;
}

function meaning(names: Names, what: string, of: string | undefined): string | undefined {
  if (of === undefined) {
    const plain: Record<string, string> = {
      key: names.key,
      number: names.number,
      number2: names.secondNumber,
      box: names.mailbox,
      park: names.parkExtension,
      slot: `${names.parkExtension.slice(0, -1)}1`,
    };
    return plain[what];
  }
  const named: Record<string, (name: string) => string> = {
    q: names.queue,
    seat: names.seat,
    ext: names.extension,
    phone: names.phone,
    mobile: names.mobile,
  };
  return named[what]?.(of);
}
