import type { Sight } from '../access/who.ts';
import { scopeOf } from '../push/scope.ts';
import type { SumRow } from '../store/sums.ts';
import type { ReportMaterial } from './report-material.ts';

/**
 * Of what a report is made of, what somebody may see: no hotline or queue that is not theirs. Who sees a part is told
 * nothing of people: an agent's figures are of all their work.
 */
export function theirMaterial(material: ReportMaterial, sight: Sight): ReportMaterial {
  const { seesAll, seesHotline, seesQueue } = scopeOf(sight);
  if (seesAll) return material;
  const isTheirs = ({ subject, name }: SumRow): boolean =>
    subject === 'pbx' ||
    (subject === 'hotline' && seesHotline(name)) ||
    (subject === 'queue' && seesQueue(name));
  const { definition } = material;
  const ofTheirs = <Of extends { readonly hotline: string }>(all: readonly Of[]): readonly Of[] =>
    all.filter(({ hotline }) => seesHotline(hotline));
  return {
    ...material,
    definition: { ...definition, hotlines: definition.hotlines.filter(({ name }) => seesHotline(name)) },
    roster: undefined,
    sums: material.sums.filter(isTheirs),
    hourSums: material.hourSums.filter(isTheirs),
    breachedCalls: material.breachedCalls.filter(({ call }) => seesHotline(call.hotline)),
    backfills: ofTheirs(material.backfills),
    lostCallers: material.lostCallers && ofTheirs(material.lostCallers),
    openCallBacks: material.openCallBacks && ofTheirs(material.openCallBacks),
    seatSpans: [],
  };
}
