import * as z from 'zod';
import { settingsSchema } from './schema.ts';

/** What the JSON Schema says of one setting: all that messages, help and the reading of text values need. */
export interface SettingNode {
  readonly type?: string;
  readonly description?: string;
  readonly expected?: string;
  readonly secret?: boolean;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SettingNode>>;
  readonly items?: SettingNode;
  readonly additionalProperties?: SettingNode | boolean;
  readonly anyOf?: readonly SettingNode[];
}

export type SettingPath = readonly (string | number)[];

/** The JSON Schema of the configuration file (2020-12), as editors use it. */
export function settingsJsonSchema(): Record<string, unknown> {
  return { title: 'Ringside configuration', ...z.toJSONSchema(settingsSchema, { io: 'input' }) };
}

/** The tree of all settings. */
// zod's type of a JSON Schema is wider than what our declarations can become; the reference test walks all of it.
export const rootNode = settingsJsonSchema() as SettingNode;

/** The declaration behind a path; undefined where the path is no setting. */
export function nodeAt(path: SettingPath): SettingNode | undefined {
  let node: SettingNode | undefined = rootNode;
  for (const step of path) node = node === undefined ? undefined : childOf(node, step);
  return node;
}

/** One step down: a setting of a group, an element of a list, a value of a table. */
export function childOf(node: SettingNode, step: string | number): SettingNode | undefined {
  if (node.anyOf !== undefined) {
    for (const choice of node.anyOf) {
      const child = childOf(choice, step);
      if (child !== undefined) return child;
    }
    return undefined;
  }
  if (node.items !== undefined) return typeof step === 'number' ? node.items : undefined;
  if (Object.hasOwn(node.properties ?? {}, step)) return node.properties?.[step];
  return typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
}

/** What would be right, to follow "must be". */
export function expectationOf(node: SettingNode): string {
  if (node.expected !== undefined) return node.expected;
  if (node.enum !== undefined) return `one of ${node.enum.join(', ')}`;
  if (node.type === 'boolean') return 'true or false';
  if (node.type === 'array') return 'a list';
  if (node.properties !== undefined) return 'a group of settings';
  if (node.type === 'object') return 'a table of names and values';
  return node.type === 'integer' || node.type === 'number' ? 'a number' : 'text';
}

/** Whether only text is right here, so that `0215550100` without quotes is those ten characters and no number. */
export function wantsText(node: SettingNode): boolean {
  if (node.anyOf !== undefined) return node.anyOf.some(wantsText);
  return node.type === 'string';
}

/** A path as the key of a map. */
export function pathKey(path: SettingPath): string {
  return path.join('\u0000');
}
