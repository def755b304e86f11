/** One seat of the grid takes the tabulator; the arrows go from there, by line as they lie on the screen. */
export function moveFocus(event: KeyboardEvent): void {
  const { currentTarget: grid, target } = event;
  if (!(grid instanceof HTMLElement) || !(target instanceof HTMLElement)) return;
  const places = [...grid.querySelectorAll<HTMLElement>('[data-place]')];
  const here = places.indexOf(target);
  if (here < 0) return;
  const next = places[targetOf(event.key, here, places)];
  if (next === undefined) return;
  event.preventDefault();
  for (const place of places) place.tabIndex = place === next ? 0 : -1;
  next.focus();
}

function targetOf(key: string, here: number, places: readonly HTMLElement[]): number {
  if (key === 'ArrowRight') return here + 1;
  if (key === 'ArrowLeft') return here - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return places.length - 1;
  if (key === 'ArrowDown') return nearestInLine(places, here, 1);
  return key === 'ArrowUp' ? nearestInLine(places, here, -1) : -1;
}

/** The place straight above or below, in the next line of the screen that has one. */
function nearestInLine(places: readonly HTMLElement[], here: number, step: 1 | -1): number {
  const from = places[here]?.getBoundingClientRect();
  if (from === undefined) return -1;
  let [best, line, distance] = [-1, Number.NaN, Infinity];
  for (let at = here + step; at >= 0 && at < places.length; at += step) {
    const { top, left } = places[at]?.getBoundingClientRect() ?? from;
    if (top === from.top) continue;
    if (Number.isNaN(line)) line = top;
    if (top !== line) break;
    if (Math.abs(left - from.left) < distance) [best, distance] = [at, Math.abs(left - from.left)];
  }
  return best;
}
