import { expect, it } from 'vitest';
import { CallerScript, hotline } from './caller-script.ts';

const dialled = (channel: string, extension = '4001'): CallerScript =>
  new CallerScript(hotline()).event(0, {
    type: 'channel-created',
    uniqueid: '200.1',
    channel,
    linkedid: '200.1',
    state: 4,
    callerNumber: '13800000001',
    context: 'from-somewhere',
    extension,
  });

it("a hotline's number dialled on an interface nobody configured is told, and opens no call", () => {
  const script = dialled('PJSIP/new-carrier-00000009');
  expect(script.facts).toMatchObject([{ type: 'unknown-origin', interface: 'PJSIP/new-carrier' }]);
  expect(script.calls.kept).toBe(0);
});

it('an interface that is called like a number is told masked', () => {
  expect(dialled('SIP/13800000001-00000009').facts).toMatchObject([{ interface: 'SIP/138****0001' }]);
});

it.each([
  ['a known phone', dialled('PJSIP/seat1-00000009')],
  ['a Local channel', dialled('Local/4001@menu-00000009;2')],
  ['another number', dialled('PJSIP/new-carrier-00000009', '4009')],
])('%s is not told of', (_title, script) => expect(script.facts).toEqual([]));
