import type { Scenario } from '../scenario.ts';
import { ATTENDANT_SCENARIOS } from './attendant.ts';
import { HOURS_SCENARIOS } from './hours.ts';
import { PEOPLE_SCENARIOS } from './people.ts';
import { QUEUE_EXIT_SCENARIOS } from './queue-exits.ts';
import { QUEUE_SCENARIOS } from './queues.ts';
import { TRANSFER_SCENARIOS } from './transfers.ts';

/** Every kind of call the daemon is held against. To add one: write it into the file it belongs to; nothing else. */
export const SCENARIOS: readonly Scenario[] = [
  ...QUEUE_SCENARIOS,
  ...QUEUE_EXIT_SCENARIOS,
  ...ATTENDANT_SCENARIOS,
  ...PEOPLE_SCENARIOS,
  ...TRANSFER_SCENARIOS,
  ...HOURS_SCENARIOS,
];
