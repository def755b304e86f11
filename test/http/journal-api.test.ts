import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callStoryDocument, type CallStoryDocument } from '../../src/explain/story-document.ts';
import type { CallRowDocument } from '../../src/explain/call-row.ts';
import { someFolder, someJournal, someReader } from '../store/journals.ts';
import { answeredCall, closedCall, openedCall } from '../store/stories.ts';
import { someWatch } from '../support/definitions.ts';
import { someJournalPorts, someServer } from './some-server.ts';

const AT_MS = Date.parse('2026-11-20T09:00:00Z');
const CALLS = 24;
interface Page {
  readonly calls: readonly CallRowDocument[];
  readonly next: string | null;
}

/** A server over a journal in a file: 24 calls of three instants, every third one answered. */
async function someApi() {
  const file = join(someFolder(), 'j.db');
  const { journal } = await someJournal(file);
  for (let i = 0; i < CALLS; i++) {
    const reachedAtMs = AT_MS + Math.floor(i / 8) * 0.5;
    const told =
      i % 3 === 0
        ? answeredCall(`1.${i}`, reachedAtMs)
        : [openedCall(`1.${i}`, reachedAtMs), closedCall(`1.${i}`, reachedAtMs, { outcome: 'abandoned' })];
    for (const fact of told) journal.append(fact);
  }
  await journal.flush();
  const reader = someReader(file);
  const server = someServer({
    journal: someJournalPorts({
      calls: (filter) => reader.calls(filter),
      story: async (pbx, uniqueid) => {
        const call = await reader.call(pbx, uniqueid);
        if (call === undefined) return undefined;
        return callStoryDocument({ call, definitions: await reader.definitions(), attempt: undefined });
      },
      definitions: () => reader.definitions(),
    }),
  });
  return { server, journal };
}
type Api = Awaited<ReturnType<typeof someApi>>['server'];

async function pagesOf(server: Api, query: string): Promise<string[]> {
  const seen: string[] = [];
  for (let after: string | null = ''; after !== null;) {
    const next: string = after === '' ? '' : `&after=${after}`;
    const answer = await server.inject(`/api/calls?${query}${next}`);
    expect(answer.statusCode).toBe(200);
    const page = answer.json<Page>();
    seen.push(...page.calls.map(({ uniqueid }) => uniqueid));
    after = page.next;
  }
  return seen;
}

describe('calls out of a journal', () => {
  it('come once each, however many a page, though many came at one instant', async () => {
    const { server } = await someApi();
    const all = Array.from({ length: CALLS }, (_, i) => `1.${CALLS - 1 - i}`);
    const answered = all.filter((uniqueid) => Number(uniqueid.slice(2)) % 3 === 0);
    for (const limit of [1, 3, 7, 8, 24, 500]) {
      expect(await pagesOf(server, `limit=${limit}`)).toEqual(all);
      expect(await pagesOf(server, `limit=${limit}&outcome=answered`)).toEqual(answered);
    }
  });

  it('that come while one pages change nothing of the pages that follow', async () => {
    const { server, journal } = await someApi();
    const first = (await server.inject('/api/calls?limit=5')).json<Page>();
    for (let i = 0; i < 5; i++) journal.append(openedCall(`2.${i}`, AT_MS + 60_000));
    await journal.flush();
    const second = (await server.inject(`/api/calls?limit=5&after=${first.next}`)).json<Page>();
    expect(second.calls.map(({ uniqueid }) => uniqueid)).toEqual(['1.18', '1.17', '1.16', '1.15', '1.14']);
  });

  it('are not had by writing SQL, or a pattern', async () => {
    const { server } = await someApi();
    for (const [name, value] of [
      ['hotline', "gas' OR '1'='1"],
      ['hotline', 'gas"; DROP TABLE call; --'],
      ['pbx', "north') UNION SELECT hash FROM caller --"],
      ['agent', '%'],
      ['agent', 'Ann*'],
      ['hotline', 'gas\0'],
    ] as const) {
      const answer = await server.inject(`/api/calls?${name}=${encodeURIComponent(value)}`);
      expect([value, answer.statusCode, answer.json<Page>().calls]).toEqual([value, 200, []]);
    }
    expect(await pagesOf(server, 'limit=500')).toHaveLength(CALLS);
  });

  it('are told each with what decided it', async () => {
    const { server } = await someApi();
    const [call] = (await server.inject('/api/calls?outcome=answered&limit=1')).json<Page>().calls;
    const story = (await server.inject(`/api/calls/${call?.id}`)).json<CallStoryDocument>();
    expect(story.call).toEqual(call);
    expect(story.steps.at(-1)?.words).toBe('answered: caller and a person were in one bridge');
    expect(story.rates.find(({ target }) => target === 'transfer')).toMatchObject({
      numerator: 1,
      denominator: 1,
    });
  });
});

describe('the definition out of a journal', () => {
  it('has every instant of change', async () => {
    const { server, journal } = await someApi();
    journal.redefine(someWatch({ hash: 'another' }));
    journal.append(openedCall('3.1', AT_MS));
    await journal.flush();
    const { changes } = (await server.inject('/api/definition')).json<{
      changes: readonly { hash: string; atMs: number }[];
    }>();
    expect(changes.map(({ hash }) => hash)).toEqual(['0123456789ab', 'another']);
  });
});
