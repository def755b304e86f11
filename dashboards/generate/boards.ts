import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { built } from './board.ts';
import { floor } from './floor.ts';
import { hotlines } from './hotlines.ts';
import { ringside } from './ringside.ts';

/** Every board, by the name of its file. */
export const boards = (): Readonly<Record<string, Dashboard>> =>
  Object.fromEntries([hotlines(), floor(), ringside()].map((board) => [board.name, built(board)]));

/** As it is written to the file. */
export const textOf = (board: Dashboard): string => `${JSON.stringify(board, null, 2)}\n`;
