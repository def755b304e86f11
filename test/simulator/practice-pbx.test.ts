import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listChannels, listQueues, listStatus, tellCore } from '../../src/simulator/lists.ts';
import { PracticePbx } from '../../src/simulator/practice-pbx.ts';
import { SHANGHAI } from '../../src/simulator/site.ts';
import type { Intent } from '../../src/simulator/traffic.ts';
import { type Block, blocksOf } from './event-order.ts';

/** Monday 09:30 in Shanghai. */
const START_MS = Date.UTC(2026, 10, 23, 1, 30, 0);
const HOUR_MS = 3_600_000;

interface Run {
  readonly pbx: PracticePbx;
  readonly text: () => string;
  readonly intents: readonly Intent[];
}

function run(seed: number, startMs = START_MS, callsPerHour = 300): Run {
  const parts: string[] = [];
  const intents: Intent[] = [];
  const pbx = new PracticePbx({
    seed,
    callsPerHour,
    site: SHANGHAI,
    startMs,
    systemName: '',
    onEvent: (_, block) => parts.push(block),
    onIntent: (intent) => intents.push(intent),
  });
  return { pbx, text: () => parts.join(''), intents };
}

describe('the practice exchange is the same for the same seed', () => {
  it('says the same bytes, however its time is cut into steps', () => {
    const one = run(11);
    one.pbx.advanceTo(START_MS + HOUR_MS);
    const other = run(11);
    for (let atMs = START_MS; atMs <= START_MS + HOUR_MS; atMs += 777) other.pbx.advanceTo(atMs);
    other.pbx.advanceTo(START_MS + HOUR_MS);
    expect(other.text()).toBe(one.text());
  });

  it('says something else for another seed', () => {
    const one = run(11);
    const other = run(12);
    one.pbx.advanceTo(START_MS + HOUR_MS);
    other.pbx.advanceTo(START_MS + HOUR_MS);
    expect(other.text()).not.toBe(one.text());
  });
});

