import {
  type HotlineDefinition,
  type HoursDefinition,
  type WatchDefinition,
  WEEKDAYS,
  type Weekday,
} from '../../src/hotlines/definition.ts';
import type { Placed } from './pbx-config.ts';

export const PBX_NAME = 'asterisk';
/** Numbers of the norm's inspectors, in every scenario. */
export const TEST_NUMBERS = ['13800000001'] as const;

/** What the daemon is told about the scenarios, as the pure core sees it. */
export function definitionOf(placed: readonly Placed[]): WatchDefinition {
  return {
    hash: 'scenarios000',
    pbxs: [
      {
        name: PBX_NAME,
        trunks: [
          {
            name: 'carrier',
            interface: 'PJSIP/carrier',
            lines: undefined,
            interExchange: false,
            person: true,
          },
        ],
        queues: placed.flatMap(({ scenario, names }) =>
          Object.entries(scenario.queues ?? {}).map(([name, queue]) => ({
            name: names.queue(name),
            wrapupS: queue.wrapupS ?? 0,
            emergency: scenario.emergency === true,
          })),
        ),
        seats: placed.flatMap(({ scenario, names }) =>
          Object.keys(scenario.seats ?? {}).map((seat) => ({
            interface: names.seat(seat),
            name: agentName(names.extension(seat)),
          })),
        ),
        notPersonNumbers: [],
      },
    ],
    hotlines: placed.filter(({ scenario }) => scenario.unlisted !== true).map(hotline),
  };
}

/** How a member of a scenario's queue is called, and the seat in the definition. */
export const agentName = (extension: string): string => `Agent ${extension}`;

function hotline({ scenario, names }: Placed): HotlineDefinition {
  const named = (context: string | undefined): string[] =>
    context === undefined ? [] : [names.fill(context)];
  return {
    name: scenario.key,
    title: scenario.title,
    pbx: PBX_NAME,
    kind: scenario.kind,
    numbers: [names.number],
    trunks: ['PJSIP/carrier'],
    contexts: [],
    attendantContexts: scenario.kind === 'attendant' ? [`ivr-${scenario.key}`] : [],
    voicemailContexts: named(scenario.voicemailContext),
    callbackContexts: [],
    closedContexts: named(scenario.closedContext),
    queues: Object.keys(scenario.queues ?? {}).map(names.queue),
    emergency: scenario.emergency === true,
    emergencyContexts: [],
    hours: scenario.hours === 'closed' ? weekOf([]) : weekOf([{ fromMin: 0, untilMin: 1440 }]),
    testNumbers: TEST_NUMBERS,
    shortAbandonS: 5,
    setAsideShort: true,
    ringOutS: 20,
    serviceLevelS: 20,
    targets: { auto: 0.98, transfer: 0.85, direct: 0.9 },
  };
}

function weekOf(spans: HoursDefinition['week'][Weekday]): HoursDefinition {
  const week = Object.fromEntries(WEEKDAYS.map((day) => [day, spans]));
  return { zone: 'Asia/Shanghai', week: week as HoursDefinition['week'], exceptions: new Map(), shifts: [] };
}
