import type { Who } from '../../src/access/who.ts';
import { EVERYTHING } from '../../src/access/who.ts';
import type { LiveSeat } from '../../src/seats/live.ts';
import { BoardBuilder } from '../../src/push/board-builder.ts';
import { NO_EXTRAS, type BoardExtras } from '../../src/push/board-extras.ts';
import type { Board } from '../../src/push/protocol.ts';
import { RowKeys } from '../../src/push/row-keys.ts';
import { someHotline, somePbx, someWatch } from '../support/definitions.ts';
import { someSeat } from '../support/picture.ts';
import { someReport } from '../support/report.ts';

/** Hotlines gas and water over queues support and billing of exchange `north`. */
export const TWO_LINES = someWatch({
  pbxs: [
    somePbx({
      queues: [
        { name: 'support', wrapupS: undefined, emergency: false },
        { name: 'billing', wrapupS: undefined, emergency: false },
      ],
    }),
  ],
  hotlines: [someHotline(), someHotline({ name: 'water', title: 'Water', queues: ['billing'] })],
});

/** The board of these seats, as it is built in production. */
export function someBoard(
  seats: readonly LiveSeat[] = [someSeat()],
  { extras = {}, keys = new RowKeys('salt') }: { extras?: Partial<BoardExtras>; keys?: RowKeys } = {},
): Board {
  const builder = new BoardBuilder(keys, { ...NO_EXTRAS, ...extras });
  return builder.build(someReport([], { seats }, TWO_LINES), seats);
}

/** A leader who sees everything, unless told otherwise. */
export function someWho(changes: Partial<Who> = {}): Who {
  return {
    name: 'li',
    title: 'Li',
    role: 'leader',
    sees: EVERYTHING,
    mayUnmask: true,
    kind: 'person',
    ...changes,
  };
}
