import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/calls/facts.ts';
import { keptWords } from '../../src/recording/kept-words.ts';
import { Recorder } from '../../src/recording/recorder.ts';
import { Replayer } from '../../src/recording/replayer.ts';
import { differences } from '../pbx/truth.ts';
import { someWatch } from '../support/definitions.ts';
import { readTrace, type Trace } from '../traces/replay.ts';

const FOLDER = `${import.meta.dirname}/../traces`;
const RECORDINGS = readdirSync(FOLDER).filter((name) => name.endsWith('.ami'));
const AT_MS = Date.UTC(2026, 10, 21);

function recorded({ definition, bytes }: Trace): string {
  const pbx = definition.pbxs[0]?.name ?? '';
  const recorder = new Recorder(pbx, keptWords(definition, pbx), Buffer.alloc(32, 7));
  recorder.connected();
  return recorder.push(bytes, AT_MS);
}

describe('Recorder', () => {
  it('begins with what made it, when, of which exchange, and the banner', () => {
    const recorder = new Recorder('north', keptWords(someWatch(), 'north'), Buffer.alloc(32, 7));
    recorder.connected();
    expect(recorder.push(Buffer.from('Asterisk Call Man'), AT_MS)).toBe('');
    expect(recorder.push(Buffer.from('ager/11.0.0\r\nEvent: A\r\n\r\nEve'), AT_MS)).toBe(
      '# ringside recording {"version":1,"startedAt":"2026-11-21T00:00:00.000Z","pbx":"north","banner":"Asterisk Call Manager/11.0.0"}\n' +
        'Asterisk Call Manager/11.0.0\r\nEvent: A\r\n\r\n',
    );
    recorder.connected();
    expect(recorder.push(Buffer.from('Asterisk Call Manager/11.0.0\r\nEvent: B\r\n\r\n'), AT_MS)).toBe(
      'Asterisk Call Manager/11.0.0\r\nEvent: B\r\n\r\n',
    );
    expect(recorder.counts).toEqual({ blocks: 2, numbers: 0, names: 0 });
  });

  it('writes nothing of what is not Asterisk', () => {
    const recorder = new Recorder('north', keptWords(someWatch(), 'north'), Buffer.alloc(32, 7));
    recorder.connected();
    expect(recorder.push(Buffer.from('220 mail\r\nEvent: A\r\n\r\n'), AT_MS)).toBe('');
  });
});

describe.each(RECORDINGS)('%s', (name) => {
  const trace = readTrace(`${FOLDER}/${name}`);
  const text = recorded(trace);

  it('holds no caller after it was recorded', () => {
    const tests = new Set(trace.definition.hotlines.flatMap(({ testNumbers }) => testNumbers));
    const numbers = trace.bytes.toString('latin1').match(/\b1[3-9]\d{9}\b/g) ?? [];
    const callers = [...new Set(numbers)].filter((number) => !tests.has(number));
    expect(callers.filter((caller) => text.includes(caller))).toEqual([]);
  });

  it('tells the same truth after it was recorded', () => {
    const facts: Fact[] = [];
    const replayer = new Replayer(trace.definition, undefined, {
      onCall: () => {},
      onFact: (fact) => facts.push(fact),
    });
    replayer.push(Buffer.from(text));
    expect(replayer.end()).toMatchObject({ ok: true, open: [], notes: [] });
    expect(differences(trace.truth, facts)).toEqual([]);
  });
});
