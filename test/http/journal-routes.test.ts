import { describe, expect, it, vi } from 'vitest';
import { callBackList } from '../../src/explain/call-back-list.ts';
import { callStoryDocument } from '../../src/explain/story-document.ts';
import type { JournalPorts, ReportAsk } from '../../src/http/journal-ports.ts';
import { LANGUAGES } from '../../src/lib/languages.ts';
import { callRowOf } from '../../src/store/call-row.ts';
import type { CallFilter } from '../../src/store/ports.ts';
import { HOUR_MS, OPENED_MS, someCallBack } from '../explain/documents.ts';
import { answeredCall } from '../store/stories.ts';
import { someJournalPorts, someServer } from './some-server.ts';

const serve = (changes: Partial<JournalPorts> = {}) => someServer({ journal: someJournalPorts(changes) });
interface Refusal {
  readonly error: string;
  readonly mistakes?: readonly string[];
  readonly words?: string;
}

/** What a request for calls asks of the journal. */
async function filterOf(query: string): Promise<CallFilter | undefined> {
  let asked: CallFilter | undefined;
  const server = serve({
    calls: (filter) => {
      asked = filter;
      return Promise.resolve({ calls: [], next: null });
    },
  });
  const answer = await server.inject(`/api/calls${query}`);
  expect([query, answer.statusCode]).toEqual([query, 200]);
  return asked;
}

async function mistakesOf(url: string): Promise<readonly string[]> {
  const answer = await serve().inject(url);
  expect([url, answer.statusCode]).toEqual([url, 400]);
  return answer.json<Refusal>().mistakes ?? [];
}

describe('a question for calls', () => {
  it('is handed to the journal as it was meant', async () => {
    expect(await filterOf('')).toEqual({ limit: 100 });
    const query =
      '?pbx=north&hotline=gas&outcome=abandoned&agent=Ann%20Other&from=2026-10-01T00:00:00Z&until=1791000000000&limit=5&after=1790000000000.25-7';
    expect(await filterOf(query)).toEqual({
      pbx: 'north',
      hotline: 'gas',
      outcome: 'abandoned',
      agent: 'Ann Other',
      fromMs: Date.UTC(2026, 9, 1),
      untilMs: 1_791_000_000_000,
      limit: 5,
      after: '1790000000000.25-7',
    });
    expect(await filterOf('?agent=')).toEqual({ limit: 100, agent: '' });
    expect(await filterOf("?hotline=x';DROP TABLE call;--")).toMatchObject({
      hotline: "x';DROP TABLE call;--",
    });
  });

  it.each([
    [
      '?hotlin=gas',
      '"hotlin" is no parameter of this address (did you mean "hotline"?): it takes pbx, hotline,',
    ],
    ['?limt=5', '"limt" is no parameter of this address (did you mean "limit"?)'],
    ['?caller=13800138000', '"caller" is no parameter of this address'],
    ['?13800138000=1', '"138****8000" is no parameter of this address'],
    ['?__proto__=1', '"__proto__" is no parameter of this address'],
    ['?%3Cscript%3E=1', '"?script?" is no parameter of this address'],
    ['?limit=0', 'limit: expected a whole number from 1 to 500'],
    ['?limit=501', 'limit: expected a whole number from 1 to 500'],
    ['?limit=1e2', 'limit: expected a whole number from 1 to 500'],
    ['?limit=5&limit=6', 'limit: given 2 times, expected once'],
    ['?outcome=abandonned', 'outcome: expected one of answered, voicemail,'],
    ['?outcome=abandonned', '(did you mean "abandoned"?)'],
    ['?from=yesterday', 'from: expected an instant such as 2026-10-01T08:00:00Z'],
    ['?from=2026-10-02T00:00:00Z&until=2026-10-01T00:00:00Z', 'until: expected an instant after "from"'],
    ['?after=1%27%20OR%201=1', 'after: expected "next" of the page before, as it was'],
    ['?hotline=', 'hotline: expected the name of a hotline, as in the configuration'],
    ['?agent=Local/13800138000', 'agent: expected the name of an agent; numbers of 7 digits or more do not'],
  ])('that is wrong is answered with what would be right: %s', async (query, words) => {
    expect((await mistakesOf(`/api/calls${query}`)).join('\n')).toContain(words);
  });

  it('is told all that is wrong at once, and never its own values', async () => {
    const answer = await serve().inject(
      '/api/calls?limit=x13800138000&outcome=13800138000&agent=13800138000&from=13800138000z',
    );
    expect(answer.json<Refusal>().mistakes).toHaveLength(4);
    expect(answer.body).not.toContain('13800138000');
  });
});

