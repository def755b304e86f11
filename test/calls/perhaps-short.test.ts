import { expect, it } from 'vitest';
import type { ChannelLine } from '../../src/ami/pbx-event.ts';
import { loseSight, reconcile } from '../../src/calls/reconcile.ts';
import { CallerScript, hotline, OPEN_MS } from './caller-script.ts';

const inMenu: ChannelLine = {
  uniqueid: '100.1',
  channel: 'PJSIP/carrier-00000001',
  linkedid: '100.1',
  state: 6,
  callerNumber: '13800000001',
  context: 'menu',
  extension: 's',
  application: 'BackGround',
  data: 'welcome',
  ageMs: 0,
  bridge: '',
  dialledNumber: '4001',
};

/** A people hotline; found ringing 10 s after its arrival, as old as the list says. */
function found(ageMs: number): CallerScript {
  const script = new CallerScript(hotline({ kind: 'people' }));
  const line = { ...inMenu, state: 4, context: 'from-carrier', application: 'Dial', ageMs };
  const nothing = { queues: [], members: [], entries: [], processedCalls: undefined };
  // It came in a gap: an exchange was watched before it.
  for (const [atMs, channels] of [
    [OPEN_MS - 60_000, []],
    [OPEN_MS + 10_000, [line]],
  ] as const) {
    reconcile(script.calls, {
      type: 'snapshot',
      purpose: 'resync',
      rebooted: false,
      channels,
      ...nothing,
      pbxMs: atMs,
      atMs,
    });
  }
  return script;
}

/** In the menu, with a gap from 3 s to 4 s in which the caller may have been in a queue and come back. */
function afterGap(setAsideShort = true): CallerScript {
  const script = new CallerScript(hotline({ setAsideShort })).arrives().pickedUp(1);
  const at = (atS: number) => ({ pbxMs: OPEN_MS + atS * 1000, atMs: OPEN_MS + atS * 1000 });
  loseSight(script.calls, { type: 'link-lost', ...at(3), lastHeardMs: OPEN_MS + 3000 });
  reconcile(script.calls, {
    type: 'snapshot',
    purpose: 'resync',
    rebooted: false,
    channels: [inMenu],
    queues: [],
    members: [],
    entries: [],
    processedCalls: undefined,
    ...at(4),
  });
  return script;
}

it('who gave up soon after asking, and may have asked before unseen, is neither set aside nor a miss', () => {
  const told = afterGap().joins(15, 'sales').gaveUp(17).hangsUp(17);
  expect(told.scores).toEqual({ auto: 'hit', transfer: 'unknown' });
  expect(told.record).toMatchObject({ outcome: 'abandoned', short: false });
});

it('who waited too long to be short is a miss, whatever came before', () => {
  expect(afterGap().joins(15, 'sales').gaveUp(25).hangsUp(25).scores['transfer']).toBe('miss');
});

it('where short abandons are not set aside it makes no difference', () => {
  expect(afterGap(false).joins(15, 'sales').gaveUp(17).hangsUp(17).scores['transfer']).toBe('miss');
});

it('who is gone within the limit of arriving is short for certain', () => {
  expect(afterGap().joins(4.2, 'sales').gaveUp(4.5).hangsUp(4.5).scores['transfer']).toBe('set_aside');
});

it('an age in whole seconds decides nothing that hangs on less', () => {
  const outcomeAfter = (ageMs: number, atS: number) => found(ageMs).hangsUp(atS, 19);
  expect(outcomeAfter(1000, 12.5).scores).toEqual({ direct: 'set_aside' });
  expect(outcomeAfter(1000, 13.5).scores).toEqual({ direct: 'unknown' });
  expect(outcomeAfter(1000, 14.5).scores).toEqual({ direct: 'miss' });
  expect(outcomeAfter(9000, 19.5).record.outcome).toBe('abandoned');
  expect(outcomeAfter(9000, 20.5).record.outcome).toBe('unknown');
  expect(outcomeAfter(9000, 21.5).record.outcome).toBe('unanswered');
});

it('who may have asked unseen, and leaves in the menu, is not known to have served itself', () => {
  const told = afterGap().hangsUp(9);
  expect(told.record.outcome).toBe('unknown');
  expect(told.scores).toEqual({ auto: 'hit', transfer: 'unknown' });
});
