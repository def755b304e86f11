import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import type { ChannelLine } from '../../src/ami/pbx-event.ts';
import { reconcile } from '../../src/calls/reconcile.ts';
import { CallerScript, hotline, OPEN_MS } from './caller-script.ts';

const heard = ({ facts }: CallerScript) =>
  facts.flatMap((fact) => (fact.type === 'caller-heard' ? [fact] : []));

it('says who called once, right after the call has opened', () => {
  const script = new CallerScript(hotline()).arrives().pickedUp(1);
  script.hangsUp(5);
  expect(script.facts.map(({ type }) => type).slice(0, 2)).toEqual(['call-opened', 'caller-heard']);
  expect(heard(script)).toMatchObject([
    { id: 'one/100.1/caller', uniqueid: '100.1', hotline: 'gas', atMs: OPEN_MS },
  ]);
  expect(heard(script)[0]?.number.reveal()).toBe('13800000001');
});

it('shows nobody more than the mask', () => {
  const script = new CallerScript(hotline()).arrives();
  const [fact] = heard(script);
  const shown = [JSON.stringify(fact), inspect(fact, { depth: 9, showHidden: true }), String(fact?.number)];
  for (const text of shown) {
    expect(text).toContain('138****0001');
    expect(text).not.toContain('13800000001');
  }
});

it('has nothing to say of a caller without a number', () => {
  expect(heard(new CallerScript(hotline()).arrives('4001', ''))).toEqual([]);
});

it('says it of a call found in mid-life too', () => {
  const script = new CallerScript(hotline());
  const line: ChannelLine = {
    uniqueid: '100.1',
    channel: 'PJSIP/carrier-00000001',
    linkedid: '100.1',
    state: 6,
    callerNumber: '13800000001',
    context: 'menu',
    extension: 's',
    application: '',
    data: '',
    ageMs: 15_000,
    bridge: '',
    dialledNumber: '4001',
  };
  const at = { pbxMs: OPEN_MS, atMs: OPEN_MS };
  const lists = { channels: [line], queues: [], members: [], entries: [] };
  reconcile(script.calls, {
    type: 'snapshot',
    purpose: 'resync',
    rebooted: false,
    processedCalls: undefined,
    ...lists,
    ...at,
  });
  expect(heard(script)).toMatchObject([{ uniqueid: '100.1', atMs: OPEN_MS - 15_000 }]);
});
