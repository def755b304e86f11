import type { Period } from '../hotlines/hours.ts';
import { countOf, type SumTable } from './sum-table.ts';
import { unseenSinceMs } from './unseen.ts';
import type { ReportMaterial } from './report-material.ts';
import type { ReportDocument } from './report-document.ts';

type Sight = ReportDocument['sight'];

const MOST_LISTED = 50;

/** What the report cannot know, or knows from elsewhere: said openly (norm.md section 1). */
export function sightSection(
  material: ReportMaterial,
  piecesOf: (pbx: string) => readonly Period[],
  table: SumTable,
  leftOut: Pick<Sight, 'notConfigured' | 'withoutThisShift'>,
): Sight {
  const { definition, blindTimes, lostFacts, backfills, definitionChanges } = material;
  const listed = blindTimes.toSorted((a, b) => a.fromMs - b.fromMs).slice(0, MOST_LISTED);
  return {
    exchanges: definition.pbxs.map(({ name }) => {
      const key = { pbx: name, subject: 'pbx', name, series: 'self' } as const;
      const pieces = piecesOf(name);
      const { sums } = table.totalOf(key, pieces);
      return {
        pbx: name,
        unseenSinceMs: unseenSinceMs(material, name, pieces.at(-1)?.untilMs ?? -Infinity),
        blindMs: countOf(sums, 'blindMs'),
        blindTimes: countOf(sums, 'blindTimes'),
        endedUnknown: countOf(sums, 'endedUnknown'),
        missedCalls: countOf(sums, 'missedCalls'),
        unattributed: countOf(sums, 'unattributed'),
        unknownOrigin: countOf(sums, 'unknownOrigin'),
        corrected: countOf(sums, 'corrected'),
      };
    }),
    blindTimes: listed.map(({ pbx, fromMs, untilMs, endedUnknown, missedCalls, rebooted }) => ({
      pbx,
      fromMs,
      untilMs,
      endedUnknown,
      missedCalls: missedCalls ?? null,
      rebooted,
    })),
    blindTimesNotListed: blindTimes.length - listed.length,
    lostFacts: lostFacts.map(({ pbx, fromMs, untilMs, facts, seatTimes }) => ({
      pbx,
      fromMs,
      untilMs,
      facts,
      seatTimes,
    })),
    backfills: backfills
      .filter(({ calls }) => calls > 0)
      .map(({ pbx, hotline, certainty, calls }) => ({ pbx, hotline, certainty, calls })),
    definitionChanges: definitionChanges.map(({ atMs, hash }) => ({ atMs, hash })),
    ...leftOut,
  };
}
