/** A matcher of a selector, as PromQL spells it. */
interface Matcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

export interface Selector {
  readonly name: string;
  readonly matchers: readonly Matcher[];
}

/** What an expression reads: its selectors, and every label it groups, matches or joins by. */
export interface Reads {
  readonly selectors: readonly Selector[];
  readonly labels: ReadonlySet<string>;
}

const TOKEN =
  /#[^\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\$\w+|[a-zA-Z_][\w:]*|\d[\w.]*|[!=~<>]=?~?|[^\s]/g;
const NAME = /^[a-zA-Z_]/;
/** A list of labels follows these. */
const LISTS = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);
const WORDS = new Set(['and', 'or', 'unless', 'bool', 'offset', 'atan2', 'inf', 'nan', 'start', 'end']);
const AGGREGATIONS = new Set(
  'sum min max avg group stddev stdvar count count_values bottomk topk quantile limitk limit_ratio'.split(
    ' ',
  ),
);

/**
 * Reads names and labels out of a PromQL expression, with Grafana's variables or without. Not a parser: whether an
 * expression is one, and whether this reads it as Prometheus does, is seen where a real Prometheus takes each apart
 * (test/operations).
 */
export function readsOf(expression: string): Reads {
  const tokens = (expression.match(TOKEN) ?? []).filter((token) => !token.startsWith('#'));
  const selectors: Selector[] = [];
  const labels = new Set<string>();
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    if (!NAME.test(token) || WORDS.has(token)) continue;
    const next = tokens[at + 1];
    if (LISTS.has(token)) {
      at = tokens.indexOf(')', at);
      for (let back = at - 1; tokens[back] !== '('; back -= 1) {
        if (NAME.test(tokens[back] ?? '')) labels.add(tokens[back] ?? '');
      }
    } else if (next === '{') {
      const end = tokens.indexOf('}', at);
      selectors.push({ name: token, matchers: matchersOf(tokens.slice(at + 2, end)) });
      at = end;
    } else if (next !== '(' && !AGGREGATIONS.has(token)) {
      selectors.push({ name: token, matchers: [] });
    }
  }
  for (const { matchers } of selectors) for (const { label } of matchers) labels.add(label);
  return { selectors, labels };
}

function matchersOf(tokens: readonly string[]): Matcher[] {
  const matchers: Matcher[] = [];
  for (let at = 0; at + 2 < tokens.length; at += 4) {
    const [label = '', operator = '', quoted = ''] = tokens.slice(at, at + 3);
    matchers.push({ label, operator, value: quoted.slice(1, -1) });
  }
  return matchers;
}
