import { expect, it } from 'vitest';
import { CallerScript, hotline } from './caller-script.ts';

const colleague = { uniqueid: '200.1', channel: 'PJSIP/branch-00000009' };

const approach = (): CallerScript =>
  new CallerScript(hotline())
    .event(0, {
      type: 'channel-created',
      ...colleague,
      linkedid: '200.1',
      state: 4,
      callerNumber: '',
      context: 'from-branch',
      extension: '4001',
    })
    .event(1, {
      type: 'dialplan-step',
      ...colleague,
      context: 'from-branch',
      extension: '4001',
      application: 'Queue',
      data: 'sales,tT,,,60',
    });

it('a caller from inside whom the queue refuses at the door is in the figures of the queue', () => {
  const script = approach()
    .event(1, { type: 'variable-set', ...colleague, variable: 'QUEUESTATUS', value: 'FULL' })
    .event(2, { type: 'channel-gone', ...colleague, cause: 16 });
  expect(script.facts).toMatchObject([
    { type: 'queue-entered', queue: 'sales', source: 'internal', refused: true },
    { type: 'queue-ended', queue: 'sales', source: 'internal', refused: true, end: 'full' },
  ]);
  expect(script.calls.kept).toBe(0);
});

it('one who is let in is in them once', () => {
  const script = approach()
    .event(1, { type: 'queue-joined', ...colleague, queue: 'sales', position: 1 })
    .event(9, { type: 'hangup-requested', ...colleague, cause: 16 })
    .event(9, { type: 'queue-abandoned', ...colleague, queue: 'sales', holdS: 8 })
    .event(9, { type: 'queue-left', ...colleague, queue: 'sales' })
    .event(9, { type: 'channel-gone', ...colleague, cause: 16 });
  expect(script.facts).toMatchObject([
    { type: 'queue-entered', source: 'internal', refused: false },
    { type: 'queue-ended', source: 'internal', refused: false, end: 'hang-up', waitMs: 8000 },
  ]);
  expect(script.calls.kept).toBe(0);
});
