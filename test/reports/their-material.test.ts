import { describe, expect, it } from 'vitest';
import { REPORT_FORMATS, reportOf } from '../../src/reports/report-text.ts';
import { MADE_AT_MS, MONTH_DEFINITION } from './month-facts.ts';
import { monthSources } from './some-month.ts';

const COMPANY = { definition: MONTH_DEFINITION, roster: undefined, language: 'en' as const };
const ofMonth = async (
  format: (typeof REPORT_FORMATS)[number],
  hotlines?: readonly string[],
): Promise<string> => {
  const ask = { kind: 'month', period: '2026-10', format, language: undefined } as const;
  const sees = hotlines && { hotlines, queues: hotlines, seats: [] };
  return (await reportOf({ ...ask, ...(sees && { sees }) }, COMPANY, monthSources(), MADE_AT_MS)) ?? '';
};

interface Told {
  readonly hotlines: readonly { readonly hotline: string; readonly targets: unknown }[];
  readonly agents: readonly unknown[];
  readonly callBacks: { readonly open: number };
  readonly breachedCalls: readonly unknown[];
}
const told = async (hotlines?: readonly string[]): Promise<Told> =>
  JSON.parse(await ofMonth('json', hotlines)) as Told;

describe('a report for who sees a part', () => {
  it('has the same figures of that part, and nothing of the rest or of people', async () => {
    const [whole, part] = [await told(), await told(['emergency'])];
    expect(part.hotlines).toEqual(whole.hotlines.filter(({ hotline }) => hotline === 'emergency'));
    expect([whole.agents.length > 0, part.agents]).toEqual([true, []]);
    expect([whole.callBacks.open, part.callBacks.open]).toEqual([3, 1]);
    expect(part.breachedCalls).toEqual(whole.breachedCalls);
    expect((await told(['service'])).breachedCalls).toEqual([]);
  });

  it.each(REPORT_FORMATS)('says no other name: %s', async (format) => {
    expect(await ofMonth(format)).toContain('emergency');
    const part = await ofMonth(format, ['west']);
    for (const { name, title } of MONTH_DEFINITION.hotlines.filter((hotline) => hotline.name !== 'west')) {
      expect(part).not.toContain(title);
      expect(part).not.toMatch(new RegExp(`"hotline": ?"${name}"|,${name},`));
    }
    for (const person of ['Li Na', 'Sun Li']) expect(part).not.toContain(person);
  });
});
