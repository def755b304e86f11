import { expect, it } from 'vitest';
import { LARGE_COMPANY } from './large-company.ts';
import { scene } from './scene.ts';

/** How many series each family has, the largest first. */
function costs(page: string): readonly (readonly [family: string, series: number])[] {
  const series = page.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const families = Map.groupBy(series, (line) =>
    (/^\w+/.exec(line)?.[0] ?? '').replace(/_(bucket|sum|count)$/, ''),
  );
  return [...families]
    .map(([family, lines]) => [family, lines.length] as const)
    .toSorted(([, one], [, other]) => other - one);
}

it('twenty hotlines, fifty queues and five hundred seats, each with traffic, are fewer than 8,000 series', async () => {
  const told = costs(await scene(LARGE_COMPANY).page());
  const total = told.reduce((sum, [, series]) => sum + series, 0);
  const text = [...told, ['all', total] as const]
    .map(([family, series]) => `${series}\t${family}`)
    .join('\n');
  await expect(text).toMatchFileSnapshot('../golden/series.txt');
  expect(total).toBeLessThan(8000);
});
