import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const DASHBOARDS = join(import.meta.dirname, '../../dashboards');

const Rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string().optional(),
          for: z.string().optional(),
          keep_firing_for: z.string().optional(),
          labels: z.record(z.string(), z.string()).optional(),
        }),
      ),
    }),
  ),
});
const Routes = z.object({
  route: z.object({
    routes: z.array(z.object({ matchers: z.array(z.string()), group_wait: z.string().optional() })),
  }),
});

/** Seconds from the instant at which it is so, and at which it is so no more, to the message. */
export interface Promised {
  readonly firingAfterS: number;
  readonly resolvedAfterS: number;
}

/** What the rules and the example of an Alertmanager promise of a page, scrapes and looks at the rules apart. */
export function promisedOf(alert: string): Promised {
  const { groups } = Rules.parse(read('prometheus/alerts.rules.yml'));
  const rule = groups
    .flatMap(({ rules }) => rules)
    .find((one) => one.alert === alert && one.labels?.['severity'] === 'page');
  const { route } = Routes.parse(read('alertmanager/alertmanager.yml'));
  const page = route.routes.find(({ matchers }) => matchers.includes('severity="page"'));
  if (rule === undefined || page === undefined) throw new Error(`nothing is promised of ${alert}`);
  return {
    firingAfterS: secondsOf(rule.for) + secondsOf(page.group_wait),
    resolvedAfterS: secondsOf(rule.keep_firing_for),
  };
}

const read = (name: string): unknown => parse(readFileSync(join(DASHBOARDS, name), 'utf8'));

/** `30s`, `3m`; nothing is at once. */
function secondsOf(duration = '0s'): number {
  const [, count, unit] = /^(\d+)([sm])$/.exec(duration) ?? [];
  if (count === undefined) throw new Error(`not a duration of this file: ${duration}`);
  return Number(count) * (unit === 'm' ? 60 : 1);
}
