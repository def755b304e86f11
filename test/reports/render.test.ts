import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportJsonSchema } from '../../src/reports/report-document.ts';
import { csvText } from '../../src/reports/csv-text.ts';
import { renderReport } from '../../src/reports/report-text.ts';
import { formulaText } from '../../src/reports/html-targets.ts';
import { LANGUAGES } from '../../src/lib/languages.ts';
import { ReportWords } from '../../src/reports/report-words.ts';
import { keptSources } from './kept-sources.ts';
import { someDocument } from './some-report.ts';

const GOLDEN = join(import.meta.dirname, '../golden/reports');
await mkdir(GOLDEN, { recursive: true });

/** `vitest -u` writes them anew: what changes in a report is a reviewed diff. */
describe('the small month as it was reviewed', () => {
  it.each(
    LANGUAGES.flatMap(
      (language) =>
        [
          [language, 'html'],
          [language, 'csv'],
        ] as const,
    ),
  )('%s, %s', async (language, format) => {
    const text = renderReport(await someDocument('month', '2026-10'), format, language);
    await expect(text).toMatchFileSnapshot(join(GOLDEN, `month.${language}.${format}`));
  });

  it('a shift, with its hand-over', async () => {
    const document = await someDocument('shift', '2026-10-21 early', { hasRoster: true });
    await expect(renderReport(document, 'html', 'zh-Hans')).toMatchFileSnapshot(
      join(GOLDEN, 'shift.zh-Hans.html'),
    );
  });

  it('json, which has no language', async () => {
    const document = await someDocument('month', '2026-10');
    const text = renderReport(document, 'json', 'en');
    expect(JSON.parse(text)).toEqual(document);
    await expect(text).toMatchFileSnapshot(join(GOLDEN, 'month.json'));
    await expect(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
      join(GOLDEN, 'schema.json'),
    );
  });
});

describe('the page', () => {
  it.each(LANGUAGES)('needs nothing from anywhere and says its language: %s', async (language) => {
    const page = renderReport(await someDocument('month', '2026-10'), 'html', language);
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).not.toMatch(
      /\b(src|href|action)=|@import|https?:|<script|undefined|NaN|\[object|\{[a-z]+\}/,
    );
    const tables = page.match(/<table/g)?.length;
    expect(page.match(/<caption>/g)?.length).toBe(tables);
    expect(page).not.toMatch(/<th(?![^>]*scope=)[ >]/);
  });

  it('says that there were no calls, never a percentage', async () => {
    const document = await someDocument('day', '2025-01-01', { sources: keptSources([]) });
    const page = renderReport(document, 'html', 'en').replace(/<style>[^]*?<\/style>/, '');
    expect(page).toContain('no calls');
    const rates = page.slice(page.indexOf('Rates against'), page.indexOf('Breaches'));
    expect(rates).not.toMatch(/>\s*(0\.0|100\.0)%/);
  });

  it('escapes names', async () => {
    const document = await someDocument('month', '2026-10');
    const [first, ...rest] = document.agents;
    const agents = first === undefined ? [] : [{ ...first, agent: '<b>&"\'' }, ...rest];
    const page = renderReport({ ...document, agents }, 'html', 'en');
    expect(page).toContain('&lt;b&gt;&amp;&quot;&#39;');
    expect(page).not.toContain('<b>');
  });
});

describe('csv', () => {
  it('quotes what has to be, and keeps names from being formulas', () => {
    const rows = [
      ['a,b', 'say "x"', '=1+1', '+1', '-1', '@x', 'two\nlines'],
      [-1, 0.5, null, ''],
    ];
    expect(csvText(rows)).toBe(`"a,b","say ""x""",'=1+1,'+1,'-1,'@x,"two\nlines"\r\n-1,0.5,,\r\n`);
  });

  it('has the same items in every language', async () => {
    const document = await someDocument('month', '2026-10');
    const items = LANGUAGES.map((language) =>
      renderReport(document, 'csv', language)
        .split('\r\n')
        .map((line) => line.split(',').slice(0, 4)),
    );
    for (const own of items) expect(own).toEqual(items[0]);
  });
});

describe('what is said', () => {
  it('is the formula in force, as the document and the live Report have it', async () => {
    const { hotlines } = await someDocument('month', '2026-10');
    const words = new ReportWords('en', 'UTC');
    const pairs = hotlines.flatMap((hotline) =>
      hotline.targets.map(({ target, formula }) => [formulaText(hotline, target, words), formula]),
    );
    for (const [said, formula] of pairs) expect(said).toBe(formula);
  });

  it('has no message that nobody says, and none without its values', async () => {
    const folder = join(import.meta.dirname, '../../src/reports');
    const sources = [
      'html-hotline',
      'html-hours',
      'html-people',
      'html-targets',
      'notices',
      'render-csv',
      'render-html',
      'report-words',
    ];
    const texts = await Promise.all(sources.map((name) => readFile(join(folder, `${name}.ts`), 'utf8')));
    const said = texts.join('\n');
    const { EN } = await import('../../src/reports/messages-en.ts');
    const { ES } = await import('../../src/reports/messages-es.ts');
    const { ZH_HANS } = await import('../../src/reports/messages-zh-hans.ts');
    const { ZH_HANT } = await import('../../src/reports/messages-zh-hant.ts');
    const isSaid = (key: string): boolean =>
      said.includes(`'${key}'`) ||
      (key.includes('.') && said.includes(`\`${key.slice(0, key.indexOf('.') + 1)}\${`));
    expect(Object.keys(EN).filter((key) => !isSaid(key))).toEqual([]);
    const valuesOf = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();
    for (const messages of [ES, ZH_HANS, ZH_HANT]) {
      expect(Object.entries(messages).filter(([, text]) => text === '')).toEqual([]);
      for (const [key, text] of Object.entries(EN)) {
        expect([key, valuesOf(messages[key as keyof typeof EN])]).toEqual([key, valuesOf(text)]);
      }
    }
  });
});
