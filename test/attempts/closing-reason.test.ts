import { describe, expect, it } from 'vitest';
import { readClosingReason } from '../../src/attempts/closing-reason.ts';

describe('why a call-back is closed', () => {
  it.each([
    ['not-wanted', 'not-wanted', ''],
    [' Could not be reached ', 'could-not-be-reached', ''],
    ['could-not-be-reached: rang twice', 'could-not-be-reached', 'rang twice'],
    // Words do not evade the rule that hangs on a reason.
    ['could not be reached, rang twice', 'could-not-be-reached', 'rang twice'],
    ['reached_otherwise - at the counter', 'reached-otherwise', 'at the counter'],
    ['not-wanted: has gas again since 2026', 'not-wanted', 'has gas again since 2026'],
    ['other: wrong number', 'other', 'wrong number'],
    ['other', 'other', ''],
    ['others are on it', 'other', 'others are on it'],
    ['was a wrong number', 'other', 'was a wrong number'],
    ['用户已到营业厅办理', 'other', '用户已到营业厅办理'],
  ])('%s', (text, reason, note) => {
    expect(readClosingReason(text)).toEqual({ ok: true, reason, note });
  });

  it.each([
    ['', 'a reason is needed'],
    ['  ', 'a reason is needed'],
    ['could-not-be-reachd', '"could-not-be-reachd" is no reason'],
    ['done', '"done" is no reason: it is one of could-not-be-reached'],
    ['two\nlines', 'one line'],
    ['x '.repeat(300), 'at most 500 letters'],
    ['reached on 13800000001', 'holds no number'],
    ['reached on 138-0000 0001', 'holds no number'],
  ])('%s is refused', (text, message) => {
    expect(readClosingReason(text)).toEqual({ ok: false, message: expect.stringContaining(message) });
  });
});
