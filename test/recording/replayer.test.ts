import { readdirSync } from 'node:fs';
import { array, assert, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/calls/facts.ts';
import { Replayer, type ReplayEnd } from '../../src/recording/replayer.ts';
import type { ToldCall } from '../../src/recording/told-call.ts';
import { callJson, callText } from '../../src/recording/told-text.ts';
import { differences } from '../pbx/truth.ts';
import { somePbx, someWatch } from '../support/definitions.ts';
import { readTrace } from '../traces/replay.ts';
import { pieces } from './pieces.ts';

const FOLDER = `${import.meta.dirname}/../traces`;
const RECORDINGS = readdirSync(FOLDER).filter((name) => name.endsWith('.ami'));

interface Replayed {
  readonly calls: readonly ToldCall[];
  readonly facts: readonly Fact[];
  readonly end: ReplayEnd;
}
function replay(chunks: readonly (Buffer | string)[], watch = someWatch(), pbx?: string): Replayed {
  const calls: ToldCall[] = [];
  const facts: Fact[] = [];
  const replayer = new Replayer(watch, pbx, {
    onCall: (call) => calls.push(call),
    onFact: (fact) => facts.push(fact),
  });
  for (const chunk of chunks) replayer.push(Buffer.from(chunk));
  return { calls, facts, end: replayer.end() };
}
const faultOf = ({ end }: Replayed): string => (end.ok ? 'none' : end.fault);

describe.each(RECORDINGS)('%s', (name) => {
  const trace = readTrace(`${FOLDER}/${name}`);

  it('is told as it truly was', () => {
    const { calls, facts, end } = replay([trace.bytes], trace.definition);
    expect(differences(trace.truth, facts)).toEqual([]);
    expect(end).toMatchObject({ ok: true, open: [], notes: [] });
    expect(calls.map(({ hotline, outcome }) => [hotline, outcome]).toSorted()).toEqual(
      trace.truth.calls.map(({ hotline, outcome }) => [hotline, outcome]).toSorted(),
    );
    for (const call of calls) {
      const began = trace.truth.calls.map(({ startedMs }) => Math.abs(startedMs - call.startedAtMs));
      expect(Math.min(...began)).toBeLessThan(1_000);
      expect(call.reasons.at(-1)?.words.startsWith(`${call.outcome}: `)).toBe(true);
      expect(call.reasons.map(({ atMs }) => atMs)).toEqual(
        call.reasons.map(({ atMs }) => atMs).toSorted((a, b) => a - b),
      );
    }
  });

  it('is told without a number', () => {
    const { calls } = replay([trace.bytes], trace.definition);
    const text = calls.map((call) => callText(call) + callJson(call)).join('');
    expect(text).not.toMatch(/\b1[3-9]\d{9}\b/);
  });

  it('is told the same without its banner, and with the actions between', () => {
    const whole = replay([trace.bytes], trace.definition).calls.map(callJson);
    const text = trace.bytes.toString('latin1');
    const bare = text.slice(text.indexOf('\n') + 1);
    expect(replay([Buffer.from(bare, 'latin1')], trace.definition).calls.map(callJson)).toEqual(whole);
    const action = (id: number): string => `Action: Ping\r\nActionID: a${id}\r\n\r\n`;
    let id = 0;
    const both = `${action(0)}${bare.replaceAll(/^(Context|ActionID): .*\r\n/gm, (line) => line + action(++id))}`;
    expect(id).toBeGreaterThan(0);
    expect(replay([Buffer.from(both, 'latin1')], trace.definition).calls.map(callJson)).toEqual(whole);
  });
});

describe('Replayer', () => {
  const trace = readTrace(`${FOLDER}/queue-answered.ami`);
  const text = trace.bytes.toString('latin1');
  const cutBefore = (event: string, from = 0): number => text.indexOf(`Event: ${event}\r\n`, from);

  it('says of each call what decided it, in order', () => {
    const { calls } = replay(
      [readTrace(`${FOLDER}/queue-abandoned.ami`).bytes],
      readTrace(`${FOLDER}/queue-abandoned.ami`).definition,
    );
    const lines = callText(calls[0] as ToldCall)
      .trimEnd()
      .split('\n');
    expect(lines[0]).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z {2}queue-abandoned {2}139\*{4}1200 {2}abandoned$/,
    );
    expect(lines.slice(1).map((line) => line.replace(/\d+\.\d/g, 'N').trim())).toEqual([
      '+N s  reached queue-abandoned, a hotline with an attendant, in its open hours [norm 1]',
      '+N s  the attendant picked up (Up) [norm 1]',
      '+N s  rate "auto": hit [norm 1]',
      '+N s  asked for a person: joined queue queue-abandoned [norm N]',
      '+N s  queue queue-abandoned ended after N s: the caller hung up [norm 2]',
      '+N s  ended by the caller, cause 16 [norm 2]',
      '+N s  rate "transfer": miss [norm 1]',
      '+N s  abandoned: asked for a person, got none, and the caller ended it [norm N]',
    ]);
  });

  it('reads any pieces as the whole', () => {
    const whole = replay([trace.bytes], trace.definition);
    assert(
      property(array(nat(20_000), { maxLength: 8 }), (lengths) => {
        const cut = replay(pieces(trace.bytes, lengths), trace.definition);
        expect(cut.calls.map(callJson)).toEqual(whole.calls.map(callJson));
        expect(cut.end).toEqual(whole.end);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves a call open that the end of the file cuts off', () => {
    const { calls, end } = replay(
      [Buffer.from(text.slice(0, cutBefore('BridgeEnter')), 'latin1')],
      trace.definition,
    );
    expect(calls).toEqual([]);
    expect(end.ok && end.open.map(({ outcome }) => outcome)).toEqual([null]);
    const [open] = end.ok ? end.open : [];
    expect(JSON.parse(callJson(open as ToldCall))).toMatchObject({
      outcome: null,
      endedAt: null,
      endedBy: null,
    });
    expect(callText(open as ToldCall)).toContain('open at the end of the recording');
  });

  it('takes a second banner for a cut: a call that ended in it is unknown', () => {
    // Pings of the picture before, and of the one after.
    const pings = [...text.matchAll(/Response: Success\r\nActionID: \S+\r\nPing: Pong/g)];
    const pictureAfter = text.slice(pings[2]?.index);
    const gone = `${text.slice(0, cutBefore('QueueCallerJoin'))}Asterisk Call Manager/11.0.0\r\n${pictureAfter}`;
    const { calls, end } = replay([Buffer.from(gone, 'latin1')], trace.definition);
    expect(calls.map(({ outcome }) => outcome)).toEqual(['unknown']);
    expect(end.ok && end.notes).toEqual(['cut once: what was decided in a gap is unknown']);
    expect(calls[0]?.reasons.map(({ words }) => words)).toContain(
      'the recording was cut: nothing is seen from here on',
    );
    const blind = `${text.slice(0, cutBefore('QueueCallerJoin'))}Asterisk Call Manager/11.0.0\r\n`;
    const blindEnd = replay([Buffer.from(blind, 'latin1')], trace.definition).end;
    expect(blindEnd.ok && blindEnd.open.length).toBe(1);
    expect(blindEnd.ok && blindEnd.notes.length).toBe(2);
  });

  it('takes up what its first picture shows', () => {
    const picture = [
      'Response: Success\r\nPing: Pong\r\nTimestamp: 1795285009.000000\r\n\r\n',
      'Event: CoreShowChannel\r\nChannel: PJSIP/carrier-00000001\r\nChannelState: 6\r\nCallerIDNum: 13900001200\r\nContext: ivr\r\nExten: s\r\nDuration: 00:00:20\r\nUniqueid: 1795284989.1\r\nLinkedid: 1795284989.1\r\n\r\n',
      'Event: CoreShowChannelsComplete\r\nListItems: 1\r\n\r\n',
      'Event: Status\r\nUniqueid: 1795284989.1\r\nDNID: 100\r\n\r\nEvent: StatusComplete\r\nListItems: 1\r\n\r\n',
      'Event: QueueStatusComplete\r\nListItems: 0\r\n\r\n',
      'Response: Success\r\nPing: Pong\r\nTimestamp: 1795285009.100000\r\n\r\n',
    ].join('');
    const hangup =
      'Event: Hangup\r\nTimestamp: 1795285019.000000\r\nChannel: PJSIP/carrier-00000001\r\nUniqueid: 1795284989.1\r\nCause: 16\r\n\r\n';
    const { calls } = replay([picture, hangup]);
    expect(calls.map(({ takenUp, outcome, caller }) => ({ takenUp, outcome, caller }))).toEqual([
      // Twenty seconds old when first seen: it may have asked for a person before, and been answered.
      { takenUp: true, outcome: 'unknown', caller: '139****1200' },
    ]);
    const halfPicture = picture.replace('ListItems: 1', 'ListItems: 2');
    expect(replay([halfPicture, hangup]).calls).toEqual([]);
  });

  it.each([
    ['nothing', '', 'it holds nothing an Asterisk Manager Interface says'],
    ['what is no AMI', 'hello\r\n\r\nworld\r\n\r\n', 'it holds nothing an Asterisk Manager Interface says'],
    ['packets', Buffer.from('d4c3b2a102000400', 'hex'), 'it is a capture of packets'],
    ['a compressed file', Buffer.from('1f8b0800', 'hex'), 'it is compressed'],
    [
      'a recording of another version',
      '# ringside recording {"version":2}\n',
      'its first line is not one this',
    ],
    ['a first line that is none', '# ringside recording x', 'its first line is not one this version reads'],
    [
      'events without a Timestamp',
      'Event: Hangup\r\nUniqueid: 1.1\r\n\r\n',
      'its events carry no Timestamp, and nothing can be measured without',
    ],
    [
      'a large file of such events, before its end',
      'Event: Hangup\r\nUniqueid: 1.1\r\n\r\n'.repeat(100) +
        'Event: Reload\r\nTimestamp: 1795285009.000000\r\n\r\n',
      'its events carry no Timestamp, and nothing can be measured without',
    ],
  ])('refuses %s', (_what, bytes, fault) => {
    expect(faultOf(replay([bytes]))).toContain(fault);
  });

  it('asks which exchange it is of where that is not known', () => {
    const two = someWatch({ pbxs: [somePbx(), somePbx({ name: 'south' })] });
    const head =
      '# ringside recording {"version":1,"startedAt":"2026-11-21T00:00:00.000Z","pbx":"south","banner":"x"}\n';
    const body = 'Event: Reload\r\nTimestamp: 1795285009.000000\r\n\r\n';
    expect(faultOf(replay([body], two))).toBe(
      'it is not known which exchange it is of: give --pbx (the configuration has north, south)',
    );
    expect(faultOf(replay([body], two, 'west'))).toBe(
      'there is no exchange "west": the configuration has north, south',
    );
    expect(faultOf(replay([body], two, 'north'))).toBe('none');
    expect(faultOf(replay([head + body], two))).toBe('none');
    expect(faultOf(replay([head + body]))).toBe('none');
  });

  it('leaves single events without a Timestamp out, and says so', () => {
    const stamped = 'Event: Reload\r\nTimestamp: 1795285009.000000\r\n\r\n';
    const { end } = replay([stamped, 'Event: Hangup\r\nUniqueid: 1.1\r\n\r\n', stamped]);
    expect(end.ok && end.notes).toEqual(['1 event(s) without a Timestamp were left out']);
  });
});