describe('the events of a day are in themselves true', () => {
  const day = run(5);
  day.pbx.advanceTo(START_MS + 24 * HOUR_MS);
  const events = blocksOf(day.text());

  it('hangs up every channel it made, once, but those that are still there', () => {
    const made = events.filter((one) => one.get('Event') === 'Newchannel').map((one) => one.get('Uniqueid'));
    const gone = events.filter((one) => one.get('Event') === 'Hangup').map((one) => one.get('Uniqueid'));
    const alive = [...day.pbx.floor.exchange.channels.keys()];
    expect(new Set(made).size).toBe(made.length);
    expect([...gone, ...alive].toSorted()).toEqual(made.toSorted());
  });

  it('speaks of no channel before it is made or after it is gone', () => {
    const alive = new Set<string>();
    const strangers: string[] = [];
    for (const event of events) {
      const name = event.get('Event');
      const uniqueid = event.get('Uniqueid');
      if (name === 'Newchannel' && uniqueid !== undefined) alive.add(uniqueid);
      for (const header of ['Uniqueid', 'DestUniqueid', 'TransfererUniqueid', 'TransfereeUniqueid']) {
        const spokenOf = event.get(header);
        if (spokenOf !== undefined && !alive.has(spokenOf)) strangers.push(`${name} ${spokenOf}`);
      }
      if (name === 'Hangup' && uniqueid !== undefined) alive.delete(uniqueid);
    }
    expect(strangers).toEqual([]);
  });

  it('leaves every queue it joined, and every bridge it entered', () => {
    const count = (name: string): number => events.filter((one) => one.get('Event') === name).length;
    const waiting = [...day.pbx.floor.desk.queues.values()].reduce((sum, one) => sum + one.entries.length, 0);
    const bridged = [...day.pbx.floor.exchange.channels.values()].filter((one) => one.bridge).length;
    expect(count('QueueCallerJoin')).toBe(count('QueueCallerLeave') + waiting);
    expect(count('BridgeEnter')).toBe(count('BridgeLeave') + bridged);
  });

  it('never turns its clock back, and stamps everything', () => {
    const stamps = events.map((one) => Number(one.get('Timestamp')));
    expect(stamps.every((stamp, place) => stamp > (stamps[place - 1] ?? 0))).toBe(true);
  });

  it('has a phone in one call at a time', () => {
    const busy = new Map<string, string>();
    const twice: string[] = [];
    for (const event of events) {
      const name = event.get('Event');
      const channel = event.get('Channel') ?? '';
      const phone = /^(PJSIP\/seat\d+)-/.exec(channel)?.[1];
      if (phone === undefined || (name !== 'Newchannel' && name !== 'Hangup')) continue;
      if (name === 'Hangup') busy.delete(phone);
      else {
        if (busy.has(phone)) twice.push(channel);
        busy.set(phone, channel);
      }
    }
    expect(twice).toEqual([]);
  });

  it('shows every kind of call and of seat within a day', () => {
    const inbound = day.intents.filter((one) => one.kind === 'inbound');
    const ends = new Set(inbound.flatMap((one) => one.stages.map((stage) => stage.end)));
    expect([...ends].toSorted()).toEqual(
      expect.arrayContaining(['answered', 'full', 'hang-up', 'join-empty', 'key', 'timeout']),
    );
    expect(new Set(inbound.map((one) => one.blockedCause))).toEqual(new Set([0, 17, 34, 42]));
    expect(new Set(inbound.map((one) => one.talk?.transfer?.kind))).toEqual(
      new Set([undefined, 'blind', 'attended']),
    );
    const facts = {
      attendantOnly: inbound.some((one) => one.attendant?.asksForPerson === false),
      overflow: inbound.some((one) => one.stages.length === 2),
      message: inbound.some((one) => (one.voicemail?.messageMs ?? 0) > 0),
      greetingOnly: inbound.some((one) => one.voicemail?.messageMs === 0),
      outside: inbound.some((one) => one.outside?.answered),
      afterHours: inbound.some((one) => one.closedMs > 0),
      held: inbound.some((one) => one.talk !== undefined && one.talk.holds.length > 0),
      withoutNumber: inbound.some((one) => one.caller === ''),
      noHotline: inbound.some((one) => one.hotline === undefined),
      again: new Set(inbound.map((one) => one.caller)).size < inbound.length,
    };
    expect(Object.entries(facts).filter(([, isSeen]) => !isSeen)).toEqual([]);
    expect(new Set(day.intents.map((one) => one.kind))).toEqual(
      new Set(['inbound', 'outbound', 'internal', 'break', 'off-duty', 'phone-off']),
    );
  });

  it('says each intent before the first event of it', () => {
    const inbound = day.intents.filter((one) => one.kind === 'inbound');
    const reached = events.filter(
      (one) => one.get('Event') === 'Newchannel' && /carrier|head-office/.test(one.get('Channel') ?? ''),
    );
    const fromOutside = reached.filter((one) => one.get('ChannelState') === '4');
    expect(fromOutside.map((one) => one.get('Exten'))).toEqual(inbound.map((one) => one.number));
  });
});

/** What a reader of the events knows, in the words of the lists. */
class EventReader {
  readonly channels = new Map<string, Block>();
  readonly bridges = new Map<string, string>();
  readonly waiting = new Map<string, string[]>();
  readonly members = new Map<string, Block>();

  take(event: Block): void {
    const name = event.get('Event') ?? '';
    const uniqueid = event.get('Uniqueid') ?? '';
    const queue = event.get('Queue') ?? '';
    if (name === 'Hangup') this.channels.delete(uniqueid);
    else if (uniqueid !== '' && event.has('ChannelState')) this.channels.set(uniqueid, event);
    if (name === 'BridgeEnter') this.bridges.set(uniqueid, event.get('BridgeUniqueid') ?? '');
    if (name === 'BridgeLeave') this.bridges.delete(uniqueid);
    if (name === 'QueueCallerJoin') this.waiting.set(queue, [...(this.waiting.get(queue) ?? []), uniqueid]);
    if (name === 'QueueCallerLeave') {
      this.waiting.set(
        queue,
        (this.waiting.get(queue) ?? []).filter((one) => one !== uniqueid),
      );
    }
    if (!name.startsWith('QueueMember')) return;
    const key = `${queue} ${event.get('Interface')}`;
    if (name === 'QueueMemberRemoved') this.members.delete(key);
    else this.members.set(key, event);
  }
}

