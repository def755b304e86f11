import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../src/ami/recording.ts';
import type { OpenCallState } from '../../src/calls/call-state.ts';
import { Exchange } from '../../src/exchange.ts';
import { CallerScript, hotline } from './caller-script.ts';
import { readTrace } from '../traces/replay.ts';
import { stateOf } from '../../src/calls/state-of.ts';

const FOLDER = join(import.meta.dirname, '../traces');
const RECORDINGS = readdirSync(FOLDER).filter((name) => name.endsWith('.ami'));

const present = ({ calls }: CallerScript): OpenCallState => {
  const [call] = calls.open.values();
  if (!call) throw new Error('the script has no open call');
  return stateOf(calls.context, call);
};

describe('what is kept of an open call', () => {
  it('of a caller in the menu is little', () => {
    const state = present(new CallerScript(hotline()).arrives().pickedUp(1));
    expect(JSON.stringify(state).length).toBeLessThan(400);
    expect(state).not.toHaveProperty('open');
    expect(state).toMatchObject({ version: 1, hotline: 'gas', wasUp: true, scored: { auto: 'hit' } });
  });

  it('of one that waits and is rung for names the legs by whom they were dialled', () => {
    const script = new CallerScript(hotline()).arrives().pickedUp(1).joins(3, 'sales');
    script.dials(6, 'PJSIP/seat1');
    const state = present(script);
    expect(state.open).toMatchObject({ queue: 'sales', source: 'hotline' });
    expect(state.channels.map(({ id, dialler }) => [id, dialler])).toEqual([
      ['100.1', undefined],
      ['100.2', '100.1'],
    ]);
  });

  it('is made anew for whatever happens to a channel that has a part in it', () => {
    const script = new CallerScript(hotline()).arrives().pickedUp(1).joins(3, 'sales');
    script.dials(6, 'PJSIP/seat1');
    const touched = (uniqueid: string): string[] =>
      script.calls.touchedBy(uniqueid).map((call) => call.uniqueid);
    expect(touched('100.1')).toEqual(['100.1']);
    expect(touched('100.2')).toEqual(['100.1']);
    expect(touched('100.9')).toEqual([]);
  });

  it('of a line to the outside is not what was dialled', () => {
    const script = new CallerScript(hotline()).arrives().pickedUp(1);
    script.step(2, 'menu', 'Dial', 'PJSIP/13911112222@carrier,30');
    script.dials(2, 'PJSIP/carrier', '13911112222@carrier');
    expect(JSON.stringify(present(script))).not.toMatch(/1391111|1380000/);
  });

  it('of one that leads to nobody is that, though it could have been somebody', () => {
    const script = new CallerScript(hotline()).arrives().pickedUp(1);
    script.dials(2, 'PJSIP/carrier', '95588@carrier');
    expect(present(script).channels[1]?.dialString).toBe('95588@carrier');
  });
});

it.each(RECORDINGS)('%s: no state holds the number of a caller', (name) => {
  const { definition, bytes } = readTrace(join(FOLDER, name));
  const [pbx] = definition.pbxs;
  if (!pbx) throw new Error('a trace without an exchange');
  const numbers = new Set<string>();
  const states: string[] = [];
  const touched = new Set<string>();
  const exchange = new Exchange(definition, pbx, {
    startedAtMs: 0,
    emit: (fact) => {
      if ('uniqueid' in fact) touched.add(fact.uniqueid);
    },
  });
  for (const event of eventsOf(bytes)) {
    if (event.type === 'channel-created' && /\d{7}/.test(event.callerNumber)) numbers.add(event.callerNumber);
    exchange.reduce(event);
    for (const { state } of exchange.openCallStates(touched)) states.push(JSON.stringify(state));
  }
  const all = states.join('\n');
  expect([...numbers].filter((number) => all.includes(number))).toEqual([]);
});
