import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { settingsHelp } from '../../src/config/help.ts';
import { referenceText, schemaText } from '../../src/config/reference.ts';
import { settingsSchema } from '../../src/config/schema.ts';
import { settingRows } from '../../src/config/setting-row.ts';

const read = (name: string): string => readFileSync(new URL(`../../config/${name}`, import.meta.url), 'utf8');

describe('what is written about settings', () => {
  it('is fresh (else: node src/config/write-reference.ts)', () => {
    expect(read('reference.md')).toBe(referenceText());
    expect(read('schema.json')).toBe(schemaText());
  });

  it('describes every setting, in the reference and in the help', () => {
    const help = settingsHelp();
    const rows = settingRows();
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter(({ description }) => description === '')).toEqual([]);
    for (const { path } of rows) expect(help).toContain(path);
  });

  it('keeps the help within a terminal', () => {
    for (const line of settingsHelp().split('\n')) expect(line.length).toBeLessThanOrEqual(130);
  });

  it('says the defaults that are in force', () => {
    const defaults = settingsSchema.parse({
      ...(parse(read('example.yaml')) as object),
      norm: {},
      http: {},
      log: {},
    });
    const rows = new Map(settingRows().map(({ path, fallback }) => [path, fallback]));
    expect(rows.get('norm.targets.auto')).toBe(String(defaults.norm.targets.auto));
    expect(rows.get('norm.shortAbandonS')).toBe(String(defaults.norm.shortAbandonS));
    expect(rows.get('http.host')).toBe(JSON.stringify(defaults.http.host));
    expect(rows.get('http.port')).toBe(String(defaults.http.port));
    expect(rows.get('log.level')).toBe(JSON.stringify(defaults.log.level));
  });
});
