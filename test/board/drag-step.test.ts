import { describe, expect, it } from 'vitest';
import { dragStep, edgeScroll, NO_DRAG, type DragInput } from '../../src/board/drag-step.ts';

const HERE = { x: 100, y: 100 };
const FAR = { x: 140, y: 100 };
const down = (isTouch: boolean): DragInput => ({ type: 'down', seat: 'a', at: HERE, isTouch });
const phaseAfter = (...inputs: readonly DragInput[]): string => inputs.reduce(dragStep, NO_DRAG).phase;

describe('a mouse', () => {
  it('presses where it hardly moves', () => {
    expect(phaseAfter(down(false), { type: 'move', at: { x: 103, y: 101 } })).toBe('pressed');
  });

  it('drags once it moved', () => {
    expect(phaseAfter(down(false), { type: 'move', at: FAR })).toBe('dragging');
    expect(phaseAfter(down(false), { type: 'held' })).toBe('pressed');
  });

  it('lets go at the end, and drags nothing it did not press', () => {
    expect(phaseAfter(down(false), { type: 'move', at: FAR }, { type: 'end' })).toBe('none');
    expect(phaseAfter({ type: 'move', at: FAR })).toBe('none');
  });
});

describe('a finger', () => {
  it('scrolls where it moves at once', () => {
    expect(phaseAfter(down(true), { type: 'move', at: FAR }, { type: 'held' })).toBe('none');
  });

  it('drags after it lay still', () => {
    expect(phaseAfter(down(true), { type: 'held' }, { type: 'move', at: FAR })).toBe('dragging');
  });
});

it('scrolls the page near its edges only, the faster the nearer', () => {
  expect(edgeScroll(400, 800)).toBe(0);
  expect(edgeScroll(10, 800)).toBeLessThan(edgeScroll(60, 800));
  expect(edgeScroll(60, 800)).toBeLessThan(0);
  expect(edgeScroll(790, 800)).toBeGreaterThan(edgeScroll(740, 800));
  expect(edgeScroll(740, 800)).toBeGreaterThan(0);
});
