import type { Finding } from '../../src/doctor/finding.ts';
import { judge } from '../../src/doctor/findings.ts';
import type { ExchangeObservation } from '../../src/doctor/observation.ts';
import { someWatch } from '../support/definitions.ts';
import { observed } from './observations.ts';

/** What is found at exchange `north` in a quiet minute that differs by `changes`. */
export const found = (changes: Partial<ExchangeObservation>, watch = someWatch()): readonly Finding[] =>
  judge(observed(changes), watch).findings;
/** Findings as lines: level, what, why, change. */
export const lines = (findings: readonly Finding[]): string[] =>
  findings.map(({ level, what, why, change }) =>
    [level, what, why, change].filter((part) => part !== '').join(' | '),
  );
export const worse = (findings: readonly Finding[]): string[] =>
  lines(findings.filter(({ level }) => level === 'wrong' || level === 'warning'));
