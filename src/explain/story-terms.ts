import type { CallRecord } from '../calls/facts.ts';
import type { HotlineDefinition } from '../hotlines/definition.ts';

/** How a call began: what its first fact says, and its record again. */
export type CallBegin = Pick<
  CallRecord,
  'hotline' | 'kind' | 'hours' | 'emergency' | 'test' | 'takenUp' | 'reachedAtMs'
>;

/** The settings of a hotline that decide between outcomes, and between a miss and a call that is set aside. */
export type HotlineLimits = Pick<HotlineDefinition, 'ringOutS' | 'shortAbandonS'>;
