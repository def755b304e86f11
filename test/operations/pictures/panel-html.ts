import { graphOf, hoursOf, planeOf } from './graph-svg.ts';
import { colorOf, escaped, lookOf, textOf } from './look.ts';
import type { DrawnPanel, ShownBoard, ShownPanel } from './shown-board.ts';

const COLUMN = 1366 / 24;
const LINE = 38;
const GAP = 8;
const TITLE = 26;
const LEGEND_LINE = 18;

/** The whole board as a page of 1366 pixels. */
export function pageOf(board: ShownBoard): string {
  const height = Math.max(...board.panels.map(({ panel }) => (panel.gridPos.y + panel.gridPos.h) * LINE));
  const panels = board.panels.map((shown) => boxOf(shown, board)).join('\n');
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; width: 1366px; height: ${height}px; background: #111217; position: relative; font: 12px 'DejaVu Sans', sans-serif; color: #ccccdc }
section { position: absolute; background: #181b1f; border: 1px solid #2c3235; box-sizing: border-box; overflow: hidden; padding: 4px 8px }
section.row { background: none; border: 0; font-size: 15px; padding: 10px 4px }
h3 { margin: 0; font-size: 13px; font-weight: 500; height: ${TITLE - 4}px; white-space: nowrap }
text { fill: #8e8e99; font-size: 11px } .grid { stroke: #2a2d33 }
.none { display: flex; align-items: center; justify-content: center; height: 70%; color: #8e8e99; font-size: 16px }
.legend { font-size: 11px; line-height: ${LEGEND_LINE}px; max-height: ${2 * LEGEND_LINE}px; overflow: hidden } .legend i { display: inline-block; width: 12px; height: 3px; margin: 0 4px 3px 10px }
table { border-collapse: collapse; width: 100% } th { text-align: left; font-weight: 500; color: #6e9fff } td, th { padding: 5px 6px; border-bottom: 1px solid #2c3235; white-space: nowrap }
.figure { display: inline-block; text-align: center; padding: 0 12px } .figure b { display: block; font-size: 26px; font-weight: 500 }
</style><body>${panels}</body>`;
}

function boxOf(shown: ShownPanel, board: ShownBoard): string {
  const { panel } = shown;
  const { x, y, w, h } = panel.gridPos;
  const width = w * COLUMN - GAP;
  const height = h * LINE - GAP;
  const at = `left:${x * COLUMN + GAP / 2}px;top:${y * LINE + GAP / 2}px;width:${width}px;height:${height}px`;
  if (panel.type === 'row') return `<section class="row" style="${at}">⌄ ${escaped(panel.title)}</section>`;
  const inside = insideOf(shown, board, width - 18, height - TITLE - 10);
  return `<section style="${at}"><h3>${escaped(panel.title)}</h3>${inside}</section>`;
}

function insideOf(shown: ShownPanel, board: ShownBoard, width: number, height: number): string {
  const { panel, series } = shown;
  const none = panel.fieldConfig?.defaults.noValue ?? '';
  if (series.every(({ points }) => points.length === 0)) return `<div class="none">${escaped(none)}</div>`;
  if (panel.type === 'table') return tableOf(shown);
  if (panel.type === 'stat') return figuresOf(shown);
  if (panel.type === 'bargauge') return barsOf(shown, width);
  if (panel.type === 'state-timeline') return statesOf(shown, board, width, height);
  if (panel.type === 'heatmap') return heatOf(shown, board, width, height);
  return `${graphOf(shown, board, width, height - 2 * LEGEND_LINE)}${legendOf(shown)}`;
}

const legendOf = ({ panel, series }: ShownPanel): string =>
  `<div class="legend">${series
    .map(({ name }, place) => ({ name, look: lookOf(panel, name, place) }))
    .filter(({ look }) => look.isInLegend)
    .map(({ name, look }) => `<i style="background:${look.color}"></i>${escaped(name)}`)
    .join(' ')}</div>`;

/** What a value is called and how it is coloured, in this column or in the whole panel. */
function meantBy(
  panel: DrawnPanel,
  column: string,
  value: number,
): { readonly text: string; readonly color: string } {
  const own =
    panel.fieldConfig?.overrides.find(({ matcher }) => matcher.options === column)?.properties ?? [];
  const settingOf = (id: string): unknown => own.find((property) => property.id === id)?.value;
  const { mappings = [], unit = '', decimals } = panel.fieldConfig?.defaults ?? {};
  // Of the generator's own making.
  const mapped = ((settingOf('mappings') as typeof mappings | undefined) ?? mappings)[0]?.options[
    String(value)
  ];
  if (mapped !== undefined) return { text: mapped.text, color: colorOf(mapped.color) };
  const text = textOf(value, String(settingOf('unit') ?? unit), numberOf(settingOf('decimals')) ?? decimals);
  return { text, color: colorOf('text') };
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

function tableOf({ panel, series }: ShownPanel): string {
  const names = panel.transformations.find(({ options }) => options.renameByName)?.options.renameByName ?? {};
  const keys = Object.entries(names).filter(([name]) => !name.startsWith('Value #'));
  const columns = Object.entries(names).filter(([name]) => name.startsWith('Value #'));
  const shared = keys.filter(([label]) => series.every(({ labels }) => labels[label] !== undefined));
  const rowOf = (labels: Readonly<Record<string, string>>): string =>
    shared.map(([label]) => labels[label]).join('\0');
  const rows = [...new Set(series.map(({ labels }) => rowOf(labels)))].toSorted();
  const noneOf = (title: string): string => {
    const own = panel.fieldConfig?.overrides.find(({ matcher }) => matcher.options === title)?.properties;
    return String(own?.find(({ id }) => id === 'noValue')?.value ?? panel.fieldConfig?.defaults.noValue);
  };
  const cellOf = (row: string, name: string, title: string): string => {
    const found = series.find(({ ref, labels }) => `Value #${ref}` === name && rowOf(labels) === row);
    if (found === undefined) return `<td>${escaped(noneOf(title))}</td>`;
    const { text, color } = meantBy(panel, title, found.points[0]?.value ?? 0);
    return `<td style="color:${color}">${escaped(text)}</td>`;
  };
  const keyOf = (row: string, label: string): string =>
    series.find(({ labels }) => rowOf(labels) === row && labels[label] !== undefined)?.labels[label] ?? '';
  const body = rows.map((row) =>
    [
      ...keys.map(([label]) => `<td>${escaped(keyOf(row, label))}</td>`),
      ...columns.map(([name, title]) => cellOf(row, name, title)),
    ].join(''),
  );
  const head = [...keys, ...columns].map(([, title]) => `<th>${escaped(title)}</th>`).join('');
  return `<table><tr>${head}</tr>${body.map((row) => `<tr>${row}</tr>`).join('')}</table>`;
}

const figuresOf = ({ panel, series }: ShownPanel): string =>
  series
    .map(({ name, points }) => {
      const { text, color } = meantBy(panel, name, points[0]?.value ?? 0);
      return `<span class="figure">${escaped(name)}<b style="color:${color}">${escaped(text)}</b></span>`;
    })
    .join('');

function barsOf({ panel, series }: ShownPanel, width: number): string {
  const most = Math.max(1, ...series.map(({ points }) => points[0]?.value ?? 0));
  return `<table>${series
    .map(({ name, points }, place) => {
      const value = points[0]?.value ?? 0;
      const bar = `<div style="width:${(value / most) * (width - 200)}px;height:20px;background:${lookOf(panel, name, place).color}"></div>`;
      return `<tr><td>${escaped(name)}</td><td>${bar}</td><td>${value}</td></tr>`;
    })
    .join('')}</table>`;
}

function statesOf(
  { panel, series, stepMs }: ShownPanel,
  board: ShownBoard,
  width: number,
  height: number,
): string {
  const plane = planeOf(board, width, height, 0, 1);
  const line = Math.min(24, (height - 24) / series.length);
  const rows = series.map(({ name, points }, place) => {
    const cells = points.map(({ atMs, value }) => {
      const { color } = meantBy(panel, name, value);
      const wide = plane.x(stepMs) - plane.x(0) + 0.5;
      return `<rect x="${plane.x(atMs)}" y="${place * line + 1}" width="${wide}" height="${line - 2}" fill="${color}"/>`;
    });
    return `${cells.join('')}<text x="56" y="${place * line + line / 2 + 4}" style="fill:#fff">${escaped(name)}</text>`;
  });
  return `<svg width="${width}" height="${height}">${rows.join('')}${hoursOf(board, plane)}</svg>`;
}

/** Of the cumulative buckets of a histogram, the darker the more. */
function heatOf({ series, stepMs }: ShownPanel, board: ShownBoard, width: number, height: number): string {
  const buckets = series.toSorted(
    (a, b) => Number(a.name.replace('+Inf', 'Infinity')) - Number(b.name.replace('+Inf', 'Infinity')),
  );
  const plane = planeOf(board, width, height, 0, 1);
  const line = (height - 22) / buckets.length;
  const valueAt = (place: number, atMs: number): number =>
    buckets[place]?.points.find((point) => point.atMs === atMs)?.value ?? 0;
  const most = Math.max(
    1,
    ...buckets.flatMap(({ points }, place) =>
      points.map(({ atMs, value }) => value - valueAt(place - 1, atMs)),
    ),
  );
  const rows = buckets.map(({ name, points }, place) => {
    const y = height - 22 - (place + 1) * line;
    const cells = points.map(({ atMs, value }) => {
      const share = Math.sqrt((value - valueAt(place - 1, atMs)) / most);
      const wide = plane.x(stepMs) - plane.x(0) - 1;
      return `<rect x="${plane.x(atMs) - wide}" y="${y}" width="${wide}" height="${line - 1}" fill="#ff9830" fill-opacity="${share}"/>`;
    });
    return `${cells.join('')}<text x="48" y="${y + line / 2 + 4}" text-anchor="end">${escaped(name)} s</text>`;
  });
  return `<svg width="${width}" height="${height}">${rows.join('')}${hoursOf(board, plane)}</svg>`;
}
