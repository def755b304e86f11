import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const FOLDER = join(import.meta.dirname, '../../dashboards/prometheus');

const Rules = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.object({
          record: z.string().optional(),
          alert: z.string().optional(),
          expr: z.coerce.string(),
          labels: z.record(z.string(), z.string()).default({}),
          annotations: z.record(z.string(), z.string()).default({}),
          for: z.string().optional(),
          keep_firing_for: z.string().optional(),
        }),
      ),
    }),
  ),
});

export type Rule = z.infer<typeof Rules>['groups'][number]['rules'][number];

/** Every recording and alert rule of dashboards/prometheus. */
export const readRules = (): readonly Rule[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.rules.yml'))
    .flatMap((file) => Rules.parse(parse(readFileSync(join(FOLDER, file), 'utf8'))).groups)
    .flatMap(({ rules }) => rules);
