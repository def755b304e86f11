import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { BOARD_NAMES, textOfBoard } from './grafana-boards.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'ringside-grafana-'));
symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A board as JSON has it, its panels and variables still unread. */
const Board = z.looseObject({
  annotations: z.object({ list: z.array(z.looseObject({})) }),
  panels: z.array(
    z.looseObject({
      type: z.string(),
      options: z.unknown().optional(),
      fieldConfig: z.looseObject({ defaults: z.looseObject({ custom: z.unknown().optional() }) }).optional(),
    }),
  ),
});

/** An annotation holds fields of the Prometheus plugin, which has no types in the package. */
const OF_THE_DATA_SOURCE = new Set(['expr', 'step', 'titleFormat', 'textFormat']);

/** Kinds of panels as Grafana's schema calls their files. */
const KINDS = {
  timeseries: 'TimeSeries',
  stat: 'Stat',
  table: 'Table',
  heatmap: 'Heatmap',
  statetimeline: 'StateTimeline',
  bargauge: 'BarGauge',
} as const;
const kindOf = (type: string): string => type.replace('-', '');
/** Enumerations of a package are types of their own there; in JSON they are their values. */
const HEAD = `
type Plain<T> =
  T extends string ? \`\${T}\`
  : T extends number ? (number extends T ? number : \`\${T}\` extends \`\${infer N extends number}\` ? N : never)
  : T extends readonly (infer U)[] ? Plain<U>[]
  : T extends object ? { [K in keyof T]: Plain<T[K]> }
  : T;
import type * as dashboard from '@grafana/schema/dist/esm/raw/dashboard/x/Dashboard_types.gen';
${Object.entries(KINDS)
  .map(
    ([kind, name]) =>
      `import type * as ${kind} from '@grafana/schema/dist/esm/raw/composable/${kind}/panelcfg/x/${name}PanelCfg_types.gen';`,
  )
  .join('\n')}
`;

/** TypeScript that compiles only where the board, every panel and every panel's own options are as Grafana's types say. */
function programOf(name: string): string {
  const board = Board.parse(JSON.parse(textOfBoard(name)));
  const { panels, annotations, ...others } = board;
  const list = annotations.list.map((annotation) =>
    Object.fromEntries(Object.entries(annotation).filter(([field]) => !OF_THE_DATA_SOURCE.has(field))),
  );
  const statements = [
    `(${JSON.stringify({ ...others, annotations: { list } })}) satisfies Plain<dashboard.Dashboard>;`,
  ];
  for (const panel of panels) {
    const kind = kindOf(panel.type);
    if (kind === 'row') {
      statements.push(`(${JSON.stringify(panel)}) satisfies Plain<dashboard.RowPanel>;`);
      continue;
    }
    statements.push(`(${JSON.stringify(panel)}) satisfies Plain<dashboard.Panel>;`);
    // A plugin fills in what is left out.
    statements.push(`(${JSON.stringify(panel.options)}) satisfies Partial<Plain<${kind}.Options>>;`);
    const custom = panel.fieldConfig?.defaults.custom;
    if (custom !== undefined)
      statements.push(`(${JSON.stringify(custom)}) satisfies Partial<Plain<${kind}.FieldConfig>>;`);
  }
  return `${HEAD}\n${statements.join('\n')}\n`;
}

/** The compiler's complaints; none where all fits. */
async function complaintsOf(files: readonly string[]): Promise<string> {
  const config = {
    compilerOptions: {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      module: 'esnext',
      moduleResolution: 'bundler',
      target: 'es2024',
      types: [],
    },
    files,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  try {
    await promisify(execFile)(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder]);
    return '';
  } catch (error) {
    return z.object({ stdout: z.string() }).parse(error).stdout;
  }
}

/**
 * Against the types that Grafana itself is built with. They say nothing of expressions (test/operations runs those), of
 * what transformations and overrides hold, of legends, nor whether a unit or a colour is one.
 */
it("is as Grafana's own types have it, in every field they know", async () => {
  for (const name of BOARD_NAMES) writeFileSync(join(folder, `${name}.ts`), programOf(name));
  expect(await complaintsOf(BOARD_NAMES.map((name) => `${name}.ts`))).toBe('');
});

it('would see a field that Grafana does not know, and a value that is none of a field', async () => {
  const [first = ''] = programOf('floor').split('\n(');
  writeFileSync(
    join(folder, 'wrong.ts'),
    `${first}
({ schemaVersion: 42, panles: [] }) satisfies Plain<dashboard.Dashboard>;
({ drawStyle: 'lines' }) satisfies Partial<Plain<timeseries.FieldConfig>>;`,
  );
  const complaints = await complaintsOf(['wrong.ts']);
  expect(complaints).toContain("'panles' does not exist");
  expect(complaints).toContain('"lines"');
});
