import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const PACKAGE = z.object({ scripts: z.object({ start: z.string() }) });

/** The words for node itself with which `npm start` starts the program. */
export const NODE_WORDS: readonly string[] = PACKAGE.parse(
  JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')),
)
  .scripts.start.split(' ')
  .slice(1, -1);
