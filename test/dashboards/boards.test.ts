import { describe, expect, it } from 'vitest';
import { boards, textOf } from '../../dashboards/generate/boards.ts';
import { BOARD_NAMES, panelsOf, readBoard, textOfBoard } from './grafana-boards.ts';

const made = boards();

it('makes the boards that are told of, and no other', () => {
  expect(Object.keys(made)).toEqual([...BOARD_NAMES]);
});

describe.each(BOARD_NAMES)('the board %s', (name) => {
  const board = readBoard(name);
  const panels = panelsOf(board);

  it('is committed as the generator makes it: else `npm run dashboards`', () => {
    const generated = made[name];
    expect(generated && textOf(generated)).toBe(textOfBoard(name));
  });

  it('has an address that stays', () => {
    expect(board.uid).toBe(`ringside-${name}`);
  });

  it('has a data source, a job and an exchange to choose, and several at once', () => {
    const [source, ...others] = board.templating.list;
    expect(source).toMatchObject({ name: 'datasource', type: 'datasource', query: 'prometheus' });
    const queried = others.filter(({ type }) => type === 'query');
    expect(queried.map((one) => one.name)).toEqual(expect.arrayContaining(['job', 'pbx']));
    for (const one of queried) {
      expect(one).toMatchObject({ multi: true, includeAll: true });
      // Of jobs, All is every daemon's and no other program's.
      expect(one.allValue).toBe(one.name === 'job' ? undefined : '.*');
    }
  });

  it.each(panels.map((panel) => [panel.title, panel] as const))('says what "%s" is', (_title, panel) => {
    const { title, description, fieldConfig, targets } = panel;
    const { unit, noValue } = fieldConfig.defaults;
    for (const text of [title, description, unit, noValue]) expect(text).not.toBe('');
    expect(description).toMatch(/[.)]$/);
    for (const { legendFormat } of targets) expect(legendFormat).not.toBe('');
  });

  it.each(panels.map((panel) => [panel.title, panel] as const))(
    'has no number in "%s" that a figure is held against',
    (_title, { fieldConfig }) => {
      expect(fieldConfig.defaults.thresholds.steps).toEqual([{ value: null }]);
      const set = fieldConfig.overrides.flatMap(({ properties }) => properties.map(({ id }) => id));
      expect(set.filter((id) => id.startsWith('thresholds'))).toEqual([]);
    },
  );

  it('gives every panel a title of its own', () => {
    const titles = panels.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length);
  });

  it('lays every panel on the 24 columns, each on a place of its own, from top to bottom under its row', () => {
    const taken = new Set<string>();
    const misplaced: string[] = [];
    let lastY = 0;
    for (const { gridPos, title } of board.panels) {
      const { x, y, w, h } = gridPos;
      const cells = Array.from({ length: w * h }, (_, at) => `${x + (at % w)} ${y + Math.floor(at / w)}`);
      if (x + w > 24 || y < lastY || cells.some((cell) => taken.has(cell))) misplaced.push(title);
      for (const cell of cells) taken.add(cell);
      lastY = y;
    }
    expect(misplaced).toEqual([]);
  });

  it('names every column of its tables', () => {
    const unnamed = panels
      .filter(({ type }) => type === 'table')
      .flatMap(({ title, targets, transformations }) => {
        const organized = transformations.find(({ id }) => id === 'organize')?.options['renameByName'];
        const names = new Map(Object.entries(organized ?? {}));
        return targets
          .filter(({ refId, legendFormat }) => names.get(`Value #${refId}`) !== legendFormat)
          .map(({ refId }) => `${title}: ${refId}`);
      });
    expect(unnamed).toEqual([]);
  });
});
