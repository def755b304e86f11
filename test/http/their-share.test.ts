import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assert, asyncProperty, subarray } from 'fast-check';
import { Door } from '../../src/access/door.ts';
import { admitUser } from '../../src/access/admission.ts';
import type { Sight } from '../../src/access/who.ts';
import { callBackList } from '../../src/explain/call-back-list.ts';
import { callStoryDocument } from '../../src/explain/story-document.ts';
import type { WatchDefinition } from '../../src/hotlines/definition.ts';
import type { JournalPorts } from '../../src/http/journal-ports.ts';
import { callRowOf } from '../../src/store/call-row.ts';
import type { StoredFact } from '../../src/store/compact.ts';
import { someUser } from '../access/some-users.ts';
import { HOUR_MS, OPENED_MS, someCallBack } from '../explain/documents.ts';
import { someFolder, someJournal, someReader } from '../store/journals.ts';
import { answeredCall } from '../store/stories.ts';
import { someHotline, somePbx, someWatch } from '../support/definitions.ts';
import { someCalls, someSeat } from '../support/picture.ts';
import { someReport } from '../support/report.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { someAccess, someJournalPorts, someServer } from './some-server.ts';

const NAMES = ['ash', 'birch', 'cedar'] as const;
const of = (name: string) => ({
  hotline: `hotline-${name}`,
  title: `Title of ${name}`,
  queue: `queue-${name}`,
  seat: `PJSIP/seat-${name}`,
  place: `Place ${name}`,
  agent: `Agent ${name}`,
});

const DEFINITION: WatchDefinition = someWatch({
  pbxs: [
    somePbx({
      queues: NAMES.map((name) => ({ name: of(name).queue, wrapupS: undefined, emergency: false })),
      seats: NAMES.map((name) => ({ interface: of(name).seat, name: of(name).place })),
    }),
  ],
  // Each hotline hands on to the queue of the next one too.
  hotlines: NAMES.map((name, i) =>
    someHotline({
      name: of(name).hotline,
      title: of(name).title,
      numbers: [`10${i}`],
      queues: [of(name).queue, of(NAMES[(i + 1) % 3] ?? name).queue],
    }),
  ),
});

/** A call of a hotline that a seat of the queue answered. */
function callOf(
  i: number,
  hotline: string,
  queue: string,
): { uniqueid: string; facts: readonly StoredFact[] } {
  const uniqueid = `${i}.1`;
  const told = JSON.stringify(answeredCall(uniqueid, OPENED_MS + i * 1000))
    .replaceAll('"gas"', JSON.stringify(of(hotline).hotline))
    .replaceAll('support', of(queue).queue)
    .replaceAll('PJSIP/seat101', of(queue).seat)
    .replaceAll('Ann Other', of(queue).agent);
  return { uniqueid, facts: JSON.parse(told) as readonly StoredFact[] };
}

const CALLS = NAMES.flatMap((hotline, i) => NAMES.map((queue, j) => callOf(i * 3 + j + 1, hotline, queue)));
const REPORT = someReport(
  [],
  {
    calls: [someCalls()],
    seats: NAMES.map((name, i) =>
      someSeat({
        interface: of(name).seat,
        agent: of(name).agent,
        on: of(NAMES[(i + 1) % 3] ?? name).queue,
        why: `talks to a caller of ${of(NAMES[(i + 1) % 3] ?? name).queue} with ${of(name).agent}`,
        memberships: new Map(
          [name, NAMES[(i + 1) % 3] ?? name].map((one) => [of(one).queue, { status: 1, paused: false }]),
        ),
      }),
    ),
  },
  DEFINITION,
);

async function somePorts(): Promise<JournalPorts> {
  const file = join(someFolder(), 'j.db');
  const { journal } = await someJournal(file);
  for (const { facts } of CALLS) for (const fact of facts) journal.append(fact);
  await journal.flush();
  const reader = someReader(file);
  return someJournalPorts({
    calls: (filter) => reader.calls(filter),
    story: async (pbx, uniqueid, language) => {
      const call = await reader.call(pbx, uniqueid);
      return call === undefined
        ? undefined
        : callStoryDocument({ call, definitions: [], attempt: undefined }, language);
    },
    callBacks: ({ hotlines }) =>
      Promise.resolve(
        callBackList(
          NAMES.map((name, i) => someCallBack(HOUR_MS, { id: `cb${i}`, hotline: of(name).hotline })).filter(
            ({ hotline }) => hotlines?.includes(hotline) ?? true,
          ),
          OPENED_MS + HOUR_MS,
        ),
      ),
  });
}

/** Everything that can be read by somebody with that sight, by address. */
async function allRead(
  journal: JournalPorts,
  sees: Sight,
): Promise<ReadonlyMap<string, { status: number; body: string }>> {
  const user = someUser({ role: 'viewer', sees });
  const access = someAccess({ users: [user] });
  const door = new Door({ access, clock: new VirtualClock(), scheme: 'http' });
  const cookie = `ringside=${door.begin(admitUser(user, access))}`;
  const server = someServer({ door, definition: () => DEFINITION, report: () => REPORT, journal });
  const addresses = [
    '/api/report',
    '/status',
    '/metrics',
    '/readyz',
    '/api/definition',
    '/api/calls',
    ...NAMES.map((name) => `/api/calls?hotline=${of(name).hotline}`),
    ...NAMES.map((name) => `/api/calls?agent=${of(name).agent}`),
    '/api/call-backs',
    '/api/call-backs.csv',
    '/api/attempts',
    '/api/audit',
    ...CALLS.flatMap(({ uniqueid }) =>
      ['', '?language=zh-Hans', '?language=es'].map((query) => `/api/calls/north:${uniqueid}${query}`),
    ),
  ];
  const read = new Map<string, { status: number; body: string }>();
  for (const url of addresses) {
    const { statusCode, body } = await server.inject({ url, headers: { cookie } });
    read.set(url, { status: statusCode, body });
  }
  return read;
}