describe('a call', () => {
  const facts = answeredCall('sys-1.1', OPENED_MS);
  const row = callRowOf(
    { pbx: 'north', uniqueid: 'sys-1.1' },
    facts.map((fact) => ({ fact, source: 'seen' as const })),
  );
  const story = callStoryDocument({ call: { row, facts }, definitions: [], attempt: undefined });
  const server = serve({
    story: (pbx, uniqueid) => Promise.resolve(pbx === 'north' && uniqueid === 'sys-1.1' ? story : undefined),
  });

  it('is told by its exchange and uniqueid', async () => {
    const answer = await server.inject('/api/calls/north:sys-1.1');
    expect([answer.statusCode, answer.json()]).toEqual([200, story]);
  });

  it('that is not there is said so, however long its uniqueid', async () => {
    const long = await server.inject(`/api/calls/north:${'s'.repeat(130)}-1700000000.1`);
    expect([long.statusCode, long.json<Refusal>().error]).toEqual([404, 'no such call']);
    const answer = await server.inject('/api/calls/north:1.2');
    expect([answer.statusCode, answer.json<Refusal>().error]).toEqual([404, 'no such call']);
    expect(answer.json<Refusal>().words).toContain('no call of that exchange with that uniqueid');
  });

  it.each(['north', ':1.1', 'north:', "no'rth:1.1", 'north:1.1%0d%0a', 'north:%00'])(
    'is named by both: %s',
    async (id) => {
      expect(await mistakesOf(`/api/calls/${id}`)).toEqual([
        'expected {pbx}:{uniqueid}, such as north:1700000000.1',
      ]);
    },
  );

  it('is told in the language that is asked for, in English where none is', async () => {
    const asked = vi.fn<JournalPorts['story']>(() => Promise.resolve(story));
    const own = serve({ story: asked });
    await own.inject('/api/calls/north:sys-1.1');
    for (const language of LANGUAGES) await own.inject(`/api/calls/north:sys-1.1?language=${language}`);
    expect(asked.mock.calls.map(([, , language]) => language)).toEqual(['en', ...LANGUAGES]);
  });

  it.each([
    ['language=zh', 'language: expected one of en, zh-Hans, zh-Hant, es'],
    ['language=', 'language: expected one of en, zh-Hans, zh-Hant, es'],
    ['language=en&language=es', 'language: given 2 times, expected once'],
    ['hotline=gas', '"hotline" is no parameter of this address: it takes language'],
  ])('that is asked for wrongly is answered with what would be right: %s', async (query, words) => {
    const mistakes = await mistakesOf(`/api/calls/north:1.1?${query}`);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(words);
  });
});

describe('call-backs', () => {
  const due = someCallBack(HOUR_MS);
  const late = someCallBack(HOUR_MS, { dueAtMs: OPENED_MS, hotline: 'water' });
  const list = callBackList([due, late], OPENED_MS + HOUR_MS);
  const asked = vi.fn<JournalPorts['callBacks']>(() => Promise.resolve(list));
  const server = serve({ callBacks: asked });

  it('are listed, all or some', async () => {
    expect((await server.inject('/api/call-backs')).json()).toEqual(list);
    expect(asked).toHaveBeenLastCalledWith({});
    await server.inject('/api/call-backs?hotline=gas&overdue=no');
    expect(asked).toHaveBeenLastCalledWith({ hotline: 'gas', overdue: false });
    await server.inject('/api/call-backs.csv?pbx=north&overdue=yes');
    expect(asked).toHaveBeenLastCalledWith({ pbx: 'north', overdue: true });
    expect(await mistakesOf('/api/call-backs?overdue=maybe')).toEqual(['overdue: expected one of yes, no']);
  });

  it('are a table too', async () => {
    const answer = await server.inject('/api/call-backs.csv?overdue=no');
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="call-backs.csv"');
    expect(answer.body.split('\r\n')).toHaveLength(4);
  });
});

describe('attempts', () => {
  it.each([
    ['', { unit: 'month', period: 'now' }],
    ['?unit=quarter', { unit: 'quarter', period: 'now' }],
    ['?period=2026-Q4', { unit: 'quarter', period: '2026-Q4' }],
    ['?unit=month&period=2026-10', { unit: 'month', period: '2026-10' }],
  ])('of a period: %s', async (query, asked) => {
    expect((await serve().inject(`/api/attempts${query}`)).json()).toMatchObject(asked);
  });

  it.each([
    ['?period=2026-13', 'period: expected a month such as 2026-10 or a quarter such as 2026-Q4'],
    ['?unit=week', 'unit: expected one of month, quarter'],
    ['?unit=month&period=2026-Q4', 'period: expected a period of that unit'],
  ])('of no such period: %s', async (query, words) => {
    expect((await mistakesOf(`/api/attempts${query}`)).join()).toContain(words);
  });
});

