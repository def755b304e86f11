import { describe, expect, it } from 'vitest';
import { ToldFigures } from '../../src/push/told-figures.ts';
import type { Figures } from '../../src/rates/report.ts';

const figures = (changes: Partial<Figures> = {}): readonly Figures[] => [
  {
    window: '5m',
    asked: 1,
    answered: 1,
    abandoned: 0,
    short: 0,
    serviceLevel: 1,
    speedOfAnswerMs: 100,
    handleTimeMs: null,
    abandonRate: 0,
    longestWaitMs: 100,
    occupancy: 0.5,
    ...changes,
  },
];

describe('figures as they are told', () => {
  it('tell a share of time in whole percents', () => {
    expect(new ToldFigures().of('a', figures({ occupancy: 0.567 }), 0)).toEqual(figures({ occupancy: 0.57 }));
    expect(new ToldFigures().of('a', figures({ occupancy: null }), 0)).toEqual(figures({ occupancy: null }));
  });

  it('tell it again ten seconds later, where nothing else changed', () => {
    const told = new ToldFigures();
    told.of('a', figures(), 0);
    expect(told.of('a', figures({ occupancy: 0.6 }), 9_999)).toEqual(figures());
    expect(told.of('a', figures({ occupancy: 0.7 }), 10_000)).toEqual(figures({ occupancy: 0.7 }));
    expect(told.of('a', figures({ occupancy: 0.8 }), 19_999)).toEqual(figures({ occupancy: 0.7 }));
  });

  it('tell every other change at once, and the share of that instant with it', () => {
    const told = new ToldFigures();
    told.of('a', figures(), 0);
    const changed = figures({ asked: 2, occupancy: 0.6 });
    expect(told.of('a', changed, 1)).toEqual(changed);
  });

  it('keep rows apart', () => {
    const told = new ToldFigures();
    told.of('a', figures(), 0);
    expect(told.of('b', figures({ occupancy: 0.6 }), 1)).toEqual(figures({ occupancy: 0.6 }));
  });

  it('wait for no clock that was set back', () => {
    const told = new ToldFigures();
    told.of('a', figures(), 3_600_000);
    expect(told.of('a', figures({ occupancy: 0.6 }), 0)).toEqual(figures({ occupancy: 0.6 }));
  });
});
