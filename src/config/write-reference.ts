import { writeFile } from 'node:fs/promises';
import { referenceText, schemaText } from './reference.ts';

/** Run by hand after a change of the schema; a test fails while the files are stale. */
const folder = new URL('../../config/', import.meta.url);
await writeFile(new URL('reference.md', folder), referenceText());
await writeFile(new URL('schema.json', folder), schemaText());
