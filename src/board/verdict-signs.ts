import type { Row } from '../push/protocol.ts';

export type TargetReport = Row<'hotlines'>['targets'][number];
export type Rate = TargetReport['rates'][number];

/** Beside the word, so that colour is never the only sign; the ones of the plain page. */
export const VERDICT_SIGNS: Readonly<Record<Rate['verdict'], string>> = {
  blind: '◌',
  since: '…',
  'no-data': '–',
  'too-few-calls': '·',
  missing: '▼',
  meeting: '▲',
  'on-track': '●',
  'at-risk': '◆',
};

/** Below so many calls a rate alone misleads: its interval is shown (norm.md section 1). */
const FEW_CALLS = 100;
export const isFew = ({ hits, misses }: Rate): boolean => hits + misses < FEW_CALLS;
