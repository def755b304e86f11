import { describe, expect, it } from 'vitest';
import { answerWords, askedWords, changeWords, movesToShow, wayOf } from '../../src/board/move-words.ts';
import { BoardWords } from '../../src/board/words/board-words.ts';
import { LANGUAGES } from '../../src/lib/languages.ts';
import { ANSWER_CODES, type Row } from '../../src/push/protocol.ts';

const english = new BoardWords('en');

describe('what a move is to do', () => {
  it.each([
    [{ what: 'add', queue: 'support', penalty: 0 }, 'add to support'],
    [{ what: 'remove', queue: 'support' }, 'take out of support'],
    [{ what: 'transfer', from: 'a', to: 'b', penalty: 1 }, 'from a to b'],
    [{ what: 'pause', queue: '', reason: 'lunch' }, 'pause in all queues (lunch)'],
    [{ what: 'pause', queue: 'a', reason: '' }, 'pause in a'],
    [{ what: 'unpause', queue: '' }, 'unpause in all queues'],
    [{ what: 'penalty', queue: 'a', penalty: 3 }, 'penalty 3 in a'],
  ] as const)('%j is %s', (change, said) => {
    expect(changeWords(english, change)).toBe(said);
  });

  it.each([
    [undefined, 'from a to b'],
    ['undo', 'undo of “from a to b”'],
    ['finish', 'the rest of “from a to b”'],
  ] as const)('says of one that goes on from another which way: %s', (way, said) => {
    const change = { what: 'transfer', from: 'a', to: 'b', penalty: 1 } as const;
    expect(askedWords(english, { change, way })).toBe(said);
  });
});

describe('why something was not done', () => {
  it.each(LANGUAGES)('has words of its own for each code in %s', (language) => {
    const say = new BoardWords(language);
    const said = [...ANSWER_CODES, 'lost'].map((code) => answerWords(say, { ok: false, code, detail: '' }));
    expect(new Set(said).size).toBe(ANSWER_CODES.length + 1);
  });

  it('is a fault where a later daemon says a code we do not know', () => {
    expect(answerWords(english, { ok: false, code: 'too-cold', detail: '' })).toBe(
      english.say('answer.failed'),
    );
  });
});

describe('the moves that are shown', () => {
  const NOW_MS = 10_000_000;
  const move = (key: string, state: Row<'moves'>['state'], endedAgoMs: number | null): Row<'moves'> => ({
    key,
    pbx: 'main',
    seat: 's',
    agent: 'Ana',
    by: 'mei',
    askedAtMs: NOW_MS - (endedAgoMs ?? 0) - 500,
    endedAtMs: endedAgoMs === null ? null : NOW_MS - endedAgoMs,
    change: { what: 'remove', queue: 'a' },
    state,
    steps: [],
    canUndo: false,
    follows: '',
  });
  const shown = (moves: readonly Row<'moves'>[]) => {
    const { now, earlier } = movesToShow(moves, NOW_MS);
    return { now: now.map(({ key }) => key), earlier: earlier.map(({ key }) => key) };
  };

  it('are those that are not over, whenever they were asked, and the newest first', () => {
    expect(shown([move('old', 'asked', null), { ...move('new', 'asked', null), askedAtMs: NOW_MS }])).toEqual(
      {
        now: ['new', 'old'],
        earlier: [],
      },
    );
  });

  it('stay for two minutes where they were done, and longer where they were not', () => {
    const moves = [
      move('done', 'done', 119_000),
      move('done long ago', 'done', 120_000),
      move('half', 'half-done', 121_000),
      move('refused long ago', 'refused', 900_000),
    ];
    expect(shown(moves)).toEqual({ now: ['done', 'half'], earlier: ['done long ago', 'refused long ago'] });
  });
});

describe('a move that follows another', () => {
  const step = (action: 'QueueAdd' | 'QueueRemove', queue: string, state: 'confirmed' | 'refused') => ({
    action,
    queue,
    state,
    said: '',
  });
  const move = (state: Row<'moves'>['state'], steps: Row<'moves'>['steps']): Row<'moves'> => ({
    key: 'm',
    pbx: 'main',
    seat: 's',
    agent: 'Ana',
    by: 'mei',
    askedAtMs: 0,
    endedAtMs: null,
    change: { what: 'transfer', from: 'a', to: 'b', penalty: 0 },
    state,
    steps,
    canUndo: false,
    follows: '',
  });
  const halfDone = move('half-done', [
    step('QueueAdd', 'b', 'confirmed'),
    step('QueueRemove', 'a', 'refused'),
  ]);

  it('does the rest where it takes up what was not confirmed', () => {
    expect(wayOf(move('asked', [step('QueueRemove', 'a', 'confirmed')]), halfDone)).toBe('finish');
  });

  it('takes it back otherwise', () => {
    expect(wayOf(move('asked', [step('QueueRemove', 'b', 'confirmed')]), halfDone)).toBe('undo');
    const done = move('done', [step('QueueAdd', 'b', 'confirmed')]);
    expect(wayOf(move('done', [step('QueueRemove', 'b', 'confirmed')]), done)).toBe('undo');
  });

  it('is not guessed where the other is gone', () => {
    expect(wayOf(halfDone, undefined)).toBeUndefined();
  });
});
