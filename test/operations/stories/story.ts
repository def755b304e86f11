import type { RuleCase } from '../rule-case.ts';

type Lived = Omit<RuleCase, 'name'>;

/** What every alert has to be asked. Where one fires when another would be silent, its story says why. */
export interface AlertStory {
  readonly alert: string;
  /** With the exact words of one of them. */
  readonly fires: Lived & { readonly told: NonNullable<RuleCase['told']> };
  readonly justBelow: Lived;
  readonly resolves: Lived;
  readonly noCalls: Lived;
  readonly outOfHours: Lived;
  readonly blind: Lived;
  /** Series that begin only now. */
  readonly coldStart: Lived;
  /** The daemon began to count anew. */
  readonly afterReset: Lived;
  readonly more?: Readonly<Record<string, Lived>>;
}

const ASKED = [
  'fires',
  'justBelow',
  'resolves',
  'noCalls',
  'outOfHours',
  'blind',
  'coldStart',
  'afterReset',
] as const;

export const casesOf = (story: AlertStory): readonly RuleCase[] => [
  ...ASKED.map((name) => ({ name, ...story[name] })),
  ...Object.entries(story.more ?? {}).map(([name, lived]) => ({ name, ...lived })),
];

/** Where nobody says where the README is. */
export const runbook = (alert: string): string => `README.md#${alert.toLowerCase()}`;
