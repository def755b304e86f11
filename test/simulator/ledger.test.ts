import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Ledger } from '../../src/simulator/ledger.ts';
import { TEST_CALLER } from '../../src/simulator/planner.ts';
import { SHANGHAI } from '../../src/simulator/site.ts';
import { readTrace } from '../traces/replay.ts';
import { STORIES, STORY_START_MS, type Story } from './stories.ts';

function bookOf(story: Story, more: Partial<Story['plan']> = {}): Ledger {
  const ledger = new Ledger(SHANGHAI);
  ledger.write({ ...story.plan, ...more });
  return ledger;
}
const storyOf = (recording: string): Story => {
  const story = STORIES.find((one) => one.recording === recording);
  if (!story) throw new Error(`no story ${recording}`);
  return story;
};
const truthOf = (ledger: Ledger) => ledger.entries[0]?.truth;

/** They are played in open hours here, and where they were recorded the hotline was closed. */
const AT_HOURS = STORIES.filter(({ recording }) => !recording.startsWith('closed-'));

describe('the ledger has of each story what was decided when it was recorded', () => {
  it.each(AT_HOURS)('$recording', (story) => {
    const recorded = readTrace(join(import.meta.dirname, '../traces', `${story.recording}.ami`));
    const [truly] = recorded.truth.calls;
    const book = truthOf(bookOf(story));
    expect(book?.outcome).toBe(truly?.outcome);
    if (recorded.definition.hotlines[0]?.kind !== book?.kind) return;
    const scores = book?.scores.map(({ target, result }) => [target, result]) ?? [];
    expect(Object.fromEntries(scores)).toEqual(truly?.scores);
    expect(book?.stages.map(({ end }) => end)).toEqual(truly?.stages.map(({ end }) => end));
    expect(book?.lostAfterAnswer).toBe(truly?.lostAfterAnswer);
    expect(book?.transfers).toBe(truly?.transfers ?? 0);
  });
});

describe('the ledger', () => {
  it('has each decision at its instant', () => {
    const { plan } = storyOf('timeout-message');
    const book = truthOf(bookOf(storyOf('timeout-message')));
    // Picked up after 10 ms, 1.2 s of menu, 15 s of queue, 60 ms until the voicemail answers.
    expect(book).toMatchObject({
      upMs: plan.atMs + 10,
      askedMs: plan.atMs + 1210,
      voicemailMs: plan.atMs + 1210 + 15_000 + 60,
      message: 'left',
    });
    expect(book?.decidedMs).toBe(book?.voicemailMs);
  });

  it('keeps test callers out of rates, other exchanges out of hotlines', () => {
    const story = storyOf('blocked-busy');
    expect(truthOf(bookOf(story, { caller: TEST_CALLER }))).toMatchObject({
      test: true,
      scores: [],
      breaches: [],
    });
    expect(truthOf(bookOf(story, { trunk: 'PJSIP/head-office' }))).toBeUndefined();
  });

  it('an outage ends who is on the line, and lets nobody in', () => {
    const ledger = bookOf(storyOf('timeout-message'));
    const { plan } = storyOf('timeout-message');
    ledger.writeOutage(plan.atMs + 5000, plan.atMs + 60_000);
    ledger.write({ ...plan, atMs: plan.atMs + 20_000 });
    ledger.write({ ...plan, atMs: plan.atMs + 60_000 });
    expect(ledger.entries.map(({ truth, endedMs }) => [truth?.outcome, endedMs - plan.atMs])).toEqual([
      ['dropped', 5000],
      ['voicemail', expect.any(Number)],
    ]);
    expect(ledger.entries[0]?.truth).toMatchObject({
      endedBy: 'exchange',
      stages: [{ queue: 'billing', end: 'cut' }],
    });
  });

  it('has every seat in one state at every instant', () => {
    const { plan } = storyOf('queue-answered');
    const ledger = bookOf(storyOf('queue-answered'));
    const at = (ms: number): string => ledger.seatAt('PJSIP/seat101', plan.atMs + ms).state;
    const answered = (truthOf(ledger)?.answer?.atMs ?? 0) - plan.atMs;
    const ended = (truthOf(ledger)?.endedMs ?? 0) - plan.atMs;
    expect([at(0), at(answered - 1), at(answered), at(ended - 1), at(ended), at(ended + 10_000)]).toEqual([
      'idle',
      'ringing',
      'talking',
      'talking',
      'wrap-up',
      'idle',
    ]);
    ledger.forget(STORY_START_MS + 3_600_000);
    expect(ledger.entries).toEqual([]);
    expect(at(answered)).toBe('idle');
  });
});
