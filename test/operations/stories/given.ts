import type { Labels } from '../series-of-golden.ts';
import { ALWAYS, shown, type RuleCase, type Shown, type Stretch } from '../rule-case.ts';
import { runbook } from './story.ts';

/** Of the exchange, hotline or queue that the golden page has. */
export const series = (name: string, stretches: readonly Stretch[], labels: Labels = {}): Shown =>
  shown(name, labels, stretches);

export const open = (isOpen: number): Shown => series('ringside_hotline_open', [[isOpen, ALWAYS]]);
export const BLIND = series('ringside_blind', [[1, ALWAYS]]);
export const NORTH: Labels = { job: 'ringside', pbx: 'north' };

/** One alert, word by word. */
export const told = (
  alert: string,
  atMin: number,
  labels: Labels,
  summary: string,
  description: string,
): NonNullable<RuleCase['told']> => ({
  atMin,
  alerts: [{ labels, annotations: { summary, description, runbook_url: runbook(alert) } }],
});
