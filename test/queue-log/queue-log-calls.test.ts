import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QueueLogCalls } from '../../src/queue-log/queue-log-calls.ts';
import { readQueueLogLine } from '../../src/queue-log/queue-log-line.ts';

const LOG = `1795290129|NONE|NONE|NONE|QUEUESTART|
1795290200|1795290199.10|service|NONE|ENTERQUEUE||13800000001|1
1795290215|1795290199.10|service|Wang|RINGNOANSWER|15000
1795290230|1795290199.10|service|Li|CONNECT|30|1795290216.12|14
1795290290|1795290199.10|service|Li|COMPLETECALLER|30|60|1
1795290300|1795290299.20|service|NONE|ENTERQUEUE||13800000002|1
1795290303|1795290299.20|service|NONE|ABANDON|1|1|3
1795290310|1795290309.30|service|NONE|ENTERQUEUE|||1
1795290340|1795290309.30|service|NONE|EXITWITHTIMEOUT|1|1|30
1795290340|1795290309.30|overflow|NONE|ENTERQUEUE|||1
1795290350|1795290309.30|overflow|NONE|EXITWITHKEY|0|1|1|10
1795290400|1795290399.40|service|NONE|ENTERQUEUE||13800000004|1
1795290410|1795290399.40|service|Li|CONNECT|10|1795290401.42|9
1795290440|1795290399.40|service|Li|BLINDTRANSFER|200|internal|10|30|1
`.split('\n');

function readingOf(lines: readonly string[]) {
  const calls = new QueueLogCalls();
  for (const line of lines) calls.take(line);
  return calls.reading();
}

describe('queue_log lines', () => {
  it('tells each way out of a queue with the wait its field holds', () => {
    const { calls } = readingOf(LOG);
    expect(
      calls.map(({ uniqueid, stages }) => [
        uniqueid,
        ...stages.map(({ queue, end, waitS }) => `${queue} ${end} ${waitS}`),
      ]),
    ).toEqual([
      ['1795290199.10', 'service answered 30'],
      ['1795290299.20', 'service hang-up 3'],
      ['1795290309.30', 'service timeout 30', 'overflow key 10'],
      ['1795290399.40', 'service answered 10'],
    ]);
  });

  it('tells who answered, who let it ring, how long they talked and who ended it', () => {
    const { calls } = readingOf(LOG);
    expect(calls[0]?.stages[0]).toMatchObject({
      agent: 'Li',
      talkS: 60,
      endedBy: 'caller',
      rangOut: [{ agent: 'Wang', atS: 1795290215, ringMs: 15000 }],
    });
    expect(calls[3]?.stages[0]).toMatchObject({ talkS: 30, endedBy: 'transfer' });
  });

  it.each([
    '1795290340|1795290309.30|service|NONE|EXITWITHTIMEOUT|1|1',
    '1795290230|1795290199.10|service|Li|CONNECT|30|17952902',
    '17952',
    'not a line',
    '1795290200|1795290199.10|service|NONE|ENTERQUEUE|',
  ])('knows half a line for what it is: %s', (line) => {
    expect(readQueueLogLine(line)).toBe('broken');
  });
});

describe('the calls of overlapping, rotated and repeated files', () => {
  it('are those of each line once, in whatever pieces the files come', () => {
    const whole = readingOf(LOG).calls;
    fc.assert(
      fc.property(fc.nat(LOG.length), fc.nat(LOG.length), (cut, from) => {
        const rotated = LOG.slice(0, cut);
        const current = LOG.slice(Math.min(cut, from));
        expect(readingOf([...rotated, ...current]).calls).toEqual(whole);
      }),
    );
  });

  it('say how many lines came twice', () => {
    expect(readingOf([...LOG, ...LOG])).toMatchObject({ lines: 28, repeated: 14, broken: 0 });
  });
});
