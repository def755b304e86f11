/** What a person chose on a board, and how fine Grafana draws it. */
export interface Asked {
  /** Grafana's steps; a panel may ask for longer ones. */
  readonly stepS: number;
  readonly rangeS: number;
  readonly window: string;
}

const SCRAPE_S = 15;

/**
 * An expression as Grafana sends it to Prometheus with All chosen everywhere: a variable with a value for All is that
 * value, in a regular expression, and any other the values it has; there is one job. `$__rate_interval` as its
 * documentation has it: max(step + scrape, 4 x scrape).
 */
export function asGrafanaAsks(expr: string, { stepS, rangeS, window }: Asked): string {
  const values: Readonly<Record<string, string>> = {
    job: 'ringside',
    pbx: '.*',
    hotline: '.*',
    queue: '.*',
    window,
    __interval: `${stepS}s`,
    __range: `${rangeS}s`,
    __rate_interval: `${Math.max(stepS + SCRAPE_S, 4 * SCRAPE_S)}s`,
  };
  return expr.replaceAll(/\$(\w+)/g, (text, name: string) => values[name] ?? text);
}