describe('a report', () => {
  const asked: ReportAsk[] = [];
  const server = serve({
    report: (ask) => {
      asked.push(ask);
      const html = '<html><style>p { color: red }</style><p>month</p></html>';
      return Promise.resolve(ask.period === '2030-01' ? undefined : ask.format === 'html' ? html : '{}');
    },
  });

  it('is asked for by kind, period, form and language', async () => {
    await server.inject('/api/reports/shift/2026-11-21%20%E6%97%A9%E7%8F%AD?format=json&language=zh-Hans');
    expect(asked.at(-1)).toEqual({
      kind: 'shift',
      period: '2026-11-21 早班',
      format: 'json',
      language: 'zh-Hans',
    });
    await server.inject('/api/reports/quarter/2026-Q4');
    expect(asked.at(-1)).toMatchObject({ kind: 'quarter', format: 'html', language: undefined });
  });

  it('lets its own style in and nothing else', async () => {
    const { headers } = await server.inject('/api/reports/month/2026-10');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    // printf '%s' 'p { color: red }' | openssl dgst -sha256 -binary | base64
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'sha256-ngewhhP73WDIbgwseeu52VAAJgKdGUsu1IUQQsAm8m4='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers['x-frame-options']).toBe('DENY');
  });

  it('is a file for programs', async () => {
    const { headers } = await server.inject('/api/reports/month/2026-10?format=csv');
    expect(headers['content-disposition']).toBe('attachment; filename="ringside-month-2026-10.csv"');
    const shift = await server.inject('/api/reports/shift/2026-11-21%20a%22%3Bb?format=csv');
    expect(shift.headers['content-disposition']).toBe(
      'attachment; filename="ringside-shift-2026-11-21-a-b.csv"',
    );
  });

  it('of no such period is said so', async () => {
    const answer = await server.inject('/api/reports/month/2030-01');
    expect([answer.statusCode, answer.json<Refusal>().error]).toEqual([404, 'no such period']);
  });

  it.each([
    [
      '/api/reports/mounth/2026-10',
      'there are reports of shift, day, month, quarter (did you mean "month"?)',
    ],
    ['/api/reports/constructor/2026-10', 'there are reports of shift, day, month, quarter'],
    ['/api/reports/month/2026-13', 'a month report: expected a month such as 2026-11'],
    ['/api/reports/day/2026-10', 'a day report: expected a day such as 2026-11-21'],
    ['/api/reports/shift/2026-11-21', 'a shift report: expected a day and the name of its shift'],
    ['/api/reports/month/2026-10?format=pdf', 'format: expected one of html, csv, json'],
    ['/api/reports/month/2026-10?language=zh', 'language: expected one of en, zh-Hans, zh-Hant, es'],
  ])('of no such kind: %s', async (url, words) => {
    expect((await mistakesOf(url)).join()).toContain(words);
  });
});

describe('the journal', () => {
  const URLS = [
    '/api/calls',
    '/api/calls/north:1.1',
    '/api/call-backs',
    '/api/call-backs.csv',
    '/api/attempts',
    '/api/reports/month/2026-10',
  ];

  it.each(URLS)('that is not there is said so: %s', async (url) => {
    const answer = await someServer().inject(url);
    expect([answer.statusCode, answer.json<Refusal>().error]).toEqual([503, 'no journal']);
    expect(answer.json<Refusal>().words).toContain('journal.file');
  });

  it.each([...URLS, '/api/definition'])('that cannot be read is said so, and no more: %s', async (url) => {
    const fails = (): never => {
      throw new Error('secret of /var/lib/ringside');
    };
    const rejects = () => Promise.reject(new Error('secret of /var/lib/ringside'));
    const journal = someJournalPorts({
      calls: rejects,
      story: fails,
      definitions: rejects,
      callBacks: fails,
      attempts: rejects,
      report: rejects,
    });
    const answer = await someServer({ journal }).inject(url);
    expect([answer.statusCode, answer.json<Refusal>().error]).toEqual([503, 'the journal cannot be read']);
    expect(answer.body).not.toContain('secret');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('is not needed to say what is in force', async () => {
    const answer = (await someServer().inject('/api/definition')).json<{ hash: string; changes: unknown }>();
    expect([answer.hash, answer.changes]).toEqual(['0123456789ab', null]);
    const definitions = () => Promise.resolve([{ atMs: OPENED_MS, hash: '0123456789ab', settings: '{}' }]);
    expect((await serve({ definitions }).inject('/api/definition')).json()).toMatchObject({
      since: '2026-11-20T09:00:00.000Z',
    });
  });

  it('is only read', async () => {
    for (const url of URLS) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
        expect((await serve().inject({ method, url })).statusCode).toBe(404);
      }
    }
  });
});

describe('the schema', () => {
  it('says of each address what it takes and answers', async () => {
    const { routes } = (await serve().inject('/api/schema')).json<{
      routes: readonly { path: string; parameters: { properties?: object }; answer: object }[];
    }>();
    expect(routes.map(({ path }) => path)).toEqual([
      '/api/calls',
      '/api/calls/{pbx}:{uniqueid}',
      '/api/definition',
      '/api/call-backs',
      '/api/call-backs.csv',
      '/api/attempts',
      '/api/reports/{kind}/{period}',
      '/api/audit',
    ]);
    expect(Object.keys(routes[0]?.parameters.properties ?? {})).toEqual([
      'pbx',
      'hotline',
      'outcome',
      'agent',
      'from',
      'until',
      'limit',
      'after',
    ]);
    expect(routes[1]?.answer).toMatchObject({ type: 'object', properties: { steps: { type: 'array' } } });
  });
});
