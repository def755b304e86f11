import { OUTCOMES, type Outcome } from '../calls/facts.ts';
import { elapsed } from './elapsed.ts';
import { DASH, type BoardWords } from './words/board-words.ts';

/** Beside the word: a colour alone would say nothing. */
const OUTCOME_SIGNS: Readonly<Record<Outcome, string>> = {
  answered: '✓',
  voicemail: '✉',
  blocked: '⊘',
  dropped: '▼',
  unanswered: '▼',
  abandoned: '◇',
  'self-served': '⚙',
  unknown: '?',
};
/** Nobody had these, though they wanted somebody. */
const LOST: ReadonlySet<Outcome> = new Set(['blocked', 'dropped', 'unanswered', 'abandoned']);

export const CALL_OUTCOMES: readonly Outcome[] = OUTCOMES;

export const outcomeWords = (say: BoardWords, outcome: Outcome | null): string =>
  outcome === null
    ? `… ${say.say('calls.not-over')}`
    : `${OUTCOME_SIGNS[outcome]} ${say.say(`outcome.${outcome}`)}`;

export function outcomeLook(outcome: Outcome | null): string {
  if (outcome === null || outcome === 'unknown') return 'soft';
  return LOST.has(outcome) ? 'bad' : outcome === 'answered' ? 'good' : '';
}

export const duration = (ms: number | null): string => (ms === null ? DASH : elapsed(ms));
