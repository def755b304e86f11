import { capitals } from './environment.ts';
import { expectationOf, rootNode, type SettingNode } from './setting-node.ts';

/** One setting as documentation shows it. */
export interface SettingRow {
  /** `pbxs[].ami.port`; a table's own names are `NAME`. */
  readonly path: string;
  /** Steps down from the top: 1 for `http`, 2 for `http.port`. */
  readonly depth: number;
  readonly expected: string;
  /** As YAML writes it; `required` or empty where there is none. */
  readonly fallback: string;
  readonly description: string;
  /** The variable that sets it; empty for groups, lists of groups and tables. */
  readonly variable: string;
  readonly isGroup: boolean;
}

/** Every setting, in the order of the schema, groups before what is in them. */
export function settingRows(): readonly SettingRow[] {
  return rowsIn(rootNode, '', 'RINGSIDE_', 1);
}

function rowsIn(
  group: SettingNode,
  prefix: string,
  variablePrefix: string,
  depth: number,
): readonly SettingRow[] {
  return Object.entries(group.properties ?? {}).flatMap(([name, node]) => {
    const required = group.required?.includes(name) === true;
    const element = node.items?.properties === undefined ? undefined : node.items;
    const path = `${prefix}${name}${element === undefined ? '' : '[]'}`;
    const variable = `${variablePrefix}${capitals(name)}${element === undefined ? '' : '__NAME'}`;
    const inside = element ?? node;
    const isGroup = inside.properties !== undefined;
    const isTable = typeof node.additionalProperties === 'object';
    const row: SettingRow = {
      path,
      depth,
      expected: element === undefined ? expectationOf(node) : 'a list of groups',
      fallback: required ? 'required' : isGroup && element === undefined ? '' : fallbackText(node),
      description: node.description ?? '',
      variable: isGroup || isTable ? '' : variable,
      isGroup,
    };
    return [row, ...rowsIn(inside, `${path}.`, `${variable}__`, depth + 1)];
  });
}

function fallbackText(node: SettingNode): string {
  return node.default === undefined ? '' : JSON.stringify(node.default);
}
