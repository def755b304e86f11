import type { WholeCallState } from './call-state.ts';
import type { CallDecided, Fact, QueueEnded, QueueEntered, TalkEnded } from './facts.ts';

/** Facts of a call are kept at once, its state a moment later: what was told in between must not be told again. */
export function withTold(state: WholeCallState, pbx: string, facts: readonly Fact[]): WholeCallState {
  const now = structuredClone(state);
  const [caller] = now.channels;
  const id = `${pbx}/${caller?.id ?? ''}`;
  for (const fact of facts) {
    switch (fact.type) {
      case 'scored':
        now.scored[fact.target] ??= fact.result;
        break;
      case 'call-decided':
        decide(now, fact);
        break;
      case 'ring-no-answer':
        if (!now.rangOut.includes(fact.seat)) now.rangOut.push(fact.seat);
        break;
      case 'transferred-in':
        if (!now.passedTo.includes(fact.hotline)) now.passedTo.push(fact.hotline);
        break;
      case 'queue-entered':
        if (!fact.refused) enter(now, fact);
        break;
      case 'queue-ended':
        leave(now, fact);
        break;
      case 'talk-ended':
        part(now, fact, id);
        break;
      default:
        break;
    }
  }
  return now;
}

/** A caller from inside of whom nothing is left to tell, though its last state is still there. */
export const isOverInside = (state: WholeCallState): boolean =>
  state.hotline === '' && !state.open && state.partners.length === 0 && state.parted.length === 0;

function decide(state: WholeCallState, { what, answer }: CallDecided): void {
  if (what === 'picked-up') state.wasUp = true;
  else if (answer) state.answer ??= { ...answer };
}

/** The id of a stay in a queue (`stages.ts`, stageId) without what is said of it. */
const stayOf = ({ id }: Fact): string => id.slice(0, id.lastIndexOf('/'));

function enter(state: WholeCallState, fact: QueueEntered): void {
  const { queue, uniqueid, takenUp, source, atMs } = fact;
  const known = [
    ...state.stages,
    ...(state.open ? [{ ...state.open, startedAtMs: state.open.started[1] }] : []),
  ];
  if (known.some((stage) => stage.queue === queue && stage.startedAtMs === atMs)) return;
  const startedPbxMs = Number(stayOf(fact).split('/').at(-1));
  const started: [number, number] = [Number.isFinite(startedPbxMs) ? startedPbxMs : atMs, atMs];
  const nothing = { gaveUp: false, legAnswered: false, legStatus: '' };
  state.open = { queue, enteredAs: uniqueid, started, takenUp, source, ...nothing };
  state.asked ??= started;
}

function leave(state: WholeCallState, fact: QueueEnded): void {
  const { queue, waitMs, end, pbx } = fact;
  const { open } = state;
  if (open && stayOf(fact) === `${pbx}/${open.enteredAs}/queue/${open.queue}/${open.started[0]}`) {
    state.stages.push({ queue, startedAtMs: open.started[1], waitMs, end });
    state.open = undefined;
  } else if (fact.refused) refuse(state, fact);
}

/** At the door it was told in one with its beginning; the step that led there is over with it. */
function refuse(state: WholeCallState, fact: QueueEnded): void {
  const { step } = state;
  if (step?.application !== 'Queue' || !stayOf(fact).endsWith(`/queue/${step.data}/${step.at[0]}`)) return;
  state.stages.push({ queue: fact.queue, startedAtMs: step.at[1], waitMs: 0, end: fact.end });
  state.asked ??= step.at;
  state.step = undefined;
}

function part(state: WholeCallState, fact: TalkEnded, call: string): void {
  const isOther = (partner: WholeCallState['partners'][number]): boolean =>
    fact.id !== `${call}/talk/${partner.channel}/${partner.fromPbxMs}`;
  const [talking, parted] = [state.partners.filter(isOther), state.parted.filter(isOther)];
  if (talking.length < state.partners.length) {
    state.partners = talking;
    state.talkMs += fact.talkMs;
    if (talking.length === 0) state.talkFromPbxMs = undefined;
  } else if (parted.length === state.parted.length) return;
  state.parted = parted;
  state.holdMs += fact.holdMs;
}
