import type { JournalStatus } from '../store/ports.ts';
import { type Html, html } from './html.ts';
import { timeOfDay } from './wording.ts';

/**
 * One line: whether what is seen is kept. Loud where it is not.
 * @param seesAll faults may name files, and counts are of everything: who sees a part is told neither
 */
export function journalLine(status: JournalStatus, seesAll: boolean): Html {
  const { state, fault, pendingFacts, droppedFacts, lastCommitAtMs } = status;
  const last = lastCommitAtMs === undefined ? undefined : timeOfDay(lastCommitAtMs);
  if (!seesAll && state === 'writing')
    return html`<p class="watched"><b>● Journal</b> <span>writing</span></p>`;
  if (!seesAll && state === 'closed')
    return html`<p class="watched"><b>○ Journal</b> <span>closed</span></p>`;
  const lost =
    droppedFacts === 0
      ? html``
      : html` <span>◆ ${factsWords(droppedFacts)} lost while it could not write</span>`;
  if (state === 'failing') {
    const since = last === undefined ? 'has not written yet' : `has not written since ${last}`;
    if (!seesAll) return html`<p class="alarm" role="alert">✕ The journal ${since}.</p>`;
    return html`<p class="alarm" role="alert">
      ✕ The journal ${since}: ${fault}. ${factsWords(pendingFacts)} kept in memory.${lost}
    </p>`;
  }
  if (state === 'closed') return html`<p class="watched"><b>○ Journal</b> <span>closed</span>${lost}</p>`;
  const commit = last === undefined ? 'nothing to write yet' : `last commit ${last}`;
  return html`<p class="watched">
    <b>● Journal</b> <span>writing, ${commit}, ${factsWords(pendingFacts)} pending</span>${lost}
  </p>`;
}

const factsWords = (count: number): string => (count === 1 ? '1 fact' : `${count} facts`);
