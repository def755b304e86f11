import { describe, expect, inject, it } from 'vitest';
import { readRules } from '../dashboards/rules.ts';
import { liveThrough } from './rule-case.ts';
import { answerRateFalling } from './stories/answer-rates.ts';
import { breaches } from './stories/breaches.ts';
import { dayBudgetSpent } from './stories/day-budget.ts';
import { callBackOverdue, callersWaitingTooLong, linesExhausted, queueUnstaffed } from './stories/floor.ts';
import { booksDoNotBalance, eventLag, journalDown, unattributedCalls } from './stories/itself.ts';
import { amiDown, blindTime, ringsideDown } from './stories/sight.ts';
import { casesOf } from './stories/story.ts';

const STORIES = [
  answerRateFalling,
  dayBudgetSpent,
  ...breaches,
  queueUnstaffed,
  callersWaitingTooLong,
  linesExhausted,
  callBackOverdue,
  ringsideDown,
  amiDown,
  blindTime,
  eventLag,
  unattributedCalls,
  booksDoNotBalance,
  journalDown,
];

it('tells a story of each alert', () => {
  const alerts = readRules().flatMap(({ alert }) => (alert === undefined ? [] : [alert]));
  expect(STORIES.map(({ alert }) => alert).toSorted()).toEqual([...new Set(alerts)].toSorted());
});

describe('each alert fires with its figures, not just below, resolves, and is silent where nothing is known', () => {
  it.each(STORIES)('$alert', async (story) => {
    expect(await liveThrough(inject('tools').promtool, story.alert, casesOf(story))).toBe('');
  });
});
