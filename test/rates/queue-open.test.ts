import { expect, it } from 'vitest';
import { isQueueOpen } from '../../src/rates/queue-open.ts';
import { someHotline, someHours, somePbx, someWatch } from '../support/definitions.ts';
import { someLink } from '../support/picture.ts';
import { someReport } from '../support/report.ts';

const NEVER = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const closed = someHours({ week: NEVER });
const queues = ['support', 'night', 'leaks', 'unused'].map((name) => ({
  name,
  wrapupS: undefined,
  emergency: name === 'leaks',
}));

it('a queue is open while a hotline of its exchange that uses it is, and for emergencies always', () => {
  const definition = someWatch({
    pbxs: [somePbx({ queues }), somePbx({ name: 'south', queues })],
    hotlines: [
      someHotline(),
      someHotline({ name: 'night', queues: ['night', 'leaks', 'support'], hours: closed }),
      someHotline({ pbx: 'south', hours: closed }),
      someHotline({ name: 'night', pbx: 'south', queues: ['night'] }),
    ],
  });
  const report = someReport([], { links: ['north', 'south'].map((pbx) => someLink({ pbx })) }, definition);
  const openOf = (pbx: string) =>
    queues.flatMap(({ name }) => (isQueueOpen(report, definition, pbx, name) ? [name] : []));
  expect(openOf('north')).toEqual(['support', 'leaks']);
  expect(openOf('south')).toEqual(['night', 'leaks']);
  expect(openOf('nowhere')).toEqual([]);
});
