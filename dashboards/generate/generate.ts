/** Writes the boards of dashboards/grafana anew: `npm run dashboards`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { boards, textOf } from './boards.ts';

const FOLDER = join(import.meta.dirname, '../grafana');

for (const [name, board] of Object.entries(boards()))
  writeFileSync(join(FOLDER, `${name}.json`), textOf(board));
