import { computed, signal } from '@preact/signals';
import type { Row } from '../push/protocol.ts';
import type { Answer } from './connection.ts';
import { connection, store } from './live.ts';
import type { Change } from './move-offers.ts';
import type { Asked } from './move-words.ts';

/** Something asked from this page that is not on the board yet, or was not begun. */
export interface MoveRequest {
  /** Its key. */
  readonly seat: string;
  readonly agent: string;
  readonly asked: Asked;
  /** Undefined until it is answered. */
  readonly refusal: Extract<Answer, { ok: false }> | undefined;
}
/** It would leave a queue unstaffed: asked before it is asked for. */
export interface UnstaffedQuestion {
  readonly agent: string;
  readonly asked: Asked;
  /** The daemon's words: which queues. */
  readonly detail: string;
  readonly yes: () => void;
}

export const mayMove = computed(() => connection.hello.value?.may.move === true);
export const requests = signal<readonly MoveRequest[]>([]);
export const question = signal<UnstaffedQuestion>();

/** Seats a move of which has been asked and not decided. */
export const movingSeats = computed(
  () =>
    new Set(
      store
        .all('moves')
        .filter(({ state }) => state === 'asked')
        .map(({ seat }) => seat),
    ),
);

export function moveSeat({ key, agent }: Pick<Row<'seats'>, 'key' | 'agent'>, change: Change): void {
  const frame = { type: 'move', seat: key, change } as const;
  void send({ seat: key, agent, asked: { change, way: undefined } }, (evenUnstaffed) =>
    connection.ask({ ...frame, ...flag(evenUnstaffed) }),
  );
}

/** Both ways on from a move: take it back, or do the rest of one that is half done. */
export function follow(type: 'undo' | 'finish', { key, seat, agent, change }: Row<'moves'>): void {
  void send({ seat, agent, asked: { change, way: type } }, (evenUnstaffed) =>
    connection.ask({ type, move: key, ...flag(evenUnstaffed) }),
  );
}

export function dismiss(request: MoveRequest): void {
  requests.value = requests.value.filter((one) => one !== request);
}

const flag = (evenUnstaffed: boolean) => (evenUnstaffed ? { evenUnstaffed } : {});

/** Nothing is shown as done here: what became of it comes as a row of the board. */
async function send(
  what: Omit<MoveRequest, 'refusal'>,
  ask: (evenUnstaffed: boolean) => Promise<Answer>,
  evenUnstaffed = false,
): Promise<void> {
  const request: MoveRequest = { ...what, refusal: undefined };
  requests.value = [...requests.value, request];
  const answer = await ask(evenUnstaffed);
  dismiss(request);
  if (answer.ok) return;
  if (answer.code === 'would-unstaff' && !evenUnstaffed) {
    const { agent, asked } = what;
    question.value = { agent, asked, detail: answer.detail, yes: () => void send(what, ask, true) };
    return;
  }
  requests.value = [...requests.value, { ...request, refusal: answer }];
}
