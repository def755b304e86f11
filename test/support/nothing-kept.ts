import { callBackSchema } from '../../src/attempts/call-back-settings.ts';
import { numberFormSchema } from '../../src/attempts/number-settings.ts';
import { compileAccess } from '../../src/config/compile-access.ts';
import type { CompiledConfig } from '../../src/config/compile.ts';
import { accessSchema } from '../../src/config/schema-access.ts';
import { metricsSchema } from '../../src/config/schema-http.ts';
import { journalSchema } from '../../src/config/schema-journal.ts';

/** The part of a configuration that has neither journal nor roster, everything else by default. */
export const NOTHING_KEPT: Pick<
  CompiledConfig,
  | 'roster'
  | 'journal'
  | 'numbers'
  | 'callBacks'
  | 'queueLogs'
  | 'reports'
  | 'access'
  | 'floor'
  | 'moves'
  | 'metrics'
> = {
  roster: undefined,
  journal: {
    file: undefined,
    keyFile: undefined,
    keys: [],
    retention: journalSchema.parse(undefined).retention,
  },
  numbers: numberFormSchema.parse(undefined),
  callBacks: callBackSchema.parse(undefined),
  queueLogs: [],
  reports: { language: 'en', folder: undefined, languages: ['en'], formats: ['html'] },
  floor: { unstaffedMs: 30_000, awayMs: 1_200_000, pausesMs: new Map(), pauseReasons: [] },
  moves: { enabled: false, timeoutMs: 10_000 },
  access: compileAccess(accessSchema.parse(undefined), ''),
  metrics: metricsSchema.parse(undefined),
};
