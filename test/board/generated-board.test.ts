import { expect, it } from 'vitest';
import { applyChanges } from '../../src/push/apply-changes.ts';
import { serverFrameSchema } from '../../src/push/protocol.ts';
import { busyFloor } from './busy-floor.ts';
import { generatedBoard, SMALL_FLOOR } from './generated-board.ts';

const BOARD = generatedBoard(SMALL_FLOOR);

it('is a board as the protocol has it, and nothing beside it', () => {
  const frame = { type: 'snapshot', seq: 1, nowMs: SMALL_FLOOR.nowMs, board: BOARD };
  expect(serverFrameSchema.parse(frame)).toEqual(frame);
});

it('changes as the protocol has it, and nothing beside it', () => {
  const changes = busyFloor(SMALL_FLOOR, 5)(SMALL_FLOOR.nowMs);
  const frame = { type: 'delta', after: 1, seq: 2, nowMs: SMALL_FLOOR.nowMs, changes };
  expect(serverFrameSchema.parse(frame)).toEqual(frame);
  expect(applyChanges(BOARD, changes).seats.filter((row, at) => row !== BOARD.seats[at])).toHaveLength(5);
});

it('is the same for the same seed', () => {
  expect(generatedBoard(SMALL_FLOOR)).toEqual(BOARD);
});