const rowOf = (i: number) => {
  const { uniqueid, facts } = CALLS[i] ?? { uniqueid: '', facts: [] };
  return callRowOf(
    { pbx: 'north', uniqueid },
    facts.map((fact) => ({ fact, source: 'seen' as const })),
  );
};

describe('who sees a part', () => {
  it('is told no name of the rest, at any address', async () => {
    const ports = await somePorts();
    const some = subarray([...NAMES]);
    await assert(
      asyncProperty(some, some, some, async (hotlines, queues, seats) => {
        const sees: Sight = {
          hotlines: hotlines.map((name) => of(name).hotline),
          queues: queues.map((name) => of(name).queue),
          seats: seats.map((name) => of(name).seat),
        };
        // A seat is theirs by its queues too.
        const own = new Set(
          NAMES.filter((name, i) => {
            const its = new Set([name, NAMES[(i + 1) % 3] ?? name]);
            return seats.includes(name) || queues.some((queue) => its.has(queue));
          }),
        );
        const foreign = NAMES.flatMap((name) => [
          ...(hotlines.includes(name) ? [] : [of(name).hotline, of(name).title]),
          ...(queues.includes(name) ? [] : [of(name).queue]),
          ...(own.has(name) ? [] : [of(name).seat, of(name).place, of(name).agent]),
        ]);
        for (const [url, { status, body }] of await allRead(ports, sees)) {
          expect([url, status < 500 || url === '/api/audit']).toEqual([url, true]);
          const said = foreign.filter((name) => body.includes(name));
          expect([url, said]).toEqual([url, []]);
        }
      }),
      { numRuns: 12, seed: 5 },
    );
  });

  it('sees all of that part', async () => {
    const [ash, birch] = [of('ash'), of('birch')];
    const read = await allRead(await somePorts(), {
      hotlines: [ash.hotline],
      queues: [ash.queue],
      seats: [],
    });
    const body = (url: string): string => read.get(url)?.body ?? '';
    const calls = JSON.parse(body('/api/calls')) as {
      calls: { queue: string; hotline: string; agent: string }[];
    };
    expect(calls.calls.map(({ hotline, queue, agent }) => [hotline, queue, agent])).toEqual([
      [ash.hotline, '', ''],
      [ash.hotline, '', ''],
      [ash.hotline, ash.queue, ash.agent],
    ]);
    expect(rowOf(0)).toMatchObject({ hotline: ash.hotline, queue: ash.queue });
    expect(body('/api/calls/north:1.1')).toContain(ash.agent);
    expect(body('/api/calls/north:1.1?language=zh-Hans')).toContain(`话务员 ${ash.agent}`);
    expect(body('/api/report')).toContain(ash.queue);
    // The number of the whole rises with what others do.
    expect(JSON.parse(body('/api/report'))).toMatchObject({ seq: 0 });
    expect(body('/api/definition')).toContain(ash.title);
    expect(JSON.parse(body('/api/call-backs'))).toMatchObject({ open: 1 });
    expect(body(`/api/calls?hotline=${birch.hotline}`)).toBe('{"calls":[],"next":null}');
  });

  it('finds no call by who took it where that is not theirs', async () => {
    const [ash, birch] = [of('ash'), of('birch')];
    const ports = await somePorts();
    const found = async (sees: Sight, { agent }: { readonly agent: string }): Promise<string[]> => {
      const { body } = (await allRead(ports, sees)).get(`/api/calls?agent=${agent}`) ?? { body: '' };
      return (JSON.parse(body) as { calls: { id: string }[] }).calls.map(({ id }) => id);
    };
    const everywhere = { hotlines: 'all', queues: [ash.queue], seats: [] } as const;
    expect(await found(everywhere, ash)).toHaveLength(3);
    expect(await found(everywhere, birch)).toEqual([]);
    expect(await found({ ...everywhere, seats: [birch.seat] }, birch)).toHaveLength(3);
    expect(await found({ hotlines: [ash.hotline], queues: 'all', seats: [] }, birch)).toHaveLength(1);
    expect(await found({ hotlines: [ash.hotline], queues: [], seats: [] }, birch)).toEqual([]);
  });

  it('is answered for what is not theirs as for what does not exist', async () => {
    const ports = await somePorts();
    const read = await allRead(ports, { hotlines: [of('ash').hotline], queues: [], seats: [] });
    const user = read.get('/api/calls/north:4.1');
    const nothing = await someServer({ journal: ports }).inject('/api/calls/north:99.1');
    expect(user).toEqual({ status: 404, body: nothing.body });
    expect(read.get('/metrics')?.status).toBe(403);
    expect(read.get('/api/audit')?.status).toBe(403);
  });
});
