import type * as z from 'zod';
import { error, type Finding } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { settingsSchema, type Settings } from './schema.ts';
import { expectationOf, nodeAt, rootNode, type SettingNode, type SettingPath } from './setting-node.ts';

export interface FormCheck {
  /** Undefined where there are findings. */
  readonly settings: Settings | undefined;
  readonly findings: readonly Finding[];
}

/** Every setting on its own: known, there, and of the right form. */
export function checkForm(value: unknown): FormCheck {
  const result = settingsSchema.safeParse(value);
  if (result.success) return { settings: result.data, findings: [] };
  return { settings: undefined, findings: result.error.issues.flatMap((issue) => findingsOf(issue, value)) };
}

/** zod says where; the words are ours, and never hold what was written there unless it is a number or a choice. */
function findingsOf(issue: z.core.$ZodIssue, value: unknown): readonly Finding[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(nodeAt(path)?.properties ?? {});
    return issue.keys.map((key) => unknownSetting(path, key, known));
  }
  if (issue.code === 'custom') return [error(path, issue.message)];
  const node = nodeAt(path) ?? rootNode;
  const found = valueAt(value, path);
  if (found === undefined) return [error(path, `is missing: must be ${expectationOf(node)}`)];
  return [error(path, `must be ${expectationOf(node)}${shown(found, node)}`)];
}

function unknownSetting(path: SettingPath, key: string, known: readonly string[]): Finding {
  const hint = didYouMean(key, known) || `: known here are ${known.join(', ')}`;
  return { ...error([...path, key], `is no setting${hint}`), atKey: true };
}

const LONGEST_SHOWN = 20;

function shown(found: unknown, node: SettingNode): string {
  if (node.secret === true) return '';
  if (found === null) return ', is empty';
  if (typeof found === 'number' || typeof found === 'boolean') return `, is ${String(found)}`;
  const isChoice = typeof found === 'string' && node.enum !== undefined && found.length <= LONGEST_SHOWN;
  return isChoice ? `, is ${found}${didYouMean(found, node.enum ?? [])}` : '';
}

function valueAt(value: unknown, path: SettingPath): unknown {
  let found = value;
  for (const step of path) found = (found as Record<string | number, unknown> | null | undefined)?.[step];
  return found;
}
