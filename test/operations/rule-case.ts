import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { differencesInRules } from './promtool.ts';
import { GoldenPage, type Labels } from './series-of-golden.ts';

const RULES = ['recording', 'alerts'].map((name) =>
  join(import.meta.dirname, `../../dashboards/prometheus/${name}.rules.yml`),
);
const GOLDEN = new GoldenPage();
const STEP_S = 15;

/** What a series shows, and for how many minutes; undefined: a scrape without it. */
export type Stretch = readonly [value: number | undefined, minutes: number];

/** One series and its time. */
export interface Shown {
  readonly series: string;
  readonly values: string;
}

/** Which daemon shows it; its target is up. */
export const DAEMON: Labels = { job: 'ringside', instance: 'daemon:9811' };
/** What does not change for as long as any case takes. */
export const ALWAYS = 90;

/** A series of the golden page. Throws for one that is not on it. */
export function shown(
  name: string,
  labels: Labels,
  stretches: readonly Stretch[],
  by: Labels = DAEMON,
): Shown {
  return {
    series: seriesText(name, { ...GOLDEN.series(name, labels), ...by }),
    values: valuesText(stretches),
  };
}

/** `up` is Prometheus' own. */
export function up(stretches: readonly Stretch[], of: Labels = DAEMON): Shown {
  return { series: seriesText('up', of), values: valuesText(stretches) };
}

export function seriesText(name: string, labels: Labels): string {
  const inside = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${inside.join(',')}}`;
}

/** A scrape without the series leaves a stale marker: it is gone at once, not after five minutes. */
function valuesText(stretches: readonly Stretch[]): string {
  let wasThere = false;
  return stretches
    .map(([value, minutes]) => {
      const samples = (minutes * 60) / STEP_S;
      if (!Number.isInteger(samples) || samples < 1) throw new Error(`${minutes} minutes are no steps`);
      const before = wasThere;
      wasThere = value !== undefined;
      if (value !== undefined) return `${value}x${samples - 1}`;
      if (!before) return `_x${samples}`;
      return samples === 1 ? 'stale' : `stale _x${samples - 1}`;
    })
    .join(' ');
}

/** An alert that fires, and what it says. */
export interface Told {
  readonly labels: Labels;
  readonly annotations: Labels;
}

/** What is given, and what has to come of it at some instants, by minutes. */
export interface RuleCase {
  readonly name: string;
  readonly given: readonly Shown[];
  /** Of the alert that the case is about: labels without its name, exactly. */
  readonly firing?: readonly (readonly [atMin: number, alerts: readonly Labels[]])[];
  /** Names of others that rightly fire, too; none else does. */
  readonly others?: readonly string[];
  /** All alerts of its name at an instant, word by word. */
  readonly told?: { readonly atMin: number; readonly alerts: readonly Told[] };
  /** Values of an expression, by the series it gives. */
  readonly values?: readonly {
    readonly atMin: number;
    readonly expression: string;
    readonly are: readonly (readonly [labels: Labels, value: number])[];
  }[];
  readonly externalLabels?: Labels;
}

/** Has promtool live through the cases. Resolves to what comes out differently, '' where nothing does. */
export async function liveThrough(
  promtool: string,
  alert: string,
  cases: readonly RuleCase[],
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-rules-'));
  const file = join(folder, 'cases.yml');
  writeFileSync(
    file,
    stringify(
      {
        rule_files: RULES,
        evaluation_interval: `${STEP_S}s`,
        group_eval_order: groupsInOrder(),
        tests: cases.map((one) => testOf(alert, one)),
      },
      { aliasDuplicateObjects: false, lineWidth: 0 },
    ),
  );
  const differences = await differencesInRules(promtool, file);
  rmSync(folder, { recursive: true });
  return differences;
}

/** What is recorded is there before alerts look at it: the order of the files, which promtool does not keep. */
function groupsInOrder(): readonly string[] {
  const names = /^ {2}- name: (\S+)$/gm;
  return RULES.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(names)].map(([, name = '']) => name),
  );
}

function testOf(alert: string, one: RuleCase): object {
  const isUpSaid = one.given.some(({ series }) => series.startsWith('up{'));
  return {
    name: one.name,
    interval: `${STEP_S}s`,
    external_labels: one.externalLabels ?? {},
    input_series: isUpSaid ? one.given : [up([[1, ALWAYS]]), ...one.given],
    alert_rule_test: one.told === undefined ? [] : [toldOf(alert, one.told)],
    promql_expr_test: [
      ...(one.firing ?? []).flatMap(([atMin, alerts]) => firingAt(alert, atMin, alerts, one.others ?? [])),
      ...(one.values ?? []).map(({ atMin, expression, are }) => ({
        expr: expression,
        eval_time: instant(atMin),
        exp_samples: are.map(([labels, value]) => ({ labels: seriesText('', labels), value })),
      })),
    ],
  };
}

function toldOf(alert: string, { atMin, alerts }: NonNullable<RuleCase['told']>): object {
  return {
    eval_time: instant(atMin),
    alertname: alert,
    exp_alerts: alerts.map(({ labels, annotations }) => ({
      exp_labels: labels,
      exp_annotations: annotations,
    })),
  };
}

function firingAt(
  alert: string,
  atMin: number,
  alerts: readonly Labels[],
  others: readonly string[],
): object[] {
  const about = { alertname: alert, alertstate: 'firing' };
  return [
    {
      expr: seriesText('ALERTS', about),
      eval_time: instant(atMin),
      exp_samples: alerts.map((labels) => ({
        labels: seriesText('ALERTS', { ...about, ...labels }),
        value: 1,
      })),
    },
    {
      expr: `group by (alertname) (ALERTS{alertname!="${alert}",alertstate="firing"})`,
      eval_time: instant(atMin),
      exp_samples: others.map((name) => ({ labels: `{alertname="${name}"}`, value: 1 })),
    },
  ];
}

const instant = (minutes: number): string => `${minutes * 60}s`;
