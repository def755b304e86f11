import { expect, it } from 'vitest';
import { callsAddress, journalAddress, readCallQuery, textOfQuery } from '../../src/board/call-query.ts';
import { callsQuery } from '../../src/http/journal-queries.ts';

const WHOLE = {
  pbx: 'main',
  hotline: 'gas & water',
  outcome: 'abandoned',
  agent: '王芳',
  fromMs: 1_772_000_000_000,
  untilMs: 1_772_000_900_000,
};

it('comes back out of an address as it went in', () => {
  expect(readCallQuery(textOfQuery(WHOLE))).toEqual(WHOLE);
});

it('asks for nothing it was not told', () => {
  expect(callsAddress({})).toBe('#/calls');
  expect(callsAddress({ hotline: 'h1', fromMs: undefined })).toBe('#/calls?hotline=h1');
  expect(readCallQuery('')).toEqual({
    pbx: undefined,
    hotline: undefined,
    outcome: undefined,
    agent: undefined,
    fromMs: undefined,
    untilMs: undefined,
  });
});

it('cuts instants to whole milliseconds, and leaves out what is none', () => {
  expect(textOfQuery({ fromMs: 1_772_000_000_000.75 })).toBe('from=1772000000000');
  expect(readCallQuery('from=yesterday&until=12').fromMs).toBeUndefined();
  expect(readCallQuery('from=yesterday&until=12').untilMs).toBeUndefined();
});

it('asks the journal in its own words, page by page', () => {
  const fields = new URLSearchParams(journalAddress(WHOLE, '1772000000000-4').split('?')[1]);
  const asked = callsQuery.parse(Object.fromEntries(fields));
  expect(asked).toMatchObject({
    pbx: 'main',
    hotline: 'gas & water',
    outcome: 'abandoned',
    agent: '王芳',
    from: WHOLE.fromMs,
    until: WHOLE.untilMs,
    after: '1772000000000-4',
  });
  expect(journalAddress({}, undefined)).toMatch(/^api\/calls\?limit=\d+$/);
});
