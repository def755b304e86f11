import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runReport, type ReportOptions, type ReportPorts } from '../../src/reports/report-command.ts';
import { MADE_AT_MS, MONTH_DEFINITION, MONTH_ROSTER } from './month-facts.ts';
import { monthSources } from './some-month.ts';

const folder = await mkdtemp(join(tmpdir(), 'ringside-report-'));
afterAll(() => rm(folder, { recursive: true }));

async function run(options: Partial<ReportOptions>, ports: Partial<ReportPorts> = {}) {
  const written: string[] = [];
  const complaints: string[] = [];
  const exitCode = await runReport(
    { words: ['month', '2026-10'], format: undefined, language: undefined, out: undefined, ...options },
    {
      clock: { nowMs: () => MADE_AT_MS },
      definition: MONTH_DEFINITION,
      roster: MONTH_ROSTER,
      language: 'zh-Hans',
      sources: monthSources(),
      write: (text) => void written.push(text),
      complain: (text) => void complaints.push(text),
      ...ports,
    },
  );
  return { exitCode, written: written.join(''), complaints: complaints.join('') };
}

describe('ringside report', () => {
  it("writes the page in the configuration's language", async () => {
    const { exitCode, written } = await run({});
    expect(exitCode).toBe(0);
    expect(written).toContain('<html lang="zh-Hans">');
  });

  it('takes another format and language', async () => {
    expect((await run({ format: 'json' })).written).toMatch(/^\{\n {2}"format": "ringside-report\/1"/);
    expect((await run({ format: 'csv', language: 'es' })).written).toContain('Un agente atiende');
  });

  it('writes a file that only its owner reads, and never over another', async () => {
    const out = join(folder, 'october.html');
    expect(await run({ out })).toMatchObject({ exitCode: 0, written: `${out}\n` });
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    expect(await readFile(out, 'utf8')).toContain('</html>');
    expect(await run({ out })).toMatchObject({
      exitCode: 1,
      complaints: `${out} is there already: it is not overwritten.\n`,
    });
  });

  it.each([
    [{ words: ['month', '2026-13'] }, 'There is no month 13: 2026 has 2026-01 to 2026-12.\n'],
    [{ format: 'pdf' }, '--format is one of html, csv, json.\n'],
    [{ language: 'fr' }, '--language is one of en, zh-Hans, zh-Hant, es.\n'],
  ])('%o is a misuse, said before the journal is read', async (options, complaints) => {
    const sources = monthSources({ sums: () => Promise.reject(new Error('was read')) });
    expect(await run(options, { sources })).toEqual({ exitCode: 2, written: '', complaints });
  });

  it('says why there is no report', async () => {
    const sources = monthSources({ sums: () => Promise.reject(new Error('the journal cannot be read')) });
    expect(await run({}, { sources })).toEqual({
      exitCode: 1,
      written: '',
      complaints: 'No report: the journal cannot be read\n',
    });
  });
});
