import { maskDigitRuns } from '../lib/mask.ts';
import type { Move, MoveChange } from './move.ts';
import { type PlannedStep, queueOfStep } from './planned-step.ts';

/** What somebody asked for, as the audit keeps it: no run of digits in clear. */
export function whatWasAsked(
  change: MoveChange,
  steps: readonly PlannedStep[],
  after: { readonly undoes: Move | undefined; readonly finishes: Move | undefined },
): string {
  const verb = after.undoes ? 'take back: ' : after.finishes ? 'go on with: ' : '';
  const actions = steps.map((step) => `${step.action} ${queueOfStep(step) || 'all queues'}`).join(', ');
  return maskDigitRuns(`${verb}${changeText(change)} (${actions})`);
}

/** How it ended, each step with what became of it. */
export function whatWasDone({ state, change, steps, follows }: Move): string {
  const ended = steps.map(
    (step) =>
      `${step.action} ${step.queue || 'all queues'} ${step.state}${step.said === '' ? '' : ` "${step.said}"`}`,
  );
  const of = follows === '' ? changeText(change) : `after ${follows}: ${changeText(change)}`;
  return maskDigitRuns(`${state}: ${of} (${ended.join(', ')})`);
}

function changeText(change: MoveChange): string {
  switch (change.what) {
    case 'add':
    case 'penalty':
      return `${change.what} ${change.queue} penalty ${change.penalty}`;
    case 'transfer':
      return `transfer ${change.from} to ${change.to} penalty ${change.penalty}`;
    case 'pause':
      return `pause ${change.queue || 'all queues'} for ${change.reason.trim()}`;
    default:
      return `${change.what} ${change.queue || 'all queues'}`;
  }
}
