import type { DrawnPanel } from './shown-board.ts';

/** Grafana's names of colours, on dark. */
const COLORS: Readonly<Record<string, string>> = {
  green: '#73bf69',
  'light-green': '#96d98d',
  yellow: '#fade2a',
  orange: '#ff9830',
  'dark-orange': '#fa6400',
  red: '#f2495c',
  'dark-red': '#c4162a',
  blue: '#5794f2',
  'light-blue': '#8ab8ff',
  'super-light-blue': '#c0d8ff',
  purple: '#b877d9',
  gray: '#8e8e8e',
  transparent: 'transparent',
};
const PALETTE = [
  '#73bf69',
  '#f2cc0c',
  '#8ab8ff',
  '#ff780a',
  '#f2495c',
  '#5794f2',
  '#b877d9',
  '#705da0',
  '#37872d',
];

export const colorOf = (name: string): string => COLORS[name] ?? '#ccccdc';

/** How a series is drawn: what its panel says of all, and of those of its name. */
export interface Look {
  readonly color: string;
  readonly isDashed: boolean;
  readonly isInLegend: boolean;
}

export function lookOf(panel: DrawnPanel, name: string, place: number): Look {
  let look: Look = { color: PALETTE[place % PALETTE.length] ?? '', isDashed: false, isInLegend: true };
  for (const { matcher, properties } of panel.fieldConfig?.overrides ?? []) {
    if (!new RegExp(matcher.options.replaceAll(/^\/|\/$/g, '')).test(name)) continue;
    for (const { id, value } of properties) {
      if (id === 'custom.lineStyle') look = { ...look, isDashed: true };
      if (id === 'custom.hideFrom') look = { ...look, isInLegend: false };
      if (id === 'color') look = { ...look, color: colorOf(fixedColorOf(value)) };
    }
  }
  return look;
}

const fixedColorOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'fixedColor' in value ? String(value.fixedColor) : '';

/** As near to Grafana's formats as reading them needs. */
export function textOf(value: number, unit: string, decimals?: number): string {
  const fixed = (number: number, usual: number): string => number.toFixed(decimals ?? usual);
  if (unit === 'percentunit') return `${fixed(value * 100, 1)}%`;
  if (unit === 's') return durationOf(value, decimals);
  if (unit === 'bytes' || unit === 'Bps') {
    const power = Math.min(4, Math.floor(Math.log2(Math.max(1, value)) / 10));
    return `${fixed(value / 1024 ** power, 1)} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][power] ?? ''}${unit === 'Bps' ? '/s' : ''}`;
  }
  if (unit === 'cps') return `${fixed(value, 2)} c/s`;
  const suffix = unit.startsWith('suffix:') ? unit.slice('suffix:'.length) : '';
  return `${Number.isInteger(value) ? value : fixed(value, 2)}${suffix}`;
}

function durationOf(value: number, decimals: number | undefined): string {
  const size = Math.abs(value);
  if (size < 1 && size > 0) return `${(value * 1000).toFixed(0)} ms`;
  if (size < 60) return `${value.toFixed(decimals ?? 1)} s`;
  if (size < 3600) return `${(value / 60).toFixed(1)} min`;
  return size < 86_400 ? `${(value / 3600).toFixed(1)} hour` : `${(value / 86_400).toFixed(1)} day`;
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
