import { expect, it } from 'vitest';
import { loseSight } from '../../src/calls/reconcile.ts';
import { CallerScript, hotline, OPEN_MS } from './caller-script.ts';

it('a hold whose end goes unheard lasts no longer than it was heard of', () => {
  const script = new CallerScript(hotline()).arrives().pickedUp(1).joins(2, 'sales');
  const seat = script.dials(2, 'PJSIP/seat1');
  script.answers(5, seat).bridged(5, seat);
  const phone = script.channels.all().find(({ name }) => name === seat);
  script.event(10, { type: 'held', uniqueid: phone?.uniqueid ?? '', channel: seat });
  const atMs = OPEN_MS + 20_000;
  loseSight(script.calls, { type: 'link-lost', pbxMs: atMs, atMs, lastHeardMs: OPEN_MS + 15_000 });
  expect(phone?.onHold).toBe(false);
  script.parts(100, seat);
  expect(script.hangsUp(100).record).toMatchObject({ holdMs: 5000 });
});
