import { join } from 'node:path';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import { readTrace } from '../traces/replay.ts';

const TRACES = join(import.meta.dirname, '../traces');

/** Recordings that between them have every kind of event: what the inputs are made of. */
export const SCENARIOS = [
  'queue-answered',
  'queue-overflow',
  'queue-held',
  'timeout-message',
  'attended-to-seat',
  'blind-to-queue',
  'parked-given-up',
  'picked-up',
  'queue-spied',
  'blocked-busy',
  'people-voicemail',
  'leave-empty',
] as const;

export function traceOf(scenario: (typeof SCENARIOS)[number]): Buffer {
  return readTrace(join(TRACES, `${scenario}.ami`)).bytes;
}

/** One exchange with the lines, queues and seats of all of them. */
export function scenariosWatched(): WatchDefinition {
  const all = SCENARIOS.map((scenario) => readTrace(join(TRACES, `${scenario}.ami`)).definition);
  const pbxs = all.flatMap((one) => one.pbxs);
  const [pbx] = pbxs;
  if (pbx === undefined) throw new Error('recordings without an exchange');
  return {
    hash: 'scenarios',
    pbxs: [
      { ...pbx, queues: pbxs.flatMap(({ queues }) => queues), seats: pbxs.flatMap(({ seats }) => seats) },
    ],
    hotlines: all.flatMap(({ hotlines }) => hotlines),
  };
}
