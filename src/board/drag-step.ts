export interface Point {
  readonly x: number;
  readonly y: number;
}
/** `pressed`: it may become a press, a drag, or the beginning of scrolling with a finger. */
export type DragState =
  | { readonly phase: 'none' }
  | { readonly phase: 'pressed'; readonly seat: string; readonly from: Point; readonly isTouch: boolean }
  | { readonly phase: 'dragging'; readonly seat: string };
export type DragInput =
  | { readonly type: 'down'; readonly seat: string; readonly at: Point; readonly isTouch: boolean }
  | { readonly type: 'move'; readonly at: Point }
  /** A finger lay still for `HOLD_MS`. */
  | { readonly type: 'held' }
  | { readonly type: 'end' };

export const NO_DRAG: DragState = { phase: 'none' };
/** A finger that lies still for so long takes the seat up; one that moves before scrolls. */
export const HOLD_MS = 350;
/** A hand that presses is not quite still. */
const SLACK_PX = 8;

export function dragStep(state: DragState, input: DragInput): DragState {
  if (input.type === 'down') {
    const { seat, at, isTouch } = input;
    return { phase: 'pressed', seat, from: at, isTouch };
  }
  if (input.type === 'end') return NO_DRAG;
  if (state.phase !== 'pressed') return state;
  if (input.type === 'held') return state.isTouch ? { phase: 'dragging', seat: state.seat } : state;
  const { from, isTouch, seat } = state;
  if (Math.hypot(input.at.x - from.x, input.at.y - from.y) < SLACK_PX) return state;
  return isTouch ? NO_DRAG : { phase: 'dragging', seat };
}

const EDGE_PX = 72;
/** How far the page scrolls in a step while something is dragged near its upper or lower edge. */
export function edgeScroll(y: number, height: number): number {
  if (y < EDGE_PX) return -Math.ceil((EDGE_PX - y) / 4);
  return y > height - EDGE_PX ? Math.ceil((y - height + EDGE_PX) / 4) : 0;
}
