import { describe, expect, it } from 'vitest';
import { renderReport } from '../../src/reports/report-text.ts';
import { LANGUAGES } from '../../src/lib/languages.ts';
import { shanghai } from './month-facts.ts';
import { monthSources } from './some-month.ts';
import { someDocument } from './some-report.ts';

const LOST = {
  pbx: 'north',
  fromMs: shanghai('2026-10-12', '10:30'),
  untilMs: shanghai('2026-10-12', '11:45'),
  facts: 4321,
  seatTimes: 21,
};
const document = (lost: typeof LOST) =>
  someDocument('month', '2026-10', { sources: monthSources({ lostFacts: async () => [lost] }) });

describe('what was seen and could never be written', () => {
  it('stands in the document, and no rate that lacks it has a verdict', async () => {
    const { sight, hotlines } = await document(LOST);
    expect(sight.lostFacts).toEqual([LOST]);
    expect(hotlines.flatMap(({ targets }) => targets.map(({ verdict }) => verdict))).toEqual(
      hotlines.flatMap(({ targets }) => targets.map(() => 'since')),
    );
  });

  it('leaves verdicts where only times of seats are lost, or another exchange lost them', async () => {
    for (const lost of [
      { ...LOST, seatTimes: LOST.facts },
      { ...LOST, pbx: 'south' },
    ]) {
      const { hotlines } = await document(lost);
      expect(hotlines[0]?.targets[1]?.verdict).toBe('meeting');
    }
  });

  it.each(LANGUAGES)('is said at the top of the page and in the table: %s', async (language) => {
    const told = await document(LOST);
    const page = renderReport(told, 'html', language);
    // Spanish writes no separator in a number of four digits.
    const notes = /<section class="note">([^]*?)<\/section>/.exec(page)?.[1];
    expect(notes).toContain(language === 'es' ? '4321' : '4,321');
    expect(page).toMatch(/10:30[^<]*11:45/);
    const csv = renderReport(told, 'csv', language);
    expect(csv).toContain('lost,north,north,facts,4321,times,');
    expect(csv).toContain('lost,north,north,seatTimes,21,times,');
    expect(csv).toContain(`lost,north,north,fromMs,${LOST.fromMs},unix ms,`);
  });
});
