import { error, type Finding } from './mistake.ts';
import { groupAt, isTrueAt, listAt, textAt } from './raw-value.ts';

const ENABLED = ['moves', 'enabled'];

/** What moving seats cannot do without: a login that may, and a journal that each move is written into. */
export function checkMoves(value: unknown): readonly Finding[] {
  if (!isTrueAt(groupAt(value, 'moves'), 'enabled')) return [];
  const findings: Finding[] = [];
  if ((textAt(groupAt(value, 'journal'), 'file') ?? '') === '') {
    findings.push(error(ENABLED, 'needs journal.file: each move is written down there'));
  }
  const pbxs = listAt(value, 'pbxs');
  if (pbxs.length > 0 && !pbxs.some((pbx) => groupAt(groupAt(pbx, 'ami'), 'acting') !== undefined)) {
    findings.push(error(ENABLED, 'needs ami.acting of at least one exchange: the login that moves seats'));
  }
  return findings;
}