const named = (blocks: readonly Block[], name: string): Block[] =>
  blocks.filter((one) => one.get('Event') === name);

describe('the lists are true to the present state', () => {
  it('tell at any instant what the events have told', () => {
    const instants = fc.record({
      seed: fc.integer({ min: 1, max: 1_000_000 }),
      minutes: fc.integer({ min: 1, max: 40 }),
      hour: fc.integer({ min: 0, max: 23 }),
    });
    const check = ({ seed, minutes, hour }: { seed: number; minutes: number; hour: number }): void => {
      const startMs = START_MS + hour * HOUR_MS;
      const { pbx, text } = run(seed, startMs, 400);
      pbx.advanceTo(startMs + minutes * 60_000);
      const reader = new EventReader();
      for (const event of blocksOf(text())) reader.take(event);

      const channels = named(blocksOf(listChannels(pbx.floor, [])), 'CoreShowChannel');
      const ids = channels.map((one) => one.get('Uniqueid') ?? '');
      expect(ids).toEqual(expect.arrayContaining([...reader.channels.keys()]));
      expect(ids.length).toBe(reader.channels.size);
      for (const line of channels) {
        const id = line.get('Uniqueid') ?? '';
        expect(line.get('ChannelState')).toBe(reader.channels.get(id)?.get('ChannelState'));
        expect(line.get('BridgeId')).toBe(reader.bridges.get(id) ?? '');
      }

      const queues = blocksOf(listQueues(pbx.floor, [], ''));
      for (const line of named(queues, 'QueueParams')) {
        const waiting = reader.waiting.get(line.get('Queue') ?? '') ?? [];
        const entries = named(queues, 'QueueEntry').filter((one) => one.get('Queue') === line.get('Queue'));
        expect(line.get('Calls')).toBe(String(waiting.length));
        expect(entries.map((one) => one.get('Uniqueid'))).toEqual(waiting);
      }
      const members = named(queues, 'QueueMember');
      expect(members.length).toBe(reader.members.size);
      for (const line of members) {
        const told = reader.members.get(`${line.get('Queue')} ${line.get('Location')}`);
        expect([line.get('Status'), line.get('Paused')]).toEqual([told?.get('Status'), told?.get('Paused')]);
      }
    };
    fc.assert(fc.property(instants, check), { numRuns: 25 });
  });

  it('count their items and repeat the ActionID in every block', () => {
    const { pbx } = run(3);
    pbx.advanceTo(START_MS + 20 * 60_000);
    const id = [['ActionID', 'x1']] as const;
    for (const list of [
      listChannels(pbx.floor, id),
      listStatus(pbx.floor, id),
      listQueues(pbx.floor, id, ''),
    ]) {
      const blocks = blocksOf(list);
      expect(blocks.every((one) => one.get('ActionID') === 'x1')).toBe(true);
      expect(blocks.at(-1)?.get('ListItems')).toBe(String(blocks.length - 2));
    }
    expect(named(blocksOf(listStatus(pbx.floor, id)), 'Status').some((one) => one.get('DNID') !== '')).toBe(
      true,
    );
    const one = blocksOf(listQueues(pbx.floor, id, 'billing'));
    expect(new Set(one.map((line) => line.get('Queue')))).toEqual(new Set([undefined, 'billing']));
    expect(tellCore(pbx.floor, id)).toContain('CoreStartupDate: 2026-11-23\r\nCoreStartupTime: 01:30:00\r\n');
  });
});
