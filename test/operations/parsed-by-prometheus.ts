import { z } from 'zod';
import type { Selector } from '../dashboards/promql-selectors.ts';

const Answer = z.object({ data: z.unknown() });
const Node = z.looseObject({});
const VectorSelector = z.object({
  type: z.enum(['vectorSelector', 'matrixSelector']),
  name: z.string(),
  matchers: z.array(z.object({ name: z.string(), type: z.string(), value: z.string() })),
});
const Grouping = z.object({ grouping: z.array(z.string()) });
const Matching = z.object({
  matching: z.object({ labels: z.array(z.string()), include: z.array(z.string()) }),
});

/** What Prometheus's own parser sees an expression read. Throws where it refuses it. */
export async function parsedByPrometheus(
  url: string,
  expression: string,
): Promise<{ readonly selectors: readonly Selector[]; readonly labels: ReadonlySet<string> }> {
  const asked = new URLSearchParams({ query: expression });
  const answer = await fetch(`${url}/api/v1/parse_query`, { method: 'POST', body: asked });
  if (!answer.ok) throw new Error(`Prometheus refuses ${expression}: ${await answer.text()}`);
  const selectors: Selector[] = [];
  const labels = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    const parsed = Node.safeParse(node);
    if (!parsed.success) return;
    const selector = VectorSelector.safeParse(node);
    if (selector.success) selectors.push(selectorOf(selector.data));
    for (const label of Grouping.safeParse(node).data?.grouping ?? []) labels.add(label);
    const { labels: matched = [], include = [] } = Matching.safeParse(node).data?.matching ?? {};
    for (const label of [...matched, ...include]) labels.add(label);
    Object.values(parsed.data).forEach(visit);
  };
  visit(Answer.parse(await answer.json()).data);
  for (const { matchers } of selectors) for (const { label } of matchers) labels.add(label);
  return { selectors, labels };
}

const selectorOf = ({ name, matchers }: z.infer<typeof VectorSelector>): Selector => ({
  name,
  matchers: matchers
    .filter((matcher) => matcher.name !== '__name__')
    .map((matcher) => ({ label: matcher.name, operator: matcher.type, value: matcher.value })),
});
