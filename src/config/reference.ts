import { settingsJsonSchema } from './setting-node.ts';
import { settingRows, type SettingRow } from './setting-row.ts';

/** The text of config/reference.md. */
export function referenceText(): string {
  const rows = settingRows();
  const tops = rows.filter(({ depth }) => depth === 1);
  const sections = tops.map((top, i) => {
    const from = rows.indexOf(top);
    const next = tops[i + 1];
    return sectionText(rows.slice(from, next === undefined ? undefined : rows.indexOf(next)));
  });
  return `${INTRODUCTION}\n${sections.join('\n')}`;
}

/** The text of config/schema.json. */
export function schemaText(): string {
  return `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`;
}

const INTRODUCTION = `# Settings

Made from \`src/config/schema.ts\` by \`node src/config/write-reference.ts\`; do not edit.

A configuration is one YAML file (\`config/example.yaml\` is one, commented). Editors that know YAML schemas complete and
check it with this first line: \`# yaml-language-server: $schema=schema.json\`.
\`ringside check FILE\` tells every mistake with its line, column and path, and what would be right.

Where text is wanted, a number without quotes is taken as written: \`0215550100\` keeps its zero.

## From the environment

Any setting that is in the file or could be may come from the environment, which wins over the file:
\`RINGSIDE_\`, then the path in capitals, \`__\` for each step down and \`_\` between words.

- \`RINGSIDE_HTTP__PORT=9000\` sets \`http.port\`; \`RINGSIDE_NORM__SHORT_ABANDON_S=3\` sets \`norm.shortAbandonS\`.
- An element of a list is told by its name (in capitals, \`_\` for every other character) or by its number from 0, and must
  be in the file: \`RINGSIDE_PBXS__HQ__AMI__HOST\` or \`RINGSIDE_PBXS__0__AMI__HOST\`.
- So is an entry of a table, by its key: \`RINGSIDE_COMPANY__SHIFTS__EARLY=05:30\`.
- Values are written as in the file: \`RINGSIDE_HOTLINES__SERVICE__NUMBERS=[95598, 0215550100]\`. Where text is wanted they
  are taken letter for letter.
- A secret from the environment (\`…__AMI__SECRET\`, \`…__SECRET_FILE\`, \`…__SECRET_ENV\`) replaces the file's, whichever of
  the three ways the file uses.
- A variable with \`__\` that names no setting is a mistake. Others (\`RINGSIDE_PORT\`, as container platforms set it) are
  no settings and are left alone.

Nothing inside a value is replaced: \`\${VAR}\` is just text.
`;

function sectionText([top, ...rows]: readonly SettingRow[]): string {
  if (top === undefined) return '';
  const head = `## ${top.path}\n\n${cell(top.description)}\n`;
  const table = rows.map(
    ({ path, expected, fallback, description }) =>
      `| \`${path.slice(top.path.length + 1)}\` | ${cell(expected)} | ${cell(fallback === '' || fallback === 'required' ? fallback : `\`${fallback}\``)} | ${cell(description)} |`,
  );
  return [head, '| setting | must be | default | what it does |', '|---|---|---|---|', ...table, ''].join(
    '\n',
  );
}

/** `|` ends a cell of a table, also inside code. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
